import { historyPort } from "../../../src/history/index.js";
import { campaignTask } from "../../../src/marketing/index.js";
import type { TokenClaims } from "../../../src/platform/access/caller.js";
import type { RaisedLevels } from "../../../src/platform/access/fields.js";
import type { Permission } from "../../../src/platform/access/permissions.js";
import type { OperationContext, Services } from "../../../src/platform/context.js";
import type { HistoryPort } from "../../../src/platform/ports.js";
import { unlogged } from "../../support/access-log.js";
import type { ContextWish, TestDatabase } from "../../support/database.js";
import type { ContactWish, TestContact, TestInstitution } from "../../support/rows.js";
import { set } from "../changes.js";
import { answered, campaigner, catalogue, mutate, targetOf } from "./campaigns.js";

export type Value = "TRUE" | "FALSE" | "EMPTY";

export interface Shown {
  state: string;
  preview: { total: number; outcomes: Counted[] } | null;
  run: {
    status: string;
    progress: number;
    changed: number | null;
    startedBy: string;
    expected: { total: number; outcomes: Counted[] } | null;
    outcomes: Counted[] | null;
    failure: { code: string; message: string } | null;
  } | null;
}

interface Counted {
  outcome: string;
  count: number;
}

const shown = `state preview { total outcomes { outcome count } } run { status progress changed startedBy
  expected { total outcomes { outcome count } } outcomes { outcome count } failure { code message } }`;

/** By outcome. */
export const counts = (list: readonly Counted[] | null | undefined) =>
  Object.fromEntries((list ?? []).map(({ outcome, count }) => [outcome, count]));

export interface ManifestRow {
  position: number;
  contact_id: string | null;
  recipient_id: string | null;
  outcome: string;
  authorization_event_id: string | null;
  shipment_id: string | null;
}

/** Sends campaigns of one house on a test database, without a worker. */
export class Sender {
  readonly services: Services;
  /** Rights of today, as privacy answers them. */
  today: { hasLeft?: boolean; clearance?: 0 | 1 | 2; without?: Permission; raised?: RaisedLevels } = {};
  /** Runs before shipments are recorded, in the middle of a chunk. */
  beforeShipments: (() => Promise<void>) | undefined;
  readonly context: OperationContext;

  private constructor(
    readonly db: TestDatabase,
    readonly institution: TestInstitution,
  ) {
    const privacy = {
      ...unlogged,
      callerOf: (claims: TokenClaims) => this.#callerOf(claims),
      raisedLevels: async () => this.today.raised ?? new Map(),
    };
    const history: HistoryPort = {
      ...historyPort,
      recordShipments: async (tx, records) => {
        await this.beforeShipments?.();
        return historyPort.recordShipments(tx, records);
      },
    };
    this.services = db.services({ catalogue, ports: { privacy, history } });
    this.context = this.as();
  }

  static async of(db: TestDatabase): Promise<Sender> {
    return new Sender(db, await db.institution());
  }

  as(wish: ContextWish = {}, ...more: Permission[]): OperationContext {
    const { institution, services } = this;
    const who = { login: "marketer", clearance: 1, organizations: ["OPERA"] } as const;
    return campaigner(this.db, { institution, services, ...who, ...wish }, "authorization:write", ...more);
  }

  /** Somebody with an address, whom the target finds, and who said this of e-mails. */
  async person(legal: Value = "TRUE", wish: ContactWish = {}): Promise<TestContact> {
    const { institution, db } = this;
    const email = wish.email ?? `p${Math.random().toString(36).slice(2)}@example.org`;
    const contact = await db.insertContact({ institution, language: "fr", ...wish, email });
    if (legal !== "EMPTY") await this.says(contact, legal);
    return contact;
  }

  async says(contact: TestContact, value: Value, code = "INSTITUTION_EMAIL"): Promise<void> {
    const { userErrors } = await set(this.as({ clearance: 2 }), contact.opaqueId, { [code]: value });
    if (userErrors.length > 0) throw new Error(userErrors[0]!.code);
  }

  /** A campaign for everybody who speaks French. */
  async campaign(wish: object = {}, by = this.context): Promise<string> {
    const targetIds = [await targetOf(by)];
    const input = { name: "March", type: "NEWSLETTER", channel: "EMAIL", targetIds, ...wish };
    const { campaign, userErrors } = await mutate(by, "createCampaign", input);
    if (!campaign) throw new Error(JSON.stringify(userErrors));
    return campaign.id;
  }

  async read(id: string, by = this.as()): Promise<Shown> {
    return (await answered(by, `query ($id: ID!) { campaign(id: $id) { ${shown} } }`, { id })).campaign as Shown;
  }

  /** Asks for a run, and gives the database id of it. */
  async ask(id: string, by = this.context): Promise<string> {
    const { userErrors } = await mutate(by, "runCampaign", { id });
    if (userErrors.length > 0) throw new Error(userErrors[0]!.code);
    return this.latestRun();
  }

  async latestRun(): Promise<string> {
    const { rows } = await this.db.owner.query(
      "SELECT max(id) AS id FROM marketing.campaign_run WHERE institution_id = $1",
      [this.institution.id],
    );
    return rows[0].id;
  }

  /** Does what the worker does. @param together how many contacts a chunk has */
  async work(runId: string, together?: number, signal = new AbortController().signal): Promise<void> {
    await campaignTask(this.services, together).run({ institutionId: this.institution.id, id: runId }, signal);
  }

  /** Runs a campaign to its end. */
  async send(id: string, together?: number): Promise<Shown> {
    await this.work(await this.ask(id), together);
    return this.read(id);
  }

  async manifest(runId?: string): Promise<ManifestRow[]> {
    const { rows } = await this.db.owner.query<ManifestRow>(
      `SELECT position, contact_id, recipient_id, outcome, authorization_event_id, shipment_id
       FROM marketing.campaign_manifest_row WHERE run_id = $1 ORDER BY position`,
      [runId ?? (await this.latestRun())],
    );
    return rows;
  }

  /** Outcome by contact. */
  async outcomes(...contacts: TestContact[]): Promise<(string | undefined)[]> {
    const rows = await this.manifest();
    return contacts.map(({ id }) => rows.find((row) => row.contact_id === id)?.outcome);
  }

  /** Ids of those who have a shipment, one for each shipment. */
  async shipped(): Promise<string[]> {
    const { rows } = await this.db.owner.query(
      `SELECT contact_id FROM history.shipment WHERE institution_id = $1 ORDER BY contact_id`,
      [this.institution.id],
    );
    return rows.map(({ contact_id }) => contact_id);
  }

  async #callerOf({ subject, kind, institution, organizations, permissions, clearance }: TokenClaims) {
    if (this.today.hasLeft) return null;
    const rights = new Set(permissions as Permission[]);
    if (this.today.without) rights.delete(this.today.without);
    const lower = Math.min(clearance, this.today.clearance ?? 2) as 0 | 1 | 2;
    return {
      ...{ kind, login: subject, institution, institutionId: this.institution.id, organizations, permissions: rights },
      ...{ timeZone: this.institution.timeZone, clearance: lower, ownContactId: null },
    };
  }
}
