import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { ExecutionRequest, Executor } from "@graphql-tools/utils";
import { expect } from "chai";
import { execute } from "graphql";
import { pino } from "pino";
import { contactsModule } from "../../../src/contacts/index.js";
import { createGateway, type Gateway } from "../../../src/gateway/gateway.js";
import { composeSupergraph } from "../../../src/gateway/supergraph.js";
import { marketingModule } from "../../../src/marketing/index.js";
import { mergeCatalogues, type RaisedLevels } from "../../../src/platform/access/fields.js";
import type { OperationContext } from "../../../src/platform/context.js";
import type { ModuleName } from "../../../src/platform/module.js";
import { useDatabase } from "../../support/database.js";

const query = `query ($name: String!) { searchContacts(filter: { name: $name }, first: 50) { nodes {
  summary { displayName email roles mainAddress { town } isValid authorizations { code value } bounceStatus redactions { field } } } } }`;

describe("Contact.summary (F03)", () => {
  const db = useDatabase();
  const calls: string[] = [];
  let gateway: Gateway;
  let server: Server;
  let context: OperationContext;

  before(async () => {
    const subgraphs = new Map<ModuleName, Awaited<ReturnType<typeof contactsModule.buildSubgraph>>>();
    for (const module of [contactsModule, marketingModule]) subgraphs.set(module.name, await module.buildSubgraph());
    const executorOf = (name: ModuleName): Executor =>
      ((request: ExecutionRequest) => {
        calls.push(name);
        const { document, variables: variableValues } = request;
        return execute({ schema: subgraphs.get(name)!.schema, document, variableValues, contextValue: context });
      }) as Executor;
    gateway = createGateway({
      supergraph: composeSupergraph(new Map([...subgraphs].map(([name, { sdl }]) => [name, sdl]))),
      executors: new Map([...subgraphs.keys()].map((name) => [name, executorOf(name)])),
      planner: "router",
      maxBatch: 1,
      plugins: [],
      log: pino({ level: "silent" }),
    });
    server = createServer(gateway.handle).listen(0, "127.0.0.1");
  });
  after(async () => {
    server.close();
    await gateway.dispose();
  });

  async function summaries(name: string, raisedLevels: RaisedLevels = new Map()) {
    const catalogue = mergeCatalogues([contactsModule.fields, marketingModule.fields]);
    context = db.contextWith("contact:read", { services: db.services({ catalogue }), raisedLevels });
    calls.length = 0;
    const { port } = server.address() as AddressInfo;
    const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query, variables: { name } }),
    });
    const { data, errors } = (await response.json()) as { data: Record<string, unknown>; errors?: unknown };
    expect(errors).to.equal(undefined);
    const { nodes } = data.searchContacts as { nodes: { summary: Record<string, unknown> }[] };
    return nodes.map(({ summary }) => summary);
  }

  it("takes one call per subgraph for fifty contacts", async () => {
    for (let index = 0; index < 50; index++) await db.insertContact({ lastName: "Fünfzig" });

    const found = await summaries("fünfzig");

    expect(found).to.have.lengthOf(50);
    expect(calls.sort()).to.deep.equal(["contacts", "marketing"]);
  });

  it("shows who it is at a glance", async () => {
    const { id } = await db.insertContact({ lastName: "Blick", firstName: "Ein", email: "blick@example.org" });
    await db.owner.query(
      `INSERT INTO contacts.contact_address (institution_id, contact_id, kind, town) VALUES ($1, $2, 'INVOICE', 'Bern'), ($1, $2, 'MAIN', 'Basel')`,
      [db.home.id, id],
    );

    const [summary] = await summaries("blick");

    expect(summary).to.deep.include({
      displayName: "Ein Blick",
      email: "blick@example.org",
      roles: ["PUBLIC"],
      mainAddress: { town: "Basel" },
      isValid: true,
      bounceStatus: "NONE",
      redactions: [],
    });
    expect(summary!.authorizations).to.have.lengthOf(7);
  });

  it("withholds what the contact's own fields withhold, and says so", async () => {
    await db.insertContact({ lastName: "Verdeckt", email: "verdeckt@example.org" });

    const [summary] = await summaries(
      "verdeckt",
      new Map([
        ["Contact.email", 1],
        ["Contact.addresses", 1],
        ["Contact.authorizations", 2],
      ]),
    );

    expect(summary).to.deep.include({ displayName: "Verdeckt", email: null, mainAddress: null, authorizations: null });
    expect(summary!.redactions).to.deep.equal([
      { field: "email" },
      { field: "mainAddress" },
      { field: "authorizations" },
    ]);
  });

  it("is null as a whole when it is withheld", async () => {
    await db.insertContact({ lastName: "Ganz" });

    expect(await summaries("ganz", new Map([["Contact.summary", 1]]))).to.deep.equal([null]);
  });
});
