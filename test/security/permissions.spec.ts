import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { buildSchema, type GraphQLObjectType, getNamedType, isLeafType } from "graphql";
import { type Application, startApplication } from "../../src/application.js";
import { publicApi } from "../../src/gateway/supergraph.js";
import type { PartName } from "../../src/parts.js";
import type { CallerKind } from "../../src/platform/access/caller.js";
import { contactPermissions, type Permission, shippedRoles } from "../../src/platform/access/permissions.js";
import { loadConfig } from "../../src/platform/config.js";
import { createLog } from "../../src/platform/log.js";
import { type ModuleName, moduleNames } from "../../src/platform/module.js";
import { product } from "../../src/product.js";
import { rootOperation } from "../non-interference/operations.js";
import { Reads } from "../non-interference/reads.js";
import { argumentsOf, Values } from "../non-interference/values.js";
import { declaredSchemas, rootFields } from "../schema/subgraphs.js";
import { useDatabase } from "../support/database.js";
import { multipart } from "../support/multipart.js";

interface Weak {
  readonly name: string;
  readonly kind: CallerKind;
  /** Role of the operator row, as shipped. */
  readonly role?: string;
}

/** Those who come from outside, and an operator to whom nobody has given anything yet. */
const weak: readonly Weak[] = [
  { name: "an operator without a role", kind: "OPERATOR" },
  { name: "a partner", kind: "PARTNER", role: "PARTNER" },
  { name: "SAM", kind: "SERVICE", role: "SAM" },
  { name: "a ticketing system", kind: "SERVICE", role: "TICKETING" },
  { name: "an internet user", kind: "CONTACT" },
];

const isHeld = ({ kind, role }: Weak, permission: Permission) =>
  permission === "authenticated" ||
  (kind === "CONTACT" ? contactPermissions : (shippedRoles[role ?? ""] ?? [])).includes(permission);

interface Root {
  readonly name: string;
  readonly part: ModuleName;
  readonly permission: Permission;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly hasFile: boolean;
}

interface Reply {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly { readonly extensions?: { readonly code?: string } }[];
}

describe("a caller without the permission of a query or mutation (F02)", function () {
  this.timeout(120_000);

  const db = useDatabase();
  let dataDir: string;
  let applications: Application[];
  let roots: Root[];
  let own: string;

  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "permissions-"));
    const ports = Object.fromEntries(
      ["PORT", ...moduleNames.map((name) => `${name.toUpperCase()}_PORT`)].map((name) => [name, "0"]),
    );
    const environment = { DATABASE_URL: db.appUrl, DATA_DIR: dataDir, DATABASE_CONNECTIONS: "7", ...ports };
    const config = loadConfig({ ...environment, MAX_COST: "1000000000", RATE_LIMIT_POINTS: "999999999999" });
    const options = { log: createLog("silent"), clock: db.clock };
    const whole = await startApplication(config, { ...options, parts: new Set<PartName>(["gateway", ...moduleNames]) });
    applications = [whole, await startApplication(config, { ...options, parts: new Set(moduleNames) })];
    roots = await readRoots();
    own = (await db.insertContact({ lastName: "Self" })).opaqueId;
    for (const { name, kind, role } of weak.filter((each) => each.kind !== "CONTACT"))
      await db.owner.query(
        `INSERT INTO privacy.operator (institution_id, login, operator_kind, clearance, roles) VALUES ($1, $2, $3, 2, $4)`,
        [db.home.id, name, kind, role ? [role] : []],
      );
  });
  after(async () => {
    for (const application of applications) await application.stop();
    await rm(dataDir, { recursive: true });
  });

  async function ask(part: PartName, caller: Weak, { query, variables, hasFile }: Root): Promise<Reply> {
    const url = applications.map(({ urls }) => urls.get(part)).find((each) => each !== undefined)!;
    const token = await applications[0]!.demoIssuer!.sign({
      ...{ subject: caller.kind === "CONTACT" ? own : caller.name, kind: caller.kind, institution: db.home.code },
      ...{ roles: ["ADMINISTRATOR"], clearance: 2 as const },
    });
    const operation = JSON.stringify({ query, variables });
    const headers = {
      authorization: `Bearer ${token}`,
      ...(hasFile ? { "apollo-require-preflight": "yes" } : { "content-type": "application/json" }),
    };
    const body = hasFile ? multipart(operation, "email\n") : operation;
    return (await (await fetch(url, { method: "POST", headers, body })).json()) as Reply;
  }

  /** How many rows there are, of everything. */
  async function counts(): Promise<unknown> {
    const { rows } = await db.owner.query(
      `SELECT schemaname, tablename, (xpath('/row/n/text()', query_to_xml(
         format('SELECT count(*) AS n FROM %I.%I', schemaname, tablename), false, true, '')))[1]::text AS count
       FROM pg_tables WHERE schemaname = ANY ($1) ORDER BY 1, 2`,
      [["platform", "contacts", "marketing", "history", "privacy"]],
    );
    return rows;
  }

  for (const caller of weak) {
    it(`is ${caller.name}, who gets FORBIDDEN and nothing else, at the gateway and at each subgraph`, async () => {
      const [held, lacking] = [true, false].map((is) => roots.filter((each) => isHeld(caller, each.permission) === is));
      const before = await counts();

      const open: string[] = [];
      // files are the gateway's to receive
      for (const root of lacking!)
        for (const part of root.hasFile ? (["gateway"] as const) : (["gateway", root.part] as const)) {
          const { data, errors } = await ask(part, caller, root);
          const isRefused = errors?.length === 1 && errors[0]!.extensions?.code === "FORBIDDEN";
          if (!isRefused || (data?.[root.name] ?? null) !== null) open.push(`${part} ${root.name}`);
        }

      expect(open).to.deep.equal([]);
      expect(await counts()).to.deep.equal(before);
      expect(held!.map(({ name }) => name)).to.include("viewer");
      expect(lacking!.length).to.be.above(20);
    });
  }
});

const words = { Query: "query", Mutation: "mutation", Subscription: "subscription" } as const;

/** Each query, mutation and subscription of the subgraphs once, with the arguments that it cannot do without. */
async function readRoots(): Promise<Root[]> {
  const built = await Promise.all(
    product.modules.map(async ({ name, buildSubgraph }) => [name, (await buildSubgraph()).sdl] as const),
  );
  const api = buildSchema(publicApi(new Map(built)));
  const values = new Values(api);
  const reads = new Reads(api, values);
  return [...(await declaredSchemas())].flatMap(([part, schema]) =>
    rootFields(schema).flatMap(({ kind, field: { name, extensions } }): Root[] => {
      const field = (api.getType(kind) as GraphQLObjectType).getFields()[name]!;
      const [given] = values.objects(name, argumentsOf(field), { values: 1, pairs: 0, about: reads.about(field) });
      const word = words[kind];
      const selection = isLeafType(getNamedType(field.type)) ? null : { __typename: true as const };
      const { query, variables } = rootOperation(part, word, field, selection, given!);
      const hasFile = (variables.input as { file?: unknown } | undefined)?.file === null;
      return [{ name, part, permission: extensions.permission as Permission, query, variables, hasFile }];
    }),
  );
}
