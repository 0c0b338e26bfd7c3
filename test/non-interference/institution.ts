import type pg from "pg";
import { belongingsOf } from "./belongings.js";
import { fieldLevelsOf, operatorsOf } from "./rights.js";
import { insertRows, type Row, type Rows } from "./rows.js";
import { salesOf } from "./sales.js";
import { people, permissionsOf, roles, type Setting } from "./settings.js";
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

/** The invented institution as one side has it: what is hidden is there in one only, or says something else. */
class Projection {
  constructor(
    private readonly setting: Setting,
    private readonly side: Side,
  ) {}

  rows(): Rows {
    return [
      ["privacy.role", Object.entries(roles).map(([code, permissions]) => ({ code, permissions }))],
      ["platform.organization", [{ code: "OPERA", name: "Opera" }]],
      ["privacy.operator", operatorsOf(this.setting, this.side)],
      ["privacy.field_level", fieldLevelsOf(this.setting)],
      ["contacts.contact", this.#people.map((each) => this.#contact(each))],
      [
        "contacts.contact_role",
        this.#people.flatMap(({ id, roles: codes = [] }) => codes.map((role) => ({ contact_id: id, role }))),
      ],
      ["contacts.contact_address", this.#people.map(({ id }) => this.#address(id))],
      ...this.#belongings(),
      [
        "contacts.contact_connection",
        this.#links().map(({ id, type, from, to }) => ({
          id,
          connection_type: type,
          from_contact_id: from,
          to_contact_id: to,
          created_at: at,
        })),
      ],
      ["contacts.audit_contact", this.#audit()],
      ["marketing.contact_marketing", this.#people.map((each) => this.#marketing(each))],
      ["marketing.authorization_wording", wordings],
      ["marketing.authorization_event", this.#people.map(({ id }) => this.#authorizationEvent(id))],
      ...salesOf({
        side: this.side,
        isHere: (id) => this.#people.some((each) => each.id === id),
        isHidden: (id) => this.setting.isHidden(id),
      }),
      ["contacts.import_job", this.#importJobs()],
      ["contacts.import_row", this.#importRows()],
      ["platform.idempotency_key", this.#keysOfOthers()],
    ];
  }

  #authorizationEvent(id: number): Row {
    return { ...trail, id, contact_id: id, code: "EMAIL", old_value: null, new_value: !this.#isDisguised(id) };
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

  /** Somebody who is named on a row that is seen: on side B, nobody instead of a stranger. */
  #named(id: number | null, isRowSeen: boolean): number | null {
    if (id === null || !this.#people.some((each) => each.id === id)) return null;
    return this.side === "B" && isRowSeen && this.setting.isHidden(id) ? null : id;
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

  #marketing({ id, row }: (typeof people)[number]): Row {
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
      email: !this.#isDisguised(id),
      institution_email: this.#isDisguised(id) ? null : true,
      bounce_status: this.#isDisguised(id) ? 2 : 0,
    };
  }

  #belongings(): Rows {
    return belongingsOf({
      isHere: (id) => this.#people.some((each) => each.id === id),
      isElse: (id) => this.#isDisguised(id),
      isCriterionHidden: (level) =>
        this.setting.askers.every(({ kind, clearance }) => level > (kind === "CONTACT" ? 0 : clearance)),
      side: this.side,
    });
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

  /** The first three are for everyone who may import; the others were started with clearance CONFIDENTIAL. */
  #importJobs(): Row[] {
    const isSeen = this.setting.askers.some((each) => permissionsOf(each).has("import:run"));
    const ids = this.side === "A" ? [1, 2, 3, 4, 6] : isSeen ? [1, 2, 3, 4, 5] : [4, 5];
    return ids.map((id) => ({
      ...{
        id,
        import_type: "CONTACTS",
        mode: "UPDATE",
        on_match: "SKIP",
        cursor_line: 6,
        total: 5,
        fence: 1,
        vain_runs: 0,
      },
      ...{ status: id === 3 || id === 4 ? "QUEUED" : "DONE_WITH_ERRORS", clearance: id <= 3 ? 0 : 2, claims: {} },
      file_id: `${this.setting.institutionId}.${String(id).padStart(32, "0")}`,
      ...{ started_by: id === 2 ? "free.partner" : "somebody", started_by_kind: id === 2 ? "PARTNER" : "OPERATOR" },
      ...{ created: 1, updated: 0, unchanged: 0, skipped: 2, errors: id === 4 && this.side === "B" ? 9 : 2 },
      ...{ created_at: at, started_at: at, finished_at: at },
    }));
  }

  #importRows(): Row[] {
    const problems = [{ code: "INVALID_EMAIL", column: "email" }];
    return this.#importJobs().flatMap(({ id: job_id }) => [
      { job_id, line: 2, outcome: "CREATED", contact_id: 11 },
      { job_id, line: 3, outcome: "SKIPPED", contact_id: this.#named(102, true) },
      { job_id, line: 4, outcome: "SKIPPED", contact_id: this.#named(101, true) },
      { job_id, line: 5, outcome: "ERROR", contact_id: null, problems },
      { job_id, line: 6, outcome: "ERROR", contact_id: null, problems },
    ]);
  }

  /** Keys are each caller's own. */
  #keysOfOthers(): Row[] {
    if (this.side === "B") return [];
    return ["createContact", "updateContact", "setAuthorizations"].map((mutation) => ({
      ...{ caller: "OPERATOR:somebody.else", mutation, key: "key-1", input_digest: "\\x00", created_at: at },
      result_ids: { contact: "102" },
    }));
  }
}
