import { expect } from "chai";
import type { OperationContext } from "../../src/platform/context.js";
import { createPrivacyPort } from "../../src/privacy/index.js";
import { type TestDatabase, useDatabase } from "../support/database.js";
import type { TestInstitution } from "../support/rows.js";
import { ask, catalogue, contextOf } from "./graph.js";

const mutation = `mutation ($input: SetFieldLevelInput!) {
  setFieldLevel(input: $input) {
    fieldLevel { typeName fieldName level shippedLevel requiredPermission derivedFrom }
    userErrors { code field message }
    warnings { code }
  }
}`;

interface Payload {
  fieldLevel: { level: string } | null;
  userErrors: { code: string; field: string[]; message: string }[];
}

const portOf = (db: TestDatabase) => createPrivacyPort(db.services());

describe("setFieldLevel", () => {
  const db = useDatabase();

  async function administrator(institution?: TestInstitution): Promise<OperationContext> {
    return contextOf(db, "operator:admin", { institution: institution ?? (await db.institution()), login: "root" });
  }

  async function set(
    context: OperationContext,
    field: string,
    level: string,
    idempotencyKey?: string,
  ): Promise<Payload> {
    const [typeName, fieldName] = field.split(".");
    const { data, errors } = await ask(context, mutation, { input: { typeName, fieldName, level, idempotencyKey } });
    if (errors) throw errors[0];
    return data?.setFieldLevel as Payload;
  }

  const auditOf = async ({ caller }: OperationContext) => {
    const { rows } = await db.owner.query(
      "SELECT actor, setting, old_value, new_value FROM privacy.audit_setting WHERE institution_id = $1 ORDER BY id",
      [caller.institutionId],
    );
    return rows.map(({ actor, setting, old_value, new_value }) => [actor, setting, old_value, new_value].join(" "));
  };

  const versionOf = async ({ caller }: OperationContext): Promise<number> => {
    const { rows } = await db.owner.query("SELECT settings_version FROM platform.institution WHERE id = $1", [
      caller.institutionId,
    ]);
    return rows[0].settings_version;
  };

  it("raises a level, writes its audit, and counts the version of the settings up", async () => {
    const context = await administrator();

    const payload = await set(context, "Contact.email", "RESTRICTED");

    expect(payload).to.deep.equal({
      fieldLevel: {
        typeName: "Contact",
        fieldName: "email",
        level: "RESTRICTED",
        shippedLevel: "FREE",
        requiredPermission: null,
        derivedFrom: [],
      },
      userErrors: [],
      warnings: [],
    });
    expect(await auditOf(context)).to.deep.equal(["root fieldLevel:Contact.email FREE RESTRICTED"]);
    expect(await versionOf(context)).to.equal(2);
  });

  it("is in force with the next operation, in its own institution only", async () => {
    const context = await administrator();
    const other = await db.institution();
    const port = portOf(db);
    const before = await port.raisedLevels(context.caller.institutionId);

    await set(context, "Contact.email", "CONFIDENTIAL");

    expect([...before]).to.deep.equal([]);
    expect([...(await port.raisedLevels(context.caller.institutionId))]).to.deep.equal([["Contact.email", 2]]);
    expect([...(await port.raisedLevels(other.id))]).to.deep.equal([]);
  });

  it("lowers a level that was raised, down to the level as shipped", async () => {
    const context = await administrator();
    await set(context, "Contact.remark", "CONFIDENTIAL");

    const lowered = await set(context, "Contact.remark", "RESTRICTED");
    const tooLow = await set(context, "Contact.remark", "FREE");

    expect(lowered.fieldLevel).to.include({ level: "RESTRICTED", shippedLevel: "RESTRICTED" });
    expect(tooLow.fieldLevel).to.equal(null);
    expect(tooLow.userErrors).to.deep.equal([
      {
        code: "FIELD_LEVEL_TOO_LOW",
        field: ["level"],
        message: "This field takes RESTRICTED at least, as shipped. Its level can only be raised.",
      },
    ]);
    expect(await auditOf(context)).to.deep.equal([
      "root fieldLevel:Contact.remark RESTRICTED CONFIDENTIAL",
      "root fieldLevel:Contact.remark CONFIDENTIAL RESTRICTED",
    ]);
  });

  it("writes nothing when the field has the level already, as shipped or as set", async () => {
    const context = await administrator();

    for (const level of ["FREE", "RESTRICTED", "RESTRICTED"]) await set(context, "Contact.email", level);

    expect(await auditOf(context)).to.have.length(1);
    expect(await versionOf(context)).to.equal(2);
  });

  it("refuses fields that do not exist or cannot be withheld, those that every object has included", async () => {
    const context = await administrator();

    for (const field of [
      "Contact.shoeSize",
      "Contact.contactNumber",
      "Nobody.email",
      "Contact.constructor",
      "__proto__.toString",
    ]) {
      const { userErrors } = await set(context, field, "CONFIDENTIAL");

      expect(
        userErrors.map(({ code, field: path }) => [code, path]),
        field,
      ).to.deep.equal([["FIELD_NOT_WITHHOLDABLE", ["fieldName"]]]);
    }
    expect(await versionOf(context)).to.equal(1);
  });

  it("changes once per idempotency key", async () => {
    const context = await administrator();

    await set(context, "Contact.email", "RESTRICTED", "key");
    await set(context, "Contact.email", "FREE");
    const repeat = await set(context, "Contact.email", "RESTRICTED", "key");
    const other = await set(context, "Contact.email", "CONFIDENTIAL", "key");

    expect(repeat.fieldLevel).to.include({ level: "FREE" });
    expect(other.userErrors.map(({ code }) => code)).to.deep.equal(["IDEMPOTENCY_KEY_REUSED"]);
    expect(await versionOf(context)).to.equal(3);
  });

  it("counts every change when several come at once", async () => {
    const context = await administrator();
    const fields = ["email", "addresses", "roles", "connections", "authorizations"];

    await Promise.all(fields.map((field) => set(context, `Contact.${field}`, "RESTRICTED")));

    expect(await versionOf(context)).to.equal(1 + fields.length);
    expect(await auditOf(context)).to.have.length(fields.length);
  });

  it("takes the permission operator:admin", async () => {
    const error = await set(contextOf(db, "audit:read", "contact:write"), "Contact.email", "FREE").catch(
      (reason) => reason,
    );

    expect(error.extensions).to.include({ code: "FORBIDDEN", permission: "operator:admin" });
  });
});

describe("fieldLevels", () => {
  const db = useDatabase();
  const query = "{ fieldLevels { typeName fieldName level shippedLevel requiredPermission } }";

  it("lists every field of the catalogue with its level of this moment", async () => {
    const institution = await db.institution();
    await db.owner.query("INSERT INTO privacy.field_level VALUES ($1, 'Contact', 'email', 2)", [institution.id]);

    const { data } = await ask(contextOf(db, "operator:admin", { institution }), query);

    const levels = data?.fieldLevels as { fieldName: string }[];
    expect(levels.map(({ fieldName }) => fieldName)).to.have.members(Object.keys(catalogue.Contact ?? {}));
    expect(levels).to.deep.include({
      typeName: "Contact",
      fieldName: "email",
      level: "CONFIDENTIAL",
      shippedLevel: "FREE",
      requiredPermission: null,
    });
    expect(levels).to.deep.include({
      typeName: "Contact",
      fieldName: "audit",
      level: "FREE",
      shippedLevel: "FREE",
      requiredPermission: "audit:read",
    });
  });

  it("takes the permission operator:admin", async () => {
    const { errors } = await ask(contextOf(db, "contact:read"), query);

    expect(errors?.[0]?.extensions).to.include({ code: "FORBIDDEN" });
  });
});
