import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client, type CombinedError, fetchExchange, type OperationResult } from "@urql/core";
import { expect } from "chai";
import {
  buildClientSchema,
  buildSchema,
  getIntrospectionQuery,
  type IntrospectionQuery,
  lexicographicSortSchema,
  printSchema,
} from "graphql";
import {
  CreateContactDocument,
  FindContactsDocument,
  OpenContactFileDocument,
  SetAuthorizationsDocument,
  ViewerDocument,
} from "../../demo/frontend/generated/graphql.js";
import { type Application, startApplication } from "../../src/application.js";
import { loadConfig } from "../../src/platform/config.js";
import { createLog } from "../../src/platform/log.js";
import { useDatabase } from "../support/database.js";

describe("a frontend with generated operations", () => {
  const db = useDatabase();
  let dataDir: string;
  let application: Application;
  let client: Client;

  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "frontend-"));
    const environment = { DATABASE_URL: db.appUrl, DATA_DIR: dataDir, PORT: "0", DATABASE_CONNECTIONS: "8" };
    application = await startApplication(loadConfig(environment), { log: createLog("silent") });
    await db.owner.query(
      `INSERT INTO privacy.operator (institution_id, login, operator_kind, roles) VALUES ($1, 'anna', 'OPERATOR', $2)`,
      [db.home.id, ["CRM_MANAGER"]],
    );
    client = clientOf(await tokenOf("anna"));
  });
  after(async () => {
    await application?.stop();
    await rm(dataDir, { recursive: true });
  });

  const tokenOf = (subject: string) =>
    application.demoIssuer!.sign({ subject, kind: "OPERATOR", institution: db.home.code, roles: ["CRM_MANAGER"] });

  function clientOf(token: string | null): Client {
    const headers: Record<string, string> = {
      "accept-language": "fr",
      ...(token && { authorization: `Bearer ${token}` }),
    };
    return new Client({
      url: application.url!,
      exchanges: [fetchExchange],
      fetchOptions: { headers },
      preferGetMethod: false,
    });
  }

  it("learns who is asking", async () => {
    const { viewer } = dataOf(await client.query(ViewerDocument, {}));

    expect(viewer).to.include({ login: "anna", kind: "OPERATOR", institution: db.home.code, locale: "fr" });
    expect(viewer.permissions).to.include("contact:write");
  });

  it("finds in the running graph the schema that is committed", async () => {
    const introspection = await client.query<IntrospectionQuery>(
      getIntrospectionQuery({ inputValueDeprecation: true }),
      {},
    );

    const served = printSchema(lexicographicSortSchema(buildClientSchema(dataOf(introspection))));
    const committed = printSchema(buildSchema(readFileSync("schema.graphql", "utf8")));
    expect(served).to.equal(committed);
  });

  it("creates a contact, sets an authorization and opens the file, with typed variables and answers", async () => {
    const input = { type: "INDIVIDUAL", firstName: "Rosa", lastName: "Vermeulen", email: "rosa@example.org" } as const;
    const { createContact } = dataOf(await client.mutation(CreateContactDocument, { input }));
    expect(createContact.userErrors).to.deep.equal([]);
    const { id } = createContact.contact!;

    const authorizations = [{ code: "SMS", value: "FALSE" }] as const;
    const set = await client.mutation(SetAuthorizationsDocument, {
      input: { contactId: id, authorizations: [...authorizations] },
    });
    expect(dataOf(set).setAuthorizations.userErrors).to.deep.equal([]);

    const found = dataOf(await client.query(FindContactsDocument, { name: "vermeu", first: 10 }));
    expect(found.searchContacts.nodes.map((node) => node.id)).to.deep.equal([id]);

    const day = 86_400_000;
    const [from, to] = [-day, day].map((distance) => new Date(Date.now() + distance).toISOString());
    const { contact } = dataOf(await client.query(OpenContactFileDocument, { id, from: from!, to: to! }));
    expect(contact).to.include({ displayName: "Rosa Vermeulen", isValid: true });
    expect(contact?.authorizations).to.deep.include({ ...authorizations[0] });
    expect(contact?.purchaseHistory?.nodes).to.deep.equal([]);
    expect(contact?.audit?.nodes.map(({ actor }) => actor)).to.include("anna");
  });

  it("shows what to mend in the caller's language", async () => {
    const input = { type: "INDIVIDUAL", lastName: "Muster", email: "no address" } as const;

    const { createContact } = dataOf(await client.mutation(CreateContactDocument, { input }));

    expect(createContact.contact).to.equal(null);
    expect(createContact.userErrors[0]).to.include({ code: "INVALID_EMAIL" });
    expect(createContact.userErrors[0]!.message).to.match(/adresse/i);
  });

  it("is told to log in when it has no token", async () => {
    const { error } = await clientOf(null).query(ViewerDocument, {});

    expect(codesOf(error)).to.deep.equal(["UNAUTHENTICATED"]);
  });
});

function dataOf<Data>({ data, error }: OperationResult<Data>): Data {
  if (error || !data) throw new Error("the operation failed", { cause: error });
  return data;
}

const codesOf = (error: CombinedError | undefined) => error?.graphQLErrors.map(({ extensions }) => extensions.code);
