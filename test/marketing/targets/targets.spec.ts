import { expect } from "chai";
import type { OperationContext } from "../../../src/platform/context.js";
import { type ContextWish, useDatabase } from "../../support/database.js";
import type { ContactWish, TestInstitution } from "../../support/rows.js";
import { ask } from "../graph.js";
import { condition, marketer, mutate, preview, readTarget, type TargetAnswer } from "./targets.js";

const french = condition("contact.language", "IS_ANY_OF", ["fr"]);
const german = condition("contact.language", "IS_ANY_OF", ["de"]);

describe("targets", () => {
  const db = useDatabase();
  let institution: TestInstitution;
  let context: OperationContext;

  beforeEach(async () => {
    institution = await db.institution();
    await db.owner.query(
      `INSERT INTO privacy.operator (institution_id, login, operator_kind, is_active)
       VALUES ($1, 'partner', 'PARTNER', true), ($1, 'gone', 'PARTNER', false), ($1, 'clerk', 'OPERATOR', true)`,
      [institution.id],
    );
    context = as({ login: "marketer" });
  });

  const as = (wish: ContextWish) => marketer(db, { institution, clearance: 1, ...wish });
  const person = (wish: ContactWish = {}) => db.insertContact({ institution, language: "fr", ...wish });
  const create = (wish: object, by = context) =>
    mutate(by, "createTarget", { name: "French speakers", kind: "DYNAMIC", filter: french, ...wish });
  const codesOf = ({ userErrors }: TargetAnswer) => userErrors.map(({ code, field }) => `${code} ${field.join(".")}`);
  const idsOf = (target: TargetAnswer["target"]) => target?.contacts?.nodes.map(({ contact }) => contact.id);

  it("that are dynamic ask their filter anew each time", async () => {
    const first = await person();
    const { target } = await create({});
    const second = await person();
    await person({ language: "de" });

    const read = await readTarget(context, target!.id);

    expect(read).to.deep.include({ name: "French speakers", kind: "DYNAMIC", owner: "marketer", version: 1, count: 2 });
    expect(idsOf(read)).to.deep.equal([first.opaqueId, second.opaqueId]);
    expect(read!.filter).to.deep.include({ condition: { field: "contact.language", values: ["fr"] } });
  });

  it("that are static keep whom they met, until they are taken anew", async () => {
    const first = await person();
    const { target } = await create({ kind: "STATIC" });
    const second = await person();

    expect(idsOf(await readTarget(context, target!.id))).to.deep.equal([first.opaqueId]);
    const taken = await mutate(context, "snapshotTarget", { id: target!.id });
    expect(idsOf(taken.target)).to.deep.equal([first.opaqueId, second.opaqueId]);
  });

  it("that are static can be made of named contacts, of whom those exist whom the caller sees", async () => {
    const [seen, hidden] = [await person(), await person({ level: 2 })];
    const contactIds = [seen.opaqueId, hidden.opaqueId, "nobody"];

    const { target } = await create({ kind: "STATIC", filter: null, contactIds });

    expect(idsOf(target)).to.deep.equal([seen.opaqueId]);
    expect(codesOf(await mutate(context, "snapshotTarget", { id: target!.id }))).to.deep.equal([
      "TARGET_HAS_NO_FILTER id",
    ]);
  });

  it("lose who became invalid, anonymized or invisible since, also when they are static", async () => {
    const contacts = [await person(), await person(), await person(), await person()];
    const { target } = await create({ kind: "STATIC" });
    const [, invalid, anonymized, hidden] = contacts;
    await db.owner.query(
      "UPDATE marketing.contact_marketing SET validity_end_date = '2020-01-01' WHERE contact_id = $1",
      [invalid!.id],
    );
    await db.owner.query("UPDATE marketing.contact_marketing SET anonymized_at = now() WHERE contact_id = $1", [
      anonymized!.id,
    ]);
    await db.owner.query("UPDATE marketing.contact_marketing SET confidentiality_level = 2 WHERE contact_id = $1", [
      hidden!.id,
    ]);

    expect(await readTarget(context, target!.id)).to.deep.include({ count: 1 });
  });

  it("are pictured as a static copy under a new name", async () => {
    const first = await person();
    const { target } = await create({});

    const { target: picture } = await mutate(context, "snapshotTarget", { id: target!.id, name: "In March" });
    await person();

    expect(picture).to.deep.include({ name: "In March", kind: "STATIC" });
    expect(idsOf(await readTarget(context, picture!.id))).to.deep.equal([first.opaqueId]);
    expect(codesOf(await mutate(context, "snapshotTarget", { id: target!.id }))).to.deep.equal([
      "TARGET_NEEDS_NAME name",
    ]);
  });

  it("change name, filter and partners, never their kind; who sets the filter owns them", async () => {
    const { target } = await create({});
    const colleague = as({ login: "colleague" });

    const renamed = await mutate(colleague, "updateTarget", { id: target!.id, name: " Francophones ", version: 1 });
    const asked = await mutate(colleague, "updateTarget", { id: target!.id, filter: german });

    expect(renamed.target).to.deep.include({ name: "Francophones", owner: "marketer", version: 2 });
    expect(asked.target).to.deep.include({ name: "Francophones", owner: "colleague", version: 3 });
    expect(codesOf(await mutate(colleague, "updateTarget", { id: target!.id, version: 1 }))).to.deep.equal([
      "VERSION_CONFLICT version",
    ]);
    const { rows } = await db.owner.query(
      "SELECT actor, field FROM marketing.audit_target WHERE institution_id = $1 ORDER BY id",
      [institution.id],
    );
    expect(rows.map(({ actor, field }) => `${actor} ${field}`)).to.have.members([
      ...["marketer name", "marketer filter", "colleague name", "colleague owner", "colleague filter"],
    ]);
  });

  it("are shared with active partners, who see these and no others", async () => {
    const { target } = await create({ sharedWith: ["partner"] });
    const other = await create({});
    const partner = as({ kind: "PARTNER", login: "partner" });

    const { data } = await ask(partner, "{ targets(first: 10) { nodes { id sharedWith } } }");

    expect(data?.targets.nodes).to.deep.equal([{ id: target!.id, sharedWith: ["partner"] }]);
    expect(await readTarget(partner, other.target!.id)).to.equal(null);
    expect(codesOf(await mutate(partner, "updateTarget", { id: other.target!.id, name: "Mine" }))).to.deep.equal([
      "TARGET_NOT_FOUND id",
    ]);
    const { userErrors } = await create({ sharedWith: ["partner", "gone", "clerk"] });
    expect(userErrors.map(({ code, elementIndex }) => [code, elementIndex])).to.deep.equal([
      ["UNKNOWN_PARTNER", 1],
      ["UNKNOWN_PARTNER", 2],
    ]);
    await mutate(context, "updateTarget", { id: target!.id, sharedWith: [] });
    expect(await readTarget(partner, target!.id)).to.equal(null);
  });

  it("do not exist for who sees less than who made them, nor in another institution", async () => {
    const { target } = await create({});

    expect(await readTarget(as({ clearance: 0 }), target!.id)).to.equal(null);
    expect(await readTarget(as({ institution: await db.institution() }), target!.id)).to.equal(null);
  });

  it("count nothing for who lost a right that the filter needs, and say so", async () => {
    const { target } = await create({});
    const raised = as({ raisedLevels: new Map([["Contact.language", 2]]) });

    const read = await readTarget(raised, target!.id);

    expect([read?.count, read?.contacts]).to.deep.equal([null, null]);
  });

  it("tell who would enter and leave with another filter", async () => {
    await person();
    await person({ language: "de" });
    await person({ language: "de" });
    const { target } = await create({});
    const document = `query ($id: ID!, $filter: TargetFilterInput!) {
      targetDiff(targetId: $id, filter: $filter) { entering leaving userErrors { code } } }`;

    const diff = async (filter: object) => (await ask(context, document, { id: target!.id, filter })).data?.targetDiff;

    expect(await diff(german)).to.deep.equal({ entering: 2, leaving: 1, userErrors: [] });
    expect(await diff({ any: [french, german] })).to.deep.equal({ entering: 2, leaving: 0, userErrors: [] });
    expect(await diff(condition("notes", "IS_SET"))).to.deep.equal({
      ...{ entering: null, leaving: null, userErrors: [{ code: "FIELD_NOT_TARGETABLE" }] },
    });
  });

  it("list the fields that an editor offers, with those that the caller may ask for only", async () => {
    await db.owner.query(
      `INSERT INTO contacts.criterion (institution_id, code, label_en, label_fr, kind, level)
       VALUES ($1, 'VIP', 'Very important', 'Très important', 'YES_NO', 1), ($1, 'SECRET', 'S', NULL, 'YES_NO', 2),
         ($1, 'STORY', 'S', NULL, 'FREE_TEXT', 0)`,
      [institution.id],
    );
    const { data } = await ask(as({ locale: "fr" }), "{ targetFields { code label kind operators values scope } }");

    const fields = data!.targetFields as { code: string }[];
    expect(fields).to.deep.include({
      ...{ code: "criterion.VIP", label: "Très important", kind: "BOOLEAN", values: ["TRUE", "FALSE"], scope: null },
      operators: ["IS_ANY_OF", "IS_NONE_OF", "IS_SET", "IS_NOT_SET"],
    });
    const codes = fields.map(({ code }) => code);
    expect(codes).to.include.members(["contact.age", "purchase.amount", "authorization.EMAIL", "bounce.status"]);
    expect(codes).not.to.include.members(["criterion.SECRET"]);
    expect(codes.filter((code) => /remark|note|STORY|identity|description/i.test(code))).to.deep.equal([]);
  });

  it("can ask for every field that there is, in each way in which it is compared", async () => {
    await db.owner.query(
      `INSERT INTO contacts.criterion (institution_id, code, label_en, kind, level)
       VALUES ($1, 'VIP', 'Very important', 'YES_NO', 1), ($1, 'HOBBY', 'Hobby', 'MULTI_LIST', 0)`,
      [institution.id],
    );
    interface Field {
      code: string;
      kind: string;
      operators: string[];
      values: string[] | null;
    }
    const { data } = await ask(context, "{ targetFields { code kind operators values } }");
    const plain: Record<string, string> = { TEXT: "a", CODE: "A", BOOLEAN: "TRUE", NUMBER: "1", DATE: "2026-01-31" };
    const valuesOf = ({ kind, values }: Field, operator: string): string[] => {
      if (operator === "IS_SET" || operator === "IS_NOT_SET") return [];
      if (operator.endsWith("_DAYS")) return ["3"];
      const one = values?.[0] ?? plain[kind]!;
      return operator === "BETWEEN" ? [one, one] : [one];
    };

    const failed: unknown[] = [];
    for (const field of data!.targetFields as Field[]) {
      const conditions = field.operators.map((operator) => condition(field.code, operator, valuesOf(field, operator)));
      const askable = conditions.filter(
        ({ condition: { values } }) => field.values?.length !== 0 || values.length === 0,
      );
      const { count, userErrors } = await preview(context, { any: askable });
      if (count === null) failed.push([field.code, userErrors]);
    }

    expect(failed).to.deep.equal([]);
  });

  it("are refused without a filter, without a name, and with both filter and list", async () => {
    expect(codesOf(await create({ name: " " }))).to.deep.equal(["FIELD_REQUIRED name"]);
    expect(codesOf(await create({ filter: null }))).to.deep.equal(["TARGET_NEEDS_FILTER filter"]);
    expect(codesOf(await create({ filter: null, contactIds: [] }))).to.deep.equal(["TARGET_NEEDS_FILTER filter"]);
    expect(codesOf(await create({ kind: "STATIC", contactIds: [] }))).to.deep.equal(["TARGET_NEEDS_FILTER filter"]);
  });
});
