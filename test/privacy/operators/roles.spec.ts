import { expect } from "chai";
import type { OperationContext } from "../../../src/platform/context.js";
import { useDatabase } from "../../support/database.js";
import { ask, contextOf } from "../graph.js";

const mutation = `mutation ($input: SetRoleInput!) {
  setRole(input: $input) { role { code permissions } userErrors { code field elementIndex } warnings { code } }
}`;

interface Answer {
  role: { code: string; permissions: string[] } | null;
  userErrors: { code: string; field: string[]; elementIndex: number | null }[];
}

describe("roles", () => {
  const db = useDatabase();

  const administrator = async () =>
    contextOf(db, "operator:admin", "contact:read", { institution: await db.institution(), login: "root" });

  async function set(context: OperationContext, input: object): Promise<Answer> {
    const { data, errors } = await ask(context, mutation, { input });
    if (errors) throw errors[0];
    return data?.setRole as Answer;
  }

  it("are listed with their permissions, those that are shipped first of all", async () => {
    const { data } = await ask(await administrator(), "{ roles { code permissions } }");

    const codes = (data!.roles as { code: string }[]).map(({ code }) => code);
    expect(codes).to.include.members(["ADMINISTRATOR", "DATA_PROTECTION_OFFICER", "FRONT_DESK", "SAM"]);
    expect(codes).to.deep.equal([...codes].sort());
  });

  it("are made and replaced, with an audit of both", async () => {
    const context = await administrator();

    await set(context, { code: "USHER", permissions: ["contact:read", "contact:read"] });
    const { role } = await set(context, { code: "USHER", permissions: ["operator:admin", "contact:read"] });
    await set(context, { code: "USHER", permissions: ["contact:read", "operator:admin"] });

    expect(role).to.deep.equal({ code: "USHER", permissions: ["contact:read", "operator:admin"] });
    const { rows } = await db.owner.query(
      "SELECT setting, old_value, new_value FROM privacy.audit_setting WHERE institution_id = $1 ORDER BY id",
      [context.caller.institutionId],
    );
    expect(rows.map((row) => Object.values(row))).to.deep.equal([
      ["role:USHER", null, "contact:read"],
      ["role:USHER", "contact:read", "contact:read,operator:admin"],
    ]);
  });

  it("hold only permissions that there are, and none that the administrator lacks", async () => {
    const context = await administrator();

    const { userErrors } = await set(context, {
      code: "USHER",
      permissions: ["contact:fly", "import:run", "authenticated"],
    });

    expect(userErrors.map(({ code, elementIndex }) => [code, elementIndex])).to.deep.equal([
      ["UNKNOWN_PERMISSION", 0],
      ["RIGHTS_ABOVE_OWN", 1],
      ["UNKNOWN_PERMISSION", 2],
    ]);
  });

  it("have a code of capital letters", async () => {
    const { userErrors } = await set(await administrator(), { code: "usher", permissions: [] });

    expect(userErrors.map(({ code }) => code)).to.deep.equal(["INVALID_CODE"]);
  });

  it("keep what somebody needs to administer operators", async () => {
    const context = await administrator();
    await db.owner.query(
      `INSERT INTO privacy.operator (institution_id, login, operator_kind, roles) VALUES ($1, 'boss', 'OPERATOR', '{ADMINISTRATOR}')`,
      [context.caller.institutionId],
    );

    const { userErrors } = await set(context, { code: "ADMINISTRATOR", permissions: ["contact:read"] });

    expect(userErrors.map(({ code }) => code)).to.deep.equal(["LAST_ADMINISTRATOR"]);
  });
});
