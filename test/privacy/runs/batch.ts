import type { Clearance } from "../../../src/platform/access/clearance.js";
import { mergeCatalogues } from "../../../src/platform/access/fields.js";
import type { Permission } from "../../../src/platform/access/permissions.js";
import type { OperationContext, Services } from "../../../src/platform/context.js";
import { decodeId } from "../../../src/platform/graphql/opaque-id.js";
import { anonymizationTask } from "../../../src/privacy/index.js";
import { product } from "../../../src/product.js";
import type { ContextWish, TestDatabase } from "../../support/database.js";
import type { TestContact, TestInstitution } from "../../support/rows.js";
import { ask } from "../graph.js";

export interface RunAnswer {
  readonly id: string;
  readonly mode: string;
  readonly status: string;
  readonly planHash: string | null;
  readonly cutoffDate: string;
  readonly day: string;
  readonly progress: number;
  readonly failure: string | null;
  readonly startedBy: string;
  readonly organization: string | null;
  readonly inactivityMonths: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly log: { readonly code: string; readonly message: string }[];
}

export interface ItemAnswer {
  readonly contactNumber: string;
  readonly contact: { readonly id: string } | null;
  readonly outcomes: string[];
  readonly plannedOutcomes: string[] | null;
  readonly gdprRecency: { readonly date: string; readonly decidingActivity: { readonly kind: string } };
  readonly wasBlocked: boolean;
  readonly balances: { readonly organization: string; readonly currency: string; readonly amount: string }[];
  readonly lastTicketEndDate: string | null;
  readonly holdReason: string | null;
  readonly steps: { readonly subgraph: string; readonly table: string; readonly rowsOfTransaction: number }[];
}

const run = `id mode status planHash cutoffDate day progress failure startedBy organization inactivityMonths
  counts { keptActive excludedHold excludedDebtor excludedCreditor anonymize delete changedSincePlan tickets orders }
  log { code message }`;
const item = `contactNumber contact { id } outcomes plannedOutcomes gdprRecency { date decidingActivity { kind } } wasBlocked
  balances { organization currency amount } lastTicketEndDate holdReason steps { subgraph table rowsOfTransaction }`;

const catalogue = mergeCatalogues(product.modules.map(({ fields }) => fields));

const login = "dpo";

/** The batch for inactive contacts, as a data protection officer of an institution has it, with the worker's part run here. */
export class Batch {
  readonly services: Services;

  private constructor(
    private readonly db: TestDatabase,
    private readonly institution: TestInstitution,
  ) {
    const base = db.services({ catalogue });
    this.services = { ...base, ports: product.ports(base) };
  }

  static async of(db: TestDatabase, institution: TestInstitution): Promise<Batch> {
    await db.owner.query(
      `INSERT INTO privacy.operator (institution_id, login, operator_kind, clearance, roles, organizations)
       VALUES ($1, $2, 'OPERATOR', 2, '{ADMINISTRATOR}', '{OPERA,MUSEUM}') ON CONFLICT DO NOTHING`,
      [institution.id, login],
    );
    return new Batch(db, institution);
  }

  /** An operation of the officer. */
  context(wish: ContextWish = {}, ...more: Permission[]): OperationContext {
    const { services, institution } = this;
    const rights: Permission[] = ["contact:read", "history:read", "privacy:simulate", "privacy:run", "privacy:hold"];
    const caller = { login, clearance: 2 as Clearance, organizations: ["OPERA"], services, institution };
    return this.db.contextWith({ ...caller, ...wish }, ...rights, ...more);
  }

  /** An operation of somebody with these rights alone. */
  withRights(...rights: Permission[]): OperationContext {
    const { services, institution } = this;
    return this.db.contextWith({ login, clearance: 2, organizations: ["OPERA"], services, institution }, ...rights);
  }

  /** Answers of a mutation about runs. */
  async call(mutation: string, input: object, context = this.context()) {
    const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`;
    const notice = mutation === "simulateAnonymization" ? "legalNotice { code }" : "";
    const { data, errors } = await ask(
      context,
      `mutation ($input: ${type}!) { ${mutation}(input: $input) {
        anonymizationRun { ${run} } userErrors { code field } ${notice} } }`,
      { input },
    );
    if (errors) throw errors[0];
    return data?.[mutation] as {
      anonymizationRun: RunAnswer | null;
      userErrors: { code: string; field: string[] }[];
      legalNotice?: { code: string };
    };
  }

  /** Simulates, and does the worker's part. */
  async simulate(input: object = {}, context = this.context()): Promise<RunAnswer> {
    const { anonymizationRun, userErrors } = await this.call("simulateAnonymization", input, context);
    if (!anonymizationRun) throw new Error(JSON.stringify(userErrors));
    await this.work(anonymizationRun.id);
    return (await this.read(anonymizationRun.id))!;
  }

  /** Carries a plan out, and does the worker's part. */
  async run(planHash: string, context = this.context()): Promise<RunAnswer> {
    const { anonymizationRun, userErrors } = await this.call("runAnonymization", { planHash }, context);
    if (!anonymizationRun) throw new Error(JSON.stringify(userErrors));
    await this.work(anonymizationRun.id);
    return (await this.read(anonymizationRun.id))!;
  }

  /** Simulates, and carries the plan out at once. */
  async simulateAndRun(input: object = {}): Promise<RunAnswer> {
    return this.run((await this.simulate(input)).planHash!);
  }

  /** The worker's part of a run. */
  work(id: string, signal = new AbortController().signal, services = this.services): Promise<void> {
    const payload = { institutionId: this.institution.id, id: decodeId("AnonymizationRun", id)! };
    return anonymizationTask(services).run(payload, signal);
  }

  async read(id: string, context = this.context()): Promise<RunAnswer | null> {
    const { data, errors } = await ask(context, `query ($id: ID!) { anonymizationRun(id: $id) { ${run} } }`, { id });
    if (errors) throw errors[0];
    return data?.anonymizationRun as RunAnswer | null;
  }

  /** All items of a run, or those with an outcome. */
  async items({ id }: { id: string }, outcome: string | null = null, context = this.context()): Promise<ItemAnswer[]> {
    const all: ItemAnswer[] = [];
    for (let after: string | null = null; ; ) {
      const document = `query ($id: ID!, $outcome: AnonymizationOutcome, $after: String) { anonymizationRun(id: $id) {
        items(outcome: $outcome, first: 100, after: $after) { nodes { ${item} } pageInfo { hasNextPage endCursor } } } }`;
      const { data, errors } = await ask(context, document, { id, outcome, after });
      if (errors) throw errors[0];
      const page = data?.anonymizationRun.items;
      all.push(...(page.nodes as ItemAnswer[]));
      if (!page.pageInfo.hasNextPage) return all;
      after = page.pageInfo.endCursor;
    }
  }

  /** What a run says of each of these contacts: outcomes joined by a plus, or nothing. */
  async outcomes(of: { id: string }, ...contacts: TestContact[]): Promise<(string | undefined)[]> {
    const byContact = new Map((await this.items(of)).map((each) => [each.contactNumber, each.outcomes.join("+")]));
    return contacts.map(({ contactNumber }) => byContact.get(contactNumber));
  }

  /** The recency that is kept. */
  async stored({ id }: TestContact): Promise<string | undefined> {
    const { rows } = await this.db.owner.query<{ day: string }>(
      "SELECT day::text FROM privacy.gdpr_recency WHERE contact_id = $1",
      [id],
    );
    return rows[0]?.day;
  }
}
