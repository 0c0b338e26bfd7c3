import { createHash } from "node:crypto";
import type pg from "pg";
import { belongingsOf, type View } from "./belongings.js";
import { jobsOf } from "./jobs.js";
import { fieldLevelsOf, operatorsOf } from "./rights.js";
import { insertRows, type Row, type Rows } from "./rows.js";
import { salesOf } from "./sales.js";
import { empty, people, roles, type Setting } from "./settings.js";
import { shipmentsOf } from "./shipments.js";
import { bounceOf, workingsOf } from "./workings.js";
import { contactNumberOf, crowd, links, type Side, wordings } from "./world.js";

const at = "2026-01-15T10:00:00Z";
const trail = { at, actor: "somebody", actor_kind: "OPERATOR", source: "OPERATOR" };

/** Brings an institution into one of the databases. The other one differs in what the setting hides. */
export async function insertSetting(owner: pg.Pool, setting: Setting, side: Side): Promise<void> {
  await owner.query(
    "INSERT INTO platform.institution (id, code, name) OVERRIDING SYSTEM VALUE VALUES ($1, $2, 'House')",
    [setting.institutionId, setting.code],
  );
  await insertRows(owner, setting.institutionId, new Projection(setting, side).rows());
}

/** Search looks for the end of a number. */
function phoneKey(phone: unknown): string | null {
  return typeof phone === "string" ? [...phone.replace(/\D/g, "")].reverse().join("") : null;
}

/** As `platform.address_hash` has it. */
function addressHash(email: string): string {
  return createHash("sha256").update(email.trim().toLowerCase()).digest().readBigInt64BE().toString();
}

/** The invented institution as one side has it: what is hidden is there in one only, or says something else. */
class Projection {
  constructor(
    private readonly setting: Setting,
    private readonly side: Side,
  ) {}

  rows(): Rows {
    const house: Rows = [
      ["privacy.role", Object.entries(roles).map(([code, permissions]) => ({ code, permissions }))],
      ["platform.organization", [{ code: "OPERA", name: "Opera" }]],
      ["privacy.operator", operatorsOf(this.setting, this.side)],
      ["privacy.field_level", fieldLevelsOf(this.setting)],
    ];
    return this.setting === empty ? house : [...house, ...this.#contents()];
  }

  #contents(): Rows {
    return [
      ["contacts.contact", this.#people.map((each) => this.#contact(each))],
      [
        "contacts.contact_role",
        this.#people.flatMap(({ id, roles: codes = [] }) => codes.map((role) => ({ contact_id: id, role }))),
      ],
      ["contacts.contact_address", this.#people.map(({ id }) => this.#address(id))],
      ...belongingsOf(this.#view),
      [
        "contacts.contact_connection",
        this.#links().map(({ id, type, from, to }) => ({
          ...{ id, connection_type: type, from_contact_id: from, to_contact_id: to, created_at: at },
        })),
      ],
      ["contacts.audit_contact", this.#audit()],
      ["marketing.contact_marketing", this.#people.map((each) => this.#marketing(each))],
      ["marketing.authorization_wording", wordings],
      ["marketing.authorization_change", this.#people.map(({ id }) => this.#authorization(id))],
      ...salesOf({
        side: this.side,
        isHere: (id) => this.#people.some((each) => each.id === id),
        isHidden: (id) => this.setting.isHidden(id),
      }),
      // after the orders that they are about
      ...shipmentsOf(this.#view),
      ...workingsOf(
        this.#view,
        this.#people.map(({ id }) => id),
      ),
      ...jobsOf(
        this.setting,
        this.#view,
        this.#people.map(({ id }) => id),
      ),
    ];
  }

  /** EMAIL agreed to, or refused. */
  #authorization(id: number): Row {
    const [is_true, is_false] = this.#isDisguised(id) ? [0, 8] : [8, 0];
    return { ...trail, id, contact_id: id, was_true: 0, was_false: 0, is_true, is_false };
  }

  #isHere(only: Side | undefined): boolean {
    return only === undefined || only === this.side;
  }

  /** A row about hidden people says something else on side B. */
  #isDisguised(...ids: readonly (number | null)[]): boolean {
    return this.side === "B" && ids.every((id) => id === null || this.setting.isHidden(id));
  }

  get #people() {
    return [...people, ...crowd].filter(({ id, only }) => !this.setting.isHidden(id) || this.#isHere(only));
  }

  #contact({ id, row }: (typeof people)[number]): Row {
    const isDisguised = this.#isDisguised(id);
    const text = (key: string) => (typeof row[key] === "string" ? `${isDisguised ? "Q" : ""}${row[key]}` : null);
    return {
      ...{ version: 1, created_at: at, updated_at: at },
      ...row,
      id,
      contact_number: contactNumberOf(isDisguised ? id + 5_000 : id),
      confidentiality_level: this.setting.levelOf(id, this.side),
      first_name: text("first_name"),
      last_name: text("last_name"),
      structure_name: text("structure_name"),
      email: text("email"),
      reference_code: text("reference_code"),
      phone_key: phoneKey(row.phone),
      mobile_key: phoneKey(row.mobile),
    };
  }

  #address(id: number): Row {
    const town = this.#isDisguised(id) ? "Genève" : "Lausanne";
    return { contact_id: id, kind: "MAIN", street1: `Rue ${id}`, postcode: "1000", town, country: "CH" };
  }

  #marketing(person: (typeof people)[number]): Row {
    const { id, row } = person;
    const { email } = this.#contact(person);
    return {
      contact_id: id,
      contact_type: row.contact_type,
      confidentiality_level: this.setting.levelOf(id, this.side),
      validity_end_date: row.validity_end_date,
      anonymized_at: row.anonymized_at,
      has_email: row.email != null,
      has_mobile: row.mobile != null,
      has_phone: (row.phone ?? row.mobile) != null,
      has_postal_address: true,
      email_hash: typeof email === "string" ? addressHash(email) : null,
      email: !this.#isDisguised(id),
      institution_email: this.#isDisguised(id) ? null : true,
      bounce_status: bounceOf(id, this.#isDisguised(id)),
    };
  }

  get #view(): View {
    return {
      isHere: (id) => this.#people.some((each) => each.id === id),
      isElse: (id) => this.#isDisguised(id),
      isCriterionHidden: (level) =>
        this.setting.askers.every(({ kind, clearance }) => level > (kind === "CONTACT" ? 0 : clearance)),
      side: this.side,
      ownerClaims: this.#ownerClaims(),
    };
  }

  #ownerClaims(): Row | null {
    const { askers, code: institution } = this.setting;
    const owner = askers.find(({ kind }) => kind === "OPERATOR");
    if (!owner) return null;
    const { login: subject, kind, roles, clearance } = owner;
    return { subject, kind, institution, organizations: ["OPERA"], roles, permissions: [], clearance };
  }

  #links() {
    const here = new Set(this.#people.map(({ id }) => id));
    return links.filter(({ from, to, only }) => {
      const isSeen = !this.setting.isHidden(from) && !this.setting.isHidden(to);
      return here.has(from) && here.has(to) && (isSeen || this.#isHere(only));
    });
  }

  #audit(): Row[] {
    const changes = this.#people.flatMap(({ id }) => {
      const value = this.#isDisguised(id) ? "Else" : "Before";
      const common = { ...trail, contact_id: id };
      return [
        { ...common, id: id * 100, entity: "Contact", key: null, field: "phone", old_value: value, new_value: "+41" },
        {
          ...common,
          id: id * 100 + 1,
          entity: "Address",
          key: "MAIN",
          field: "town",
          old_value: value,
          new_value: "L",
        },
      ];
    });
    const connections = this.#links().flatMap(({ id, type, from, to }) =>
      [from, to].map((end, index) => ({
        ...{ ...trail, id: id * 10 + index, contact_id: end, entity: "Connection", field: "connections" },
        ...{ key: String(end === from ? to : from), old_value: null, new_value: type },
      })),
    );
    return [...changes, ...connections];
  }
}
