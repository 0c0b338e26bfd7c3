import { expect } from "chai";
import type { GraphQLInputObjectType } from "graphql";
import type { OperationContext } from "../../../src/platform/context.js";
import { createPrivacyPort } from "../../../src/privacy/index.js";
import { useDatabase } from "../../support/database.js";
import { ask, contextOf, privacySchema } from "../graph.js";

const operatorFields = "id login kind firstName lastName clearance roles organizations isActive";
const answerFields = `operator { ${operatorFields} } userErrors { code field elementIndex } warnings { code message }`;

interface Operator {
  id: string;
  login: string;
  firstName: string | null;
  lastName: string | null;
  clearance: string;
  roles: string[];
  organizations: string[];
  isActive: boolean;
}

interface Answer {
  operator: Operator | null;
  userErrors: { code: string; field: string[]; elementIndex: number | null }[];
  warnings: { code: string; message: string }[];
  legalNotice?: { code: string };
}

const admin = ["operator:admin", "contact:read", "history:read"] as const;

describe("operators", () => {
  const db = useDatabase();
  let logins = 0;

  async function administrator(): Promise<OperationContext> {
    const institution = await db.institution();
    await db.owner.query("INSERT INTO platform.organization VALUES ($1, 'OPERA', 'Opera'), ($1, 'MUSEUM', 'Museum')", [
      institution.id,
    ]);
    await db.owner.query(
      `INSERT INTO privacy.role VALUES ($1, 'READER', '{contact:read}'), ($1, 'HISTORIAN', '{contact:read,history:read}'),
         ($1, 'IMPORTER', '{import:run}'), ($1, 'ROOT', '{operator:admin}')`,
      [institution.id],
    );
    return contextOf(db, ...admin, { institution, login: "root", clearance: 1 });
  }

  async function mutate(context: OperationContext, mutation: string, input: object): Promise<Answer> {
    const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`;
    const notice = mutation === "createOperator" ? "legalNotice { code }" : "";
    const { data, errors } = await ask(
      context,
      `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${answerFields} ${notice} } }`,
      { input },
    );
    if (errors) throw errors[0];
    return data?.[mutation] as Answer;
  }

  const create = (context: OperationContext, wish: object = {}) =>
    mutate(context, "createOperator", { login: `op-${++logins}`, kind: "OPERATOR", ...wish });

  const codesOf = ({ userErrors }: Answer) => userErrors.map(({ code, field }) => `${code} ${field.join(".")}`);

  const auditOf = async ({ caller }: OperationContext) => {
    const { rows } = await db.owner.query(
      "SELECT actor, setting, old_value, new_value FROM privacy.audit_setting WHERE institution_id = $1 ORDER BY id",
      [caller.institutionId],
    );
    return rows.map(({ actor, setting, old_value, new_value }) => [actor, setting, old_value, new_value].join("|"));
  };

  it("are made with names and rights, and with the notice that a login stands for good (F66)", async () => {
    const context = await administrator();

    const { operator, userErrors, warnings, legalNotice } = await create(context, {
      ...{ login: "desk-7", firstName: " Anne ", lastName: "Dupont", clearance: "RESTRICTED" },
      ...{ roles: ["READER", "HISTORIAN", "READER"], organizations: ["OPERA"] },
    });

    expect([userErrors, warnings, legalNotice]).to.deep.equal([[], [], { code: "OPERATOR_LOGIN" }]);
    expect(operator).to.deep.include({ login: "desk-7", kind: "OPERATOR", firstName: "Anne", lastName: "Dupont" });
    expect(operator).to.deep.include({ clearance: "RESTRICTED", roles: ["HISTORIAN", "READER"], isActive: true });
    expect(await auditOf(context)).to.have.members([
      "root|operator:desk-7.kind||OPERATOR",
      "root|operator:desk-7.clearance||RESTRICTED",
      "root|operator:desk-7.roles||HISTORIAN,READER",
      "root|operator:desk-7.organizations||OPERA",
    ]);
  });

  for (const [login, firstName, lastName] of [
    ["jdupont", "Jean", "Dupont"],
    ["anne.sophie", "Anne-Sophie", null],
    ["MUELLER_2", null, "Mueller"],
    ["helene1", "Hélène", null],
  ] as const) {
    it(`are warned of, not refused, when the login ${login} reveals a name (F66)`, async () => {
      const { operator, warnings } = await create(await administrator(), { login, firstName, lastName });

      expect(operator?.login).to.equal(login);
      expect(warnings.map(({ code }) => code)).to.deep.equal(["LOGIN_REVEALS_NAME"]);
    });
  }

  it("are not warned of for a login that tells nothing, nor for names of two letters", async () => {
    const context = await administrator();

    const answers = [
      await create(context, { login: "desk-8", firstName: "Jean", lastName: "Dupont" }),
      await create(context, { login: "desk-liaison", lastName: "Li" }),
    ];

    expect(answers.flatMap(({ warnings }) => warnings)).to.deep.equal([]);
  });

  it("never share a login, not even with who has left", async () => {
    const context = await administrator();
    const { operator } = await create(context, { login: "desk-9" });
    await mutate(context, "setOperatorRights", { operatorId: operator!.id, isActive: false });

    expect(codesOf(await create(context, { login: "desk-9" }))).to.deep.equal(["OPERATOR_LOGIN_EXISTS login"]);
  });

  it("are refused with a login, a role or an organization that cannot be", async () => {
    const context = await administrator();

    expect(codesOf(await create(context, { login: " blank " }))).to.deep.equal(["INVALID_LOGIN login"]);
    expect(codesOf(await create(context, { login: "nul\u0000" }))).to.deep.equal(["INVALID_LOGIN login"]);
    expect(codesOf(await create(context, { lastName: "x".repeat(101) }))).to.deep.equal(["VALUE_TOO_LONG lastName"]);
    const { userErrors } = await create(context, { roles: ["READER", "NOBODY"], organizations: ["THEATRE"] });
    expect(userErrors.map(({ code, elementIndex }) => [code, elementIndex])).to.deep.equal([
      ["UNKNOWN_ROLE", 1],
      ["UNKNOWN_ORGANIZATION", 0],
    ]);
  });

  it("get no right that the administrator does not have himself", async () => {
    const context = await administrator();

    expect(codesOf(await create(context, { clearance: "CONFIDENTIAL" }))).to.deep.equal(["RIGHTS_ABOVE_OWN clearance"]);
    expect(codesOf(await create(context, { roles: ["IMPORTER"] }))).to.deep.equal(["RIGHTS_ABOVE_OWN roles"]);
  });

  it("keep rights above the administrator's when something else of them is set", async () => {
    const context = await administrator();
    const { rows } = await db.owner.query(
      `INSERT INTO privacy.operator (institution_id, login, operator_kind, clearance, roles)
       VALUES ($1, 'dpo', 'OPERATOR', 2, '{IMPORTER}') RETURNING id`,
      [context.caller.institutionId],
    );
    const { operators } = (await ask(context, "{ operators(first: 100) { nodes { id login } } }")).data as never as {
      operators: { nodes: Operator[] };
    };
    const dpo = operators.nodes.find(({ login }) => login === "dpo")!;
    expect(rows).to.have.length(1);

    const { operator } = await mutate(context, "setOperatorRights", {
      operatorId: dpo.id,
      roles: ["IMPORTER", "READER"],
    });

    expect(operator).to.deep.include({ clearance: "CONFIDENTIAL", roles: ["IMPORTER", "READER"] });
  });

  it("have new rights with the next reading of them, and each change in the audit", async () => {
    const context = await administrator();
    const { operator } = await create(context, { login: "desk-10", roles: ["READER"], organizations: ["OPERA"] });

    await mutate(context, "setOperatorRights", {
      operatorId: operator!.id,
      roles: ["HISTORIAN"],
      clearance: "RESTRICTED",
    });

    const caller = await createPrivacyPort(db.services()).callerOf({
      ...{ subject: "desk-10", kind: "OPERATOR", institution: context.caller.institution, organizations: ["OPERA"] },
      ...{ roles: ["READER", "HISTORIAN"], permissions: [], clearance: 2 },
    });
    expect(caller?.clearance).to.equal(1);
    expect([...caller!.permissions].sort()).to.deep.equal(["authenticated", "contact:read", "history:read"]);
    expect((await auditOf(context)).slice(4)).to.have.members([
      "root|operator:desk-10.clearance|FREE|RESTRICTED",
      "root|operator:desk-10.roles|READER|HISTORIAN",
    ]);
  });

  it("lose their names by hand when they leave, and keep the login (F67)", async () => {
    const context = await administrator();
    const { operator } = await create(context, { firstName: "Anne", lastName: "Dupont" });

    const after = await mutate(context, "anonymizeOperatorNames", { operatorId: operator!.id });

    expect(after.operator).to.deep.include({ login: operator!.login, firstName: null, lastName: null });
    const audit = (await auditOf(context)).join();
    expect(audit).to.include(`operator:${operator!.login}.names`);
    expect(audit).not.to.match(/Anne|Dupont/);
  });

  it("change names but never the login, which no mutation takes and no right of the database's lets change (F66)", async () => {
    const context = await administrator();
    const { operator } = await create(context, { firstName: "Anne", lastName: "Dupont" });

    const renamed = await mutate(context, "updateOperator", { operatorId: operator!.id, lastName: "Durand" });
    const takesLogin = (await privacySchema()).getType("UpdateOperatorInput") as GraphQLInputObjectType;

    expect(renamed.operator).to.deep.include({ firstName: "Anne", lastName: "Durand" });
    expect(takesLogin.getFields()).not.to.have.property("login");
    for (const statement of ["UPDATE privacy.operator SET login = 'x'", "DELETE FROM privacy.operator"]) {
      await expectRefused(
        context.transaction((sql) => sql.query(`/* x */ ${statement} WHERE institution_id = $1`, [sql.institutionId])),
      );
    }
  });

  async function expectRefused(attempt: Promise<unknown>): Promise<void> {
    const error = await attempt.then(
      () => null,
      (caught: { code?: string }) => caught,
    );
    expect(error?.code).to.equal("42501");
  }

  it("always leave somebody who may administer them", async () => {
    const context = await administrator();
    const { operator } = await create(context, { roles: ["ROOT"] });
    const operatorId = operator!.id;

    expect(codesOf(await mutate(context, "setOperatorRights", { operatorId, isActive: false }))).to.deep.equal([
      "LAST_ADMINISTRATOR ",
    ]);
    expect(codesOf(await mutate(context, "setOperatorRights", { operatorId, roles: [] }))).to.deep.equal([
      "LAST_ADMINISTRATOR ",
    ]);
    const second = await create(context, { roles: ["ROOT"] });
    expect(second.userErrors).to.deep.equal([]);
    expect((await mutate(context, "setOperatorRights", { operatorId, isActive: false })).userErrors).to.deep.equal([]);
  });

  it("of another institution do not exist", async () => {
    const { operator } = await create(await administrator());

    const answer = await mutate(await administrator(), "anonymizeOperatorNames", { operatorId: operator!.id });

    expect(codesOf(answer)).to.deep.equal(["OPERATOR_NOT_FOUND operatorId"]);
  });

  it("are listed by login, page by page, also only the active ones", async () => {
    const context = await administrator();
    for (const login of ["c", "a", "b"]) await create(context, { login });
    const listed = async (args: string) => {
      const { data } = await ask(
        context,
        `{ operators(${args}) { nodes { id login } pageInfo { hasNextPage endCursor } } }`,
      );
      return data!.operators as { nodes: Operator[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
    };

    const first = await listed("first: 2");
    const second = await listed(`first: 2, after: "${first.pageInfo.endCursor}"`);
    await mutate(context, "setOperatorRights", { operatorId: second.nodes[0]!.id, isActive: false });

    expect([...first.nodes, ...second.nodes].map(({ login }) => login)).to.deep.equal(["a", "b", "c"]);
    expect(first.pageInfo.hasNextPage).to.equal(true);
    expect((await listed("first: 9, isActive: true")).nodes.map(({ login }) => login)).to.deep.equal(["a", "b"]);
  });

  it("are made once for one idempotency key", async () => {
    const context = await administrator();
    const wish = { login: "once", idempotencyKey: "k-1" };

    const [first, again] = [await create(context, wish), await create(context, wish)];

    expect(again.operator).to.deep.equal(first.operator);
    expect(codesOf(again)).to.deep.equal([]);
  });
});
