import { expect } from "chai";
import type { Caller, TokenClaims } from "../../src/platform/access/caller.js";
import { shippedRoles } from "../../src/platform/access/permissions.js";
import { encodeId } from "../../src/platform/graphql/opaque-id.js";
import type { PrivacyPort } from "../../src/platform/ports.js";
import { createPrivacyPort } from "../../src/privacy/index.js";
import { useDatabase } from "../support/database.js";

interface OperatorWish {
  readonly login?: string;
  readonly kind?: string;
  readonly clearance?: number;
  readonly roles?: readonly string[];
  readonly organizations?: readonly string[];
  readonly isActive?: boolean;
}

describe("callerOf", () => {
  const db = useDatabase();
  let logins = 0;

  async function insertOperator(wish: OperatorWish = {}): Promise<string> {
    const { login = `operator-${++logins}`, kind = "OPERATOR", clearance = 2, roles = ["FRONT_DESK"] } = wish;
    await db.owner.query(
      `INSERT INTO privacy.operator (institution_id, login, operator_kind, clearance, roles, organizations, is_active)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [db.home.id, login, kind, clearance, roles, wish.organizations ?? ["OPERA", "MUSEUM"], wish.isActive ?? true],
    );
    return login;
  }

  const claimsOf = (wish: Partial<TokenClaims>): TokenClaims => ({
    subject: "nobody",
    kind: "OPERATOR",
    institution: db.home.code,
    organizations: ["OPERA", "STADIUM"],
    roles: ["FRONT_DESK"],
    permissions: [],
    clearance: 1,
    ...wish,
  });

  const newPort = (): PrivacyPort => createPrivacyPort(db.services());
  const permissionsOf = (caller: Caller | null) => [...(caller?.permissions ?? [])].sort();

  it("gives the rights that token and operator row have in common", async () => {
    const subject = await insertOperator({ clearance: 2 });

    const caller = await newPort().callerOf(claimsOf({ subject, clearance: 1 }));

    expect({ ...caller, permissions: permissionsOf(caller) }).to.deep.equal({
      kind: "OPERATOR",
      login: subject,
      institutionId: db.home.id,
      institution: db.home.code,
      timeZone: db.home.timeZone,
      organizations: ["OPERA"],
      permissions: ["authenticated", ...shippedRoles.FRONT_DESK!].sort(),
      clearance: 1,
      ownContactId: null,
    });
  });

  it("adds what the token names one by one to what its roles bundle, within the operator's roles", async () => {
    const subject = await insertOperator({ roles: ["MARKETING", "DATA_PROTECTION_OFFICER"] });
    const claims = { subject, roles: ["FRONT_DESK"], permissions: ["audit:read", "operator:admin", "no:such"] };

    const caller = await newPort().callerOf(claimsOf(claims));

    expect(permissionsOf(caller)).to.deep.equal(["audit:read", "authenticated", "contact:read", "history:read"]);
  });

  it("takes the lower clearance, whichever side it is on", async () => {
    const port = newPort();
    for (const [row, token] of [
      [0, 2],
      [2, 0],
      [1, 1],
      [2, 2],
    ] as const) {
      const subject = await insertOperator({ clearance: row });

      expect((await port.callerOf(claimsOf({ subject, clearance: token })))?.clearance).to.equal(Math.min(row, token));
    }
  });

  it("grants nothing but authenticated for roles and permissions that nobody knows", async () => {
    const subject = await insertOperator({ roles: ["ASTRONAUT"] });
    await db.owner.query("INSERT INTO privacy.role VALUES ($1, 'FUTURE', '{moon:walk}') ON CONFLICT DO NOTHING", [
      db.home.id,
    ]);
    const future = await insertOperator({ roles: ["FUTURE"] });
    const port = newPort();

    for (const each of [subject, future]) {
      const caller = await port.callerOf(
        claimsOf({ subject: each, roles: ["ASTRONAUT", "FUTURE"], permissions: ["moon:walk"] }),
      );

      expect(permissionsOf(caller)).to.deep.equal(["authenticated"]);
    }
  });

  it("knows nobody who is unknown, inactive, of another kind, of another institution or of none", async () => {
    const subject = await insertOperator();
    const left = await insertOperator({ isActive: false });
    const service = await insertOperator({ kind: "SERVICE" });
    const port = newPort();
    const claims: Partial<TokenClaims>[] = [
      {},
      { subject: left },
      { subject: service },
      { subject, kind: "PARTNER" },
      { subject, institution: (await db.institution()).code },
      { subject, institution: "no-such-house" },
      { subject: "nul\0" },
      { subject: "" },
      { subject: "x".repeat(201) },
      { subject, institution: "a\0b" },
    ];

    for (const each of claims) expect(await port.callerOf(claimsOf(each)), JSON.stringify(each)).to.equal(null);
    expect(await port.callerOf(claimsOf({ subject: service, kind: "SERVICE" }))).not.to.equal(null);
  });

  it("reads rights again once they are 30 s old, not before", async () => {
    const subject = await insertOperator({ roles: ["FRONT_DESK"] });
    const port = newPort();
    const claims = claimsOf({ subject, roles: ["CRM_MANAGER"] });
    await port.callerOf(claims);
    await db.owner.query("UPDATE privacy.operator SET roles = '{MARKETING}', clearance = 0 WHERE login = $1", [
      subject,
    ]);
    await db.owner.query(
      "UPDATE privacy.role SET permissions = '{audit:read}' WHERE code = 'MARKETING' AND institution_id = $1",
      [db.home.id],
    );

    db.clock.advance(29_999);
    const remembered = await port.callerOf(claims);
    db.clock.advance(1);
    const current = await port.callerOf(claims);

    expect(permissionsOf(remembered)).to.include("contact:write");
    expect(permissionsOf(current)).to.deep.equal(["audit:read", "authenticated"]);
    expect(current?.clearance).to.equal(0);
  });

  it("locks out an operator who has left within 30 s, and lets a new one in within 30 s", async () => {
    const port = newPort();
    const leaver = await insertOperator();
    await port.callerOf(claimsOf({ subject: leaver }));
    await port.callerOf(claimsOf({ subject: "newcomer" }));
    await db.owner.query("UPDATE privacy.operator SET is_active = false WHERE login = $1", [leaver]);
    await insertOperator({ login: "newcomer" });

    db.clock.advance(30_000);

    expect(await port.callerOf(claimsOf({ subject: leaver }))).to.equal(null);
    expect(await port.callerOf(claimsOf({ subject: "newcomer" }))).not.to.equal(null);
  });

  it("asks the database once for all who come at the same time", async () => {
    const subject = await insertOperator();
    const pools = db.pools();
    let connections = 0;
    pools.api.on("acquire", () => connections++);
    const port = createPrivacyPort({ ...db.services(), pools });

    const callers = await Promise.all(Array.from({ length: 50 }, () => port.callerOf(claimsOf({ subject }))));

    expect(callers.every((caller) => caller?.login === subject)).to.equal(true);
    expect(connections).to.equal(2);
  });

  it("does not remember a failure", async () => {
    const subject = await insertOperator();
    const pools = db.pools({ apiConnections: 1, waitMs: 50 });
    const port = createPrivacyPort({ ...db.services(), pools });
    const taken = await pools.api.connect();

    const failure = await port.callerOf(claimsOf({ subject })).catch((error) => error.extensions.code);
    taken.release();

    expect(failure).to.equal("SERVICE_BUSY");
    expect((await port.callerOf(claimsOf({ subject })))?.login).to.equal(subject);
  });

  describe("of an internet user", () => {
    const own = (subject: string, wish: Partial<TokenClaims> = {}) =>
      claimsOf({
        subject,
        kind: "CONTACT",
        roles: ["ADMINISTRATOR"],
        permissions: ["operator:admin"],
        clearance: 0,
        ...wish,
      });

    it("sees all of his own file and his community, with fixed permissions, whatever his token says", async () => {
      const { id, opaqueId } = await db.insertContact({ level: 2 });

      const caller = await newPort().callerOf(own(opaqueId));

      expect({ ...caller, permissions: permissionsOf(caller) }).to.deep.equal({
        kind: "CONTACT",
        login: opaqueId,
        institutionId: db.home.id,
        institution: db.home.code,
        timeZone: db.home.timeZone,
        organizations: ["OPERA", "STADIUM"],
        permissions: ["authenticated", "authorization:write", "community:write", "contact:read", "history:read"],
        clearance: 2,
        ownContactId: id,
        communityIds: [],
      });
    });

    it("is a valid, living individual of the institution (F07, F33)", async () => {
      const yesterday = "2026-03-09";
      db.clock.set("2026-03-10T09:00:00Z");
      const invalid = await db.insertContact({ validityEndDate: yesterday });
      const anonymized = await db.insertContact({ anonymizedAt: db.clock.now() });
      const structure = await db.insertContact({ structureName: "Lycée" });
      const foreign = await db.insertContact({ institution: await db.institution() });
      const lastDay = await db.insertContact({ validityEndDate: "2026-03-10" });
      const port = newPort();
      const refused = [invalid.opaqueId, anonymized.opaqueId, structure.opaqueId, foreign.opaqueId];

      for (const subject of [...refused, encodeId("Contact", "999999999"), encodeId("Order", lastDay.id), "x"]) {
        expect(await port.callerOf(own(subject)), subject).to.equal(null);
      }
      expect(await port.callerOf(own(lastDay.opaqueId))).not.to.equal(null);
    });

    it("is out from the next day on where the institution is (D-07)", async () => {
      db.clock.set("2026-03-10T22:59:59Z"); // a second before midnight in Zurich
      const { opaqueId } = await db.insertContact({ validityEndDate: "2026-03-10" });
      const port = newPort();
      const before = await port.callerOf(own(opaqueId));

      db.clock.advance(31_000);

      expect(before).not.to.equal(null);
      expect(await port.callerOf(own(opaqueId))).to.equal(null);
    });
  });
});

describe("raisedLevels", () => {
  const db = useDatabase();

  async function raise(institutionId: number, field: string, level: number): Promise<void> {
    await db.owner.query(
      `WITH raised AS (INSERT INTO privacy.field_level VALUES ($1, 'Contact', $2, $3)
         ON CONFLICT (institution_id, type_name, field_name) DO UPDATE SET level = excluded.level)
       UPDATE platform.institution SET settings_version = settings_version + 1 WHERE id = $1`,
      [institutionId, field, level],
    );
  }

  it("are those of this very moment, read again only when the version says so", async () => {
    const { id } = await db.institution();
    const port = createPrivacyPort(db.services());

    const first = await port.raisedLevels(id);
    const same = await port.raisedLevels(id);
    await raise(id, "email", 1);
    const raised = await port.raisedLevels(id);

    expect(same).to.equal(first);
    expect([...first]).to.deep.equal([]);
    expect([...raised]).to.deep.equal([["Contact.email", 1]]);
  });

  it("are those of the institution alone", async () => {
    const [one, other] = [await db.institution(), await db.institution()];
    await raise(one.id, "email", 2);
    const port = createPrivacyPort(db.services());

    const levels = await Promise.all([one, other, one].map(({ id }) => port.raisedLevels(id)));

    expect(levels.map((each) => each.size)).to.deep.equal([1, 0, 1]);
  });

  it("fail for an institution that does not exist, rather than open its fields", async () => {
    const failure = await createPrivacyPort(db.services())
      .raisedLevels(999_999)
      .catch((error) => error.message);

    expect(failure).to.contain("999999");
  });
});
