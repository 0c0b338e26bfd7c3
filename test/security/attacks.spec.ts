import { createHmac, createPublicKey } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { type Application, startApplication } from "../../src/application.js";
import type { PartName } from "../../src/parts.js";
import { type DemoClaims, openDemoIssuer } from "../../src/platform/access/demo-issuer.js";
import { loadConfig } from "../../src/platform/config.js";
import { createLog } from "../../src/platform/log.js";
import { moduleNames } from "../../src/platform/module.js";
import { useDatabase } from "../support/database.js";
import type { TestContact } from "../support/rows.js";
import { post } from "../support/toy-gateway.js";

const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

describe("an attacker", () => {
  const db = useDatabase();
  let dataDir: string;
  let applications: Application[];
  const urls = new Map<PartName, string>();
  let seen: TestContact;
  let hidden: TestContact;
  let foreign: TestContact;

  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "attacks-"));
    const ports = Object.fromEntries(
      ["PORT", ...moduleNames.map((name) => `${name.toUpperCase()}_PORT`)].map((name) => [name, "0"]),
    );
    const config = loadConfig({ DATABASE_URL: db.appUrl, DATA_DIR: dataDir, DATABASE_CONNECTIONS: "8", ...ports });
    const options = { log: createLog("silent"), clock: db.clock };
    const whole = await startApplication(config, { ...options, parts: new Set<PartName>(["gateway", ...moduleNames]) });
    applications = [whole, await startApplication(config, { ...options, parts: new Set(moduleNames) })];
    for (const application of applications) for (const [part, url] of application.urls) urls.set(part, url);

    seen = await db.insertContact({ lastName: "Seen" });
    hidden = await db.insertContact({ lastName: "Hidden", level: 2 });
    foreign = await db.insertContact({ institution: await db.institution(), lastName: "Foreign" });
    await db.owner.query(
      `INSERT INTO privacy.operator (institution_id, login, operator_kind, clearance, roles)
       VALUES ($1, 'front.desk', 'OPERATOR', 0, '{FRONT_DESK}')`,
      [db.home.id],
    );
  });
  after(async () => {
    for (const application of applications) await application.stop();
    await rm(dataDir, { recursive: true });
  });

  const claims = (wish: Partial<DemoClaims> = {}): DemoClaims => ({
    ...{ subject: "front.desk", kind: "OPERATOR", institution: db.home.code, roles: ["FRONT_DESK"] },
    ...wish,
  });
  const sign = (wish?: Partial<DemoClaims>) => applications[0]!.demoIssuer!.sign(claims(wish));

  /** What no issuer that is trusted here has signed as it stands. */
  async function badTokens(): Promise<[what: string, token: string | undefined][]> {
    const good = await sign();
    const [header, payload, signature] = good.split(".") as [string, string, string];
    const open = JSON.parse(Buffer.from(payload, "base64url").toString());
    const raised = base64url({ ...open, clearance: "CONFIDENTIAL" });
    const otherDir = join(dataDir, "other");
    const other = await openDemoIssuer(otherDir, db.clock);
    const weekAgo = { now: () => new Date(db.clock.now().getTime() - 8 * 86_400_000) };
    const expired = await (await openDemoIssuer(dataDir, weekAgo)).sign(claims());
    const publicPem = createPublicKey({ key: applications[0]!.demoIssuer!.publicKey as never, format: "jwk" })
      .export({ type: "spki", format: "pem" })
      .toString();
    const symmetric = `${base64url({ alg: "HS256", typ: "JWT" })}.${payload}`;
    return [
      ["no token", undefined],
      ["an empty one", "x"],
      ["one of another issuer's key", await other.sign(claims())],
      ["one that has expired", expired],
      ["one without a signature (alg none)", `${base64url({ alg: "none", typ: "JWT" })}.${payload}.`],
      [
        "one signed with the public key as a secret",
        `${symmetric}.${createHmac("sha256", publicPem).update(symmetric).digest("base64url")}`,
      ],
      ["one with a raised clearance", `${header}.${raised}.${signature}`],
      ["one that lost its signature", `${header}.${payload}.`],
    ];
  }

  for (const part of ["gateway", ...moduleNames] as const) {
    it(`gets nothing from ${part} without a good token, and the same words whatever is wrong with his`, async () => {
      const answers = new Set<string>();
      for (const [what, token] of await badTokens()) {
        const headers = { "x-request-id": "attack" };
        const { status, text, headers: received } = await post(urls.get(part)!, "{ __typename }", { token, headers });
        expect(status, what).to.equal(401);
        expect(received.get("www-authenticate"), what).to.equal("Bearer");
        answers.add(text);
      }

      expect([...answers]).to.have.length(1);
      expect([...answers][0])
        .to.include("UNAUTHENTICATED")
        .and.not.include("__typename");
    });

    it(`gets nothing from ${part} with a good token of an institution that does not know him`, async () => {
      const { rows } = await db.owner.query<{ code: string }>("SELECT code FROM platform.institution WHERE id <> $1", [
        db.home.id,
      ]);
      const elsewhere = [rows[0]!.code, "no-such-house"];

      for (const institution of elsewhere) {
        const { status, body } = await post(urls.get(part)!, "{ __typename }", { token: await sign({ institution }) });
        expect([status, body.errors![0]!.extensions!.code, body.data]).to.deep.equal([403, "FORBIDDEN", undefined]);
      }
    });
  }

  for (const part of moduleNames) {
    it(`who reaches ${part} itself finds as little as at the gateway, whatever his representations claim`, async () => {
      const query = "query ($all: [_Any!]!) { _entities(representations: $all) { ... on Contact { id } } }";
      const lies = { confidentialityLevel: "FREE", institutionId: db.home.id, redactions: [] };
      const all = [seen, hidden, foreign].map(({ opaqueId }) => ({ __typename: "Contact", id: opaqueId, ...lies }));

      const { body } = await post(urls.get(part)!, query, { token: await sign(), variables: { all } });

      expect(body).to.deep.include({ data: { _entities: [{ id: seen.opaqueId }, null, null] } });
      expect(body.errors).to.equal(undefined);
    });
  }

  for (const part of moduleNames) {
    it(`is refused by ${part} itself, with a code, what is no entity`, async () => {
      const query = "query ($all: [_Any!]!) { _entities(representations: $all) { __typename } }";
      const lies = ["Query", "Nothing", "__Type", "constructor", "String", 1, null].map((name) => ({
        __typename: name,
      }));

      for (const lie of [...lies, {}, "Contact", 7, []]) {
        const { body } = await post(urls.get(part)!, query, { token: await sign(), variables: { all: [lie] } });
        expect(body.data ?? null, JSON.stringify(lie)).to.equal(null);
        expect(body.errors!.map(({ extensions }) => extensions!.code)).to.deep.equal(["BAD_USER_INPUT"]);
      }
    });
  }

  it("gains nothing by a token that claims more than his operator row grants", async () => {
    const token = await sign({ clearance: 2, roles: ["ADMINISTRATOR"], permissions: ["operator:admin", "audit:read"] });
    const query = `query ($id: ID!) { viewer { clearance permissions } contact(id: $id) { id } }`;

    const { body } = await post(urls.get("gateway")!, query, { token, variables: { id: hidden.opaqueId } });

    expect(body.data!.contact).to.equal(null);
    expect(body.data!.viewer).to.deep.include({ clearance: "FREE" });
    expect((body.data!.viewer as { permissions: string[] }).permissions).not.to.include("operator:admin");
  });

  it("is told the same words of a contact that is hidden, foreign, missing or no contact at all", async () => {
    const query = `query ($id: ID!) { contact(id: $id) { id } node(id: $id) { id } }`;
    const update = `mutation ($id: ID!) { updateContact(input: { id: $id, version: 1, lastName: "X" }) {
      contact { id } userErrors { code field message } } }`;
    const token = await sign();
    const ids = [hidden.opaqueId, foreign.opaqueId, "Q29udGFjdDo5OTk5OTk5", "nonsense"];

    for (const operation of [query, update]) {
      const answers = new Set<string>();
      for (const id of ids)
        answers.add((await post(urls.get("gateway")!, operation, { token, variables: { id } })).text);
      expect([...answers], operation).to.have.length(1);
    }
  });
});
