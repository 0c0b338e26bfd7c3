import { expect } from "chai";
import { ask, codesOf } from "../../support/ask.js";
import { type ContextWish, useDatabase } from "../../support/database.js";
import { callerOf, changer, contactsSchema } from "../support.js";
import { define, defineValue, insertDefinitions } from "./criteria.js";

describe("defineCriterion and defineCriterionValue (F21, F89)", () => {
  const db = useDatabase();
  const { change } = changer(db);
  const admin = (wish: ContextWish = {}) =>
    callerOf(db, "contact:read", "criterion:admin", { login: "op-1", clearance: 2, ...wish });

  const defined = async (input: object, wish?: ContextWish) => (await change(define, input, admin(wish))).criterion;
  const definedValue = async (input: object) => (await change(defineValue, input, admin())).value;
  async function refused(mutation: string, input: object, wish?: ContextWish): Promise<string[]> {
    const { userErrors, criterion, value } = await change(mutation, input, admin(wish));
    expect(criterion ?? value ?? null).to.equal(null);
    return userErrors.map(({ code, field }: { code: string; field: string[] }) => `${code} ${field.join(".")}`);
  }
  async function audit(criterion: string) {
    const { rows } = await db.owner.query(
      `SELECT internal_code AS value, field, old_value AS old, new_value AS new, actor FROM contacts.audit_criterion
       WHERE institution_id = $1 AND criterion_code = $2 ORDER BY id`,
      [db.home.id, criterion],
    );
    return rows;
  }
  const read = async (query: string, wish: ContextWish = {}) =>
    ask(await contactsSchema(), callerOf(db, "contact:read", wish), query);

  it("defines a criterion for everybody and everything, unless said, and lists it last", async () => {
    await insertDefinitions(db, [{ code: "FIRST", kind: "YES_NO" }]);

    const criterion = await defined({ code: "SECOND", kind: "LIST", labels: { fr: " Deuxième " } });

    expect(criterion).to.deep.equal({
      ...{ code: "SECOND", kind: "LIST", applicability: "BOTH", isCompulsory: false, isVisibleOnInternet: false },
      ...{ level: "FREE", label: "Deuxième", labels: { en: null, fr: "Deuxième", es: null }, organization: null },
      ...{ position: 1, isActive: true, version: 1 },
    });
    const { criteria } = await read("{ criteria { code } }");
    expect(criteria.map(({ code }: { code: string }) => code)).to.deep.equal(["FIRST", "SECOND"]);
  });

  it("changes what the input names, keeps the rest, counts the version up and audits each field (F27)", async () => {
    await defined({ code: "CHANGED", kind: "YES_NO", labels: { en: "One", fr: "Un" }, isCompulsory: true });

    const criterion = await defined({
      ...{
        code: "CHANGED",
        version: 1,
        labels: { fr: null, es: "Uno" },
        level: "RESTRICTED",
        applicability: "STRUCTURE",
      },
    });

    expect(criterion).to.include({ version: 2, isCompulsory: true, level: "RESTRICTED", applicability: "STRUCTURE" });
    expect(criterion.labels).to.deep.equal({ en: "One", fr: null, es: "Uno" });
    const common = { value: null, actor: "op-1" };
    expect((await audit("CHANGED")).slice(-4)).to.deep.equal([
      { ...common, field: "labelFr", old: "Un", new: null },
      { ...common, field: "labelEs", old: null, new: "Uno" },
      { ...common, field: "applicability", old: "BOTH", new: "STRUCTURE" },
      { ...common, field: "level", old: "FREE", new: "RESTRICTED" },
    ]);
  });

  it("writes nothing when nothing differs", async () => {
    await defined({ code: "SAME", kind: "YES_NO", labels: { en: "Same" } });
    const before = await audit("SAME");

    const criterion = await defined({ code: "SAME", kind: "YES_NO", labels: { en: "Same " }, version: 1 });

    expect(criterion.version).to.equal(1);
    expect(await audit("SAME")).to.deep.equal(before);
  });

  it("refuses codes that files and spreadsheets take for something else, with another one that they do not", async () => {
    const input = { kind: "YES_NO", labels: { en: "X" } };
    const messages = async (code: string) => {
      const { userErrors } = await change(define, { ...input, code }, admin());
      return userErrors.map(({ code: found, message }: Record<string, string>) => `${found} ${message}`);
    };

    expect(await refused(define, { ...input, code: "Empty" })).to.deep.equal(["INVALID_CODE code"]);
    expect(await refused(define, { ...input, code: "a\0" })).to.deep.equal(["INVALID_CODE code"]);
    expect((await messages("MAR1"))[0]).to.match(/^RESERVED_CODE .*MAR_1\.$/);
    expect((await messages("EMPTY"))[0]).to.match(/^RESERVED_CODE .*X_EMPTY\.$/);
  });

  it("never changes the kind, and needs one and a label at first", async () => {
    await defined({ code: "KIND", kind: "YES_NO", labels: { en: "Kind" } });

    expect(await refused(define, { code: "KIND", version: 1, kind: "LIST" })).to.deep.equal([
      "CRITERION_KIND_FIXED kind",
    ]);
    expect(await refused(define, { code: "KINDLESS", labels: { en: " " } })).to.deep.equal([
      "FIELD_REQUIRED kind",
      "FIELD_REQUIRED labels",
    ]);
    expect(await refused(define, { code: "KIND", version: 1, labels: { en: null } })).to.deep.equal([
      "FIELD_REQUIRED labels",
    ]);
  });

  it("takes a version for a change and none for a new one: nobody overwrites by mistake", async () => {
    const one = { code: "ONE", kind: "LIST", labels: { en: "One" } };
    await defined(one);
    const value = { criterionCode: "ONE", internalCode: "A", labels: { en: "A" } };
    await definedValue(value);

    expect(await refused(define, one)).to.deep.equal(["CRITERION_EXISTS code"]);
    expect(await refused(define, { ...one, version: 2 })).to.deep.equal(["VERSION_CONFLICT version"]);
    expect(await refused(define, { ...one, code: "OTHER", version: 1 })).to.deep.equal(["CRITERION_NOT_FOUND code"]);
    expect(await refused(defineValue, value)).to.deep.equal(["CRITERION_VALUE_EXISTS internalCode"]);
    expect(await refused(defineValue, { ...value, version: 7 })).to.deep.equal(["VERSION_CONFLICT version"]);
    expect(await refused(defineValue, { ...value, internalCode: "B", version: 1 })).to.deep.equal([
      "CRITERION_VALUE_NOT_FOUND internalCode",
    ]);
  });

  it("makes one of two that are defined at once", async () => {
    const input = { code: "TWINS", kind: "YES_NO", labels: { en: "Twins" } };

    const answers = await Promise.all([1, 2].map(() => change(define, input, admin())));

    expect(answers.flatMap(({ userErrors }) => userErrors.map(({ code }: { code: string }) => code))).to.deep.equal([
      "CRITERION_EXISTS",
    ]);
  });

  it("gives no level above the caller's clearance, and changes none that has one", async () => {
    const input = { code: "LEVEL", kind: "YES_NO", labels: { en: "Level" }, level: "CONFIDENTIAL" };

    expect(await refused(define, input, { clearance: 1 })).to.deep.equal(["LEVEL_ABOVE_CLEARANCE level"]);
    await defined(input);
    expect(await refused(define, { code: "LEVEL", version: 1, level: "FREE" }, { clearance: 1 })).to.deep.equal([
      "LEVEL_ABOVE_CLEARANCE level",
    ]);
  });

  it("knows the institution's organizations only, and positions from 0 on", async () => {
    await db.owner.query("INSERT INTO platform.organization (institution_id, code, name) VALUES ($1, 'MUSEUM', 'M')", [
      db.home.id,
    ]);
    const input = { code: "SCOPE", kind: "YES_NO", labels: { en: "S" } };

    expect(await refused(define, { ...input, organization: "OPERA", position: -1 })).to.deep.equal([
      "UNKNOWN_ORGANIZATION organization",
      "NUMBER_OUT_OF_RANGE position",
    ]);
    expect(await refused(define, { ...input, organization: "\0" })).to.deep.equal([
      "UNKNOWN_ORGANIZATION organization",
    ]);
    expect((await defined({ ...input, organization: "MUSEUM" })).organization).to.equal("MUSEUM");
    expect((await defined({ code: "SCOPE", version: 1, organization: null })).organization).to.equal(null);
  });

  it("gives lists their values, and no other kind", async () => {
    await defined({ code: "GENRE", kind: "MULTI_LIST", labels: { en: "Genre" } });
    await defined({ code: "FLAG", kind: "YES_NO", labels: { en: "Flag" } });
    await definedValue({ criterionCode: "GENRE", internalCode: "B", labels: { en: "Bee" } });
    await definedValue({ criterionCode: "GENRE", internalCode: "A", labels: { en: "Ay", fr: "Ah" } });

    const off = await definedValue({ criterionCode: "GENRE", internalCode: "B", version: 1, isActive: false });

    expect(off).to.include({ internalCode: "B", isActive: false, version: 2, label: "Bee", position: 1 });
    const query = `{ criterionValues(code: "GENRE") { internalCode label isActive } none: criterionValues(code: "FLAG") { label }
      unknown: criterionValues(code: "x\\u0000") { label } }`;
    expect(await read(query, { locale: "fr" })).to.deep.equal({
      criterionValues: [
        { internalCode: "B", label: "Bee", isActive: false },
        { internalCode: "A", label: "Ah", isActive: true },
      ],
      none: [],
      unknown: null,
    });
    const value = { internalCode: "A", labels: { en: "A" } };
    expect(await refused(defineValue, { ...value, criterionCode: "FLAG" })).to.deep.equal([
      "CRITERION_HAS_NO_VALUES criterionCode",
    ]);
    expect(await refused(defineValue, { ...value, criterionCode: "NONE" })).to.deep.equal([
      "CRITERION_NOT_FOUND criterionCode",
    ]);
    expect((await audit("GENRE")).at(-1)).to.deep.equal({
      ...{ value: "B", field: "isActive", old: "true", new: "false", actor: "op-1" },
    });
  });

  it("ends at 500 criteria, and at 2000 values of one", async () => {
    const { FULL } = await insertDefinitions(db, [{ code: "FULL", kind: "LIST" }]);
    await db.owner.query(
      `WITH filled AS (
         INSERT INTO contacts.criterion_value (institution_id, criterion_id, internal_code)
         SELECT $1, $2, 'V' || i FROM generate_series(1, 2000) i)
       INSERT INTO contacts.criterion (institution_id, code, kind)
       SELECT $1, 'F' || i, 'YES_NO' FROM generate_series(1, 500 - (SELECT count(*)::int FROM contacts.criterion
         WHERE institution_id = $1)) i`,
      [db.home.id, FULL],
    );

    expect(await refused(define, { code: "MORE", kind: "YES_NO", labels: { en: "M" } })).to.deep.equal([
      "TOO_MANY_CRITERIA ",
    ]);
    expect(await refused(defineValue, { criterionCode: "FULL", internalCode: "W", labels: { en: "W" } })).to.deep.equal(
      ["TOO_MANY_CRITERION_VALUES "],
    );
    await db.owner.query("DELETE FROM contacts.criterion WHERE institution_id = $1 AND code ~ '^F[0-9]+$'", [
      db.home.id,
    ]);
  });

  it("lists those for a type, and those out of use when asked for", async () => {
    const institution = await db.institution();
    await insertDefinitions(
      db,
      [
        { code: "BOTH", kind: "YES_NO" },
        { code: "PERSON", kind: "YES_NO", applicability: "INDIVIDUAL" },
        { code: "HOUSE", kind: "YES_NO", applicability: "STRUCTURE" },
        { code: "GONE", kind: "YES_NO", isActive: false },
      ],
      institution,
    );
    const codes = async (args: string) => {
      const { criteria } = await read(`{ criteria${args} { code } }`, { institution });
      return criteria.map(({ code }: { code: string }) => code).join();
    };

    expect(await codes("")).to.equal("BOTH,PERSON,HOUSE");
    expect(await codes("(type: INDIVIDUAL)")).to.equal("BOTH,PERSON");
    expect(await codes("(type: STRUCTURE, includeInactive: true)")).to.equal("BOTH,HOUSE,GONE");
  });

  it("is for those who may", async () => {
    const schema = await contactsSchema();
    const input = { code: "NOT", kind: "YES_NO", labels: { en: "N" } };

    expect(await codesOf(schema, callerOf(db, "contact:read", "contact:write"), define, { input })).to.deep.equal([
      "FORBIDDEN",
    ]);
  });
});
