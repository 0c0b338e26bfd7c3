import { expect } from "chai";
import type { Clearance } from "../../../src/platform/access/clearance.js";
import { ask } from "../../support/ask.js";
import { useDatabase } from "../../support/database.js";
import { create } from "../operations.js";
import { auditOf, callerOf, changer, contactsSchema } from "../support.js";
import { activitiesOf, type Held, insertDefinitions, insertHeld, readCriteria, shown } from "./criteria.js";

describe("Contact.criteria (F21)", () => {
  const db = useDatabase();
  const { writer, change } = changer(db);
  let ids: Record<string, number>;

  before(async () => {
    ids = await insertDefinitions(db, [
      {
        ...{ code: "INTEREST", kind: "MULTI_LIST", isVisibleOnInternet: true },
        values: { OPERA: { label: "Opera" }, JAZZ: { label: "Jazz", isActive: false } },
      },
      { code: "RISK", kind: "YES_NO", level: 1 },
      { code: "GRADE", kind: "LIST", level: 2, applicability: "INDIVIDUAL", values: { A: {} } },
      { code: "SINCE", kind: "FREE_TEXT", isCompulsory: true, applicability: "INDIVIDUAL" },
      { code: "OLD", kind: "YES_NO", isActive: false, level: 1 },
      { code: "MUSEUM", kind: "YES_NO", organization: "MUSEUM", isCompulsory: true },
    ]);
  });

  const full = async (wish = {}) => {
    const { id, opaqueId } = await db.insertContact(wish);
    await insertHeld(db, id, ids.INTEREST!, { codes: ["OPERA", "JAZZ"] });
    await insertHeld(db, id, ids.RISK!, { codes: ["TRUE"] });
    await insertHeld(db, id, ids.GRADE!, { codes: ["A"] });
    await insertHeld(db, id, ids.SINCE!, { text: "1999" });
    return opaqueId;
  };

  it("shows what a contact has with labels, also a value out of use", async () => {
    const { criteria } = await readCriteria(db, await full(), { clearance: 2 });

    expect(criteria[0]).to.deep.equal({
      definition: { code: "INTEREST", label: "INTEREST" },
      values: [
        { internalCode: "JAZZ", label: "Jazz", isActive: false },
        { internalCode: "OPERA", label: "Opera", isActive: true },
      ],
      ...{ yesNo: null, text: null, redactions: [] },
    });
    expect(shown({ criteria })).to.deep.equal({ INTEREST: ["JAZZ", "OPERA"], RISK: true, GRADE: ["A"], SINCE: "1999" });
  });

  it("withholds a criterion above the caller's clearance with and without a value, for all nine pairs", async () => {
    const [one, other] = [await full(), (await db.insertContact()).opaqueId];
    const withheldFor = async (contact: string, clearance: Clearance) => {
      const criteria: Held[] = (await readCriteria(db, contact, { clearance })).criteria;
      const withheld = criteria.filter(({ redactions }) => redactions.length > 0);
      for (const { values, yesNo, text } of withheld) expect([values, yesNo, text]).to.deep.equal([null, null, null]);
      return withheld.map(({ definition, redactions }) =>
        [definition.code, redactions[0]!.field, redactions[0]!.requiredClearance].join(" "),
      );
    };

    for (const contact of [one, other]) {
      expect(await withheldFor(contact, 0)).to.deep.equal(["RISK yesNo RESTRICTED", "GRADE values CONFIDENTIAL"]);
      expect(await withheldFor(contact, 1)).to.deep.equal(["GRADE values CONFIDENTIAL"]);
      expect(await withheldFor(contact, 2)).to.deep.equal([]);
    }
    const structure = await db.insertContact({ structureName: "House" });
    expect(await withheldFor(structure.opaqueId, 0)).to.deep.equal(["RISK yesNo RESTRICTED"]);
  });

  it("answers two contacts that differ only in what is withheld with the same (non-interference)", async () => {
    const [one, other] = await Promise.all([1, 2].map(() => db.insertContact()));
    await insertHeld(db, one!.id, ids.RISK!, { codes: ["FALSE"] });
    await insertHeld(db, one!.id, ids.OLD!, { codes: ["TRUE"] });

    expect(await readCriteria(db, one!.opaqueId)).to.deep.equal(await readCriteria(db, other!.opaqueId));
  });

  it("is null and listed in redactions when it is withheld as a whole", async () => {
    const raisedLevels = new Map<string, Clearance>([["Contact.criteria", 1]]);

    const contact = await readCriteria(db, await full(), { raisedLevels });

    expect(contact).to.deep.include({ criteria: null });
    expect(contact.redactions).to.deep.include({ field: "criteria" });
  });

  it("shows internet users what is visible on the internet, of themselves", async () => {
    const { id, opaqueId } = await db.insertContact();
    await insertHeld(db, id, ids.INTEREST!, { codes: ["OPERA"] });
    await insertHeld(db, id, ids.SINCE!, { text: "1999" });
    const wish = { kind: "CONTACT", login: opaqueId, ownContactId: id } as const;
    const query = `{ criteria { code } values: criterionValues(code: "INTEREST") { internalCode }
      hidden: criterionValues(code: "GRADE") { internalCode } }`;

    expect(shown(await readCriteria(db, opaqueId, wish))).to.deep.equal({ INTEREST: ["OPERA"] });
    expect(await ask(await contactsSchema(), callerOf(db, "contact:read", wish), query)).to.deep.equal({
      criteria: [{ code: "INTEREST" }],
      values: [{ internalCode: "JAZZ" }, { internalCode: "OPERA" }],
      hidden: null,
    });
  });

  it("is asked for fifty contacts by two statements", async () => {
    const contacts = await Promise.all(Array.from({ length: 50 }, () => db.insertContact({ lastName: "Fifty" })));
    for (const { id } of contacts.slice(0, 5)) await insertHeld(db, id, ids.INTEREST!, { codes: ["OPERA"] });
    const context = callerOf(db, "contact:read");
    const texts: string[] = [];
    const query = context.db.query.bind(context.db);
    context.db.query = (text, ...rest) => {
      texts.push(/\/\* (\w+)/.exec(text)![1]!);
      return query(text, ...rest) as never;
    };

    const found = await ask(
      await contactsSchema(),
      context,
      `{ searchContacts(filter: { name: "Fifty" }, first: 50) { nodes { criteria { definition { code } values { internalCode } } } } }`,
    );

    expect(found.searchContacts.nodes).to.have.length(50);
    expect(texts.filter((name) => /Criteri|Definition|Value/.test(name)).sort()).to.deep.equal([
      "selectContactCriteria",
      "selectDefinitions",
    ]);
  });

  describe("of a new contact", () => {
    const creation = create.replace("contact { id", "legalNotice { code } warnings { code message } contact { id");
    const input = { type: "INDIVIDUAL", lastName: "Neu" };

    it("is written with it, audited, and no activity: the creation is one already (A0)", async () => {
      const criteria = [
        { code: "INTEREST", values: ["OPERA"] },
        { code: "SINCE", text: "2001" },
      ];

      const { contact, warnings, legalNotice } = await change(creation, { ...input, criteria });

      const id = Buffer.from(contact.id, "base64url").toString().split(":")[1]!;
      expect(contact.version).to.equal(1);
      expect(legalNotice).to.deep.equal({ code: "FREE_TEXT_CONTENT" });
      expect(warnings).to.deep.equal([]);
      expect(shown(await readCriteria(db, contact.id))).to.deep.equal({ INTEREST: ["OPERA"], SINCE: "2001" });
      const audited = (await auditOf(db, id)).filter(({ entity }) => entity === "Criterion");
      expect(audited.map(({ field, new: value }) => `${field} ${value}`)).to.deep.equal([
        "INTEREST OPERA",
        "SINCE 2001",
      ]);
      expect(await activitiesOf(db, id)).to.deep.equal([]);
    });

    it("is created without a compulsory criterion, which is warned of where the caller could set it", async () => {
      const message = "The contact has no value for the compulsory criterion SINCE.";

      expect((await change(creation, input)).warnings).to.deep.equal([{ code: "CRITERION_MISSING", message }]);
      const structure = { type: "STRUCTURE", structureName: "House" };
      expect((await change(creation, structure)).warnings).to.deep.equal([]);
      const museum = await change(creation, structure, writer({ organizations: ["MUSEUM"] }));
      expect(museum.warnings.map(({ code }: { code: string }) => code)).to.deep.equal(["CRITERION_MISSING"]);
    });

    it("is not created when a criterion cannot be", async () => {
      const { rows: before } = await db.owner.query("SELECT count(*) FROM contacts.contact");

      const answer = await change(creation, { ...input, criteria: [{ code: "INTEREST", values: ["Opera"] }] });

      expect(answer.contact).to.equal(null);
      expect(answer.userErrors.map(({ code }: { code: string }) => code)).to.deep.equal(["UNKNOWN_CODE"]);
      const { rows: after } = await db.owner.query("SELECT count(*) FROM contacts.contact");
      expect(after).to.deep.equal(before);
    });
  });
});
