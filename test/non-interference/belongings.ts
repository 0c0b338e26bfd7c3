import type { Row, Rows } from "./rows.js";
import { targetsOf } from "./targets.js";
import { accounts, aliases, communities, criteria, notes, type Side, seatsAndMails } from "./world.js";

const at = "2026-01-15T10:00:00Z";

/** How one side has its contacts. */
export interface View {
  readonly side: Side;
  isHere(contactId: number): boolean;
  /** Whether what belongs to the contact says something else here. */
  isElse(contactId: number): boolean;
  /** Whether no caller sees what a contact has for criteria of this level. */
  isCriterionHidden(level: number): boolean;
  /** Of a caller who owns campaigns; null where nobody can. */
  readonly ownerClaims: Row | null;
}

/** What belongs to single contacts and has a table of its own. */
export function belongingsOf(view: View): Rows {
  const { side, isHere, isElse, ownerClaims } = view;
  const mark = (id: number) => (isElse(id) ? "q" : "");
  return [
    ...criteriaOf(view),
    ["privacy.audit_access", accessesOf(view)],
    ...targetsOf({ side, isHere, isConfidentialHidden: view.isCriterionHidden(2), ownerClaims }),
    [
      "contacts.preferred_seat",
      seatsAndMails
        .filter(({ contact }) => isHere(contact))
        .map(({ id, contact }) => ({
          ...{ id, contact_id: contact, organization: "OPERA", venue: "Hall", block: "A" },
          ...{ seat_row: "1", seat: `${mark(contact)}${id}` },
        })),
    ],
    [
      "platform.mail",
      seatsAndMails
        .filter(({ contact }) => isHere(contact))
        .map(({ id, contact }) => ({
          ...{ id, contact_id: contact, template: "PRIVACY_INFORMATION", locale: "en", attempts: 1, created_at: at },
          ...{ mail_status: isElse(contact) ? "FAILED" : "SENT", ended_at: at },
          message_key: "00000000-0000-4000-8000-000000000001",
        })),
    ],
    [
      "contacts.internet_account",
      accounts
        .filter(({ contact }) => isHere(contact))
        .map(({ contact, login, madeAt, disabledAt }) => ({
          contact_id: contact,
          login: `${mark(contact)}${login}`,
          created_at: madeAt,
          disabled_at: disabledAt,
        })),
    ],
    [
      "contacts.payment_alias",
      aliases
        .filter(({ contact }) => isHere(contact))
        .map(({ id, contact, alias }) => ({
          ...{ id, contact_id: contact, alias: `${mark(contact)}${alias}`, provider: "bank" },
          ...{ masked_number: "****4242", expiry_year: 2027, expiry_month: 5 },
          ...{ consent_at: at, consent_confirmed_by: "somebody", consent_notice_version: 1 },
        })),
    ],
    [
      "contacts.community_member",
      communities
        .filter(({ owner, member, only = side }) => isHere(owner) && isHere(member) && only === side)
        .map(({ id, owner, member, status = "ACTIVE" }) => ({
          ...{
            id,
            owner_id: owner,
            member_id: member,
            consent_status: status,
            created_by_owner: false,
            created_at: at,
          },
        })),
    ],
    [
      "contacts.note",
      notes
        .filter(({ contact }) => isHere(contact))
        .map(({ id, contact }) => ({
          ...{ id, contact_id: contact, text: `${mark(contact)}note ${id}`, created_at: at, created_by: "somebody" },
        })),
    ],
  ];
}

/** Definitions are for everybody to see; what contacts have for them is not. */
function criteriaOf({ side, isHere, isElse, isCriterionHidden }: View): Rows {
  const common = { applicability: "BOTH", is_compulsory: false, position: 1, is_active: true, version: 1 };
  const held = [11, 17, 102, 103].filter(isHere).flatMap((contact_id) =>
    criteria.map(({ id, kind, level }) => {
      const isOther = isElse(contact_id) || (side === "B" && isCriterionHidden(level));
      const [code, other] =
        kind === "MULTI_LIST" ? ["OPERA", "BALLET"] : kind === "YES_NO" ? ["TRUE", "FALSE"] : ["", ""];
      const text_value = kind === "FREE_TEXT" ? (isOther ? "other" : "text") : null;
      return { contact_id, criterion_id: id, value_code: isOther ? other : code, text_value };
    }),
  );
  return [
    [
      "contacts.criterion",
      criteria.map((each) => ({ ...common, ...each, label_en: each.code, is_visible_on_internet: each.id === 1 })),
    ],
    [
      "contacts.criterion_value",
      ["OPERA", "BALLET"].map((internal_code) => ({
        ...{ criterion_id: 1, internal_code, label_en: internal_code, position: 1, is_active: true, version: 1 },
      })),
    ],
    ["contacts.contact_criterion", held],
    [
      "contacts.point_of_sale",
      [
        {
          ...{ id: 1, code: "SHOP", name: "Shop", channels: ["TICKET_SHOP"], policy_url: "https://example.org/p" },
          ...{ show_summary: true, summary_en: "All about it" },
        },
      ],
    ],
  ];
}

/** Who read whom, and two exports: one of them by somebody who sees everything. */
function accessesOf({ side, isHere, isElse, isCriterionHidden }: View): Row[] {
  const common = { at, actor_kind: "OPERATOR", request_id: "r", contact_id: null, subject: null, contact_count: null };
  const reads = seatsAndMails
    .filter(({ contact }) => isHere(contact))
    .map(({ id, contact }) => ({
      ...{ ...common, id: id + 100, clearance: 2, access_kind: "READ", contact_id: contact },
      actor: isElse(contact) ? "somebody.else" : "reader",
    }));
  const count = side === "B" && isCriterionHidden(2) ? 9 : 4;
  const taken = { ...common, access_kind: "EXPORT", actor: "exporter", subject: "ImportTemplate" };
  return [
    ...reads,
    { ...taken, id: 1, clearance: 0, contact_count: 3 },
    { ...taken, id: 2, clearance: 2, contact_count: count },
  ];
}
