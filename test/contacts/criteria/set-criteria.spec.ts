import { expect } from "chai";
import type { Clearance } from "../../../src/platform/access/clearance.js";
import { useDatabase } from "../../support/database.js";
import { auditOf, changer } from "../support.js";
import { activitiesOf, insertDefinitions, insertHeld, readCriteria, set, shown, worked } from "./criteria.js";

describe("setCriteria (F21)", () => {
  const db = useDatabase();
  const { writer, change, problemsOf } = changer(db);
  let ids: Record<string, number>;

  before(async () => {
    ids = await insertDefinitions(db, [
      ...worked,
      { code: "CLUB", kind: "LIST", values: { GOLD: { organization: "MUSEUM" }, SILVER: {} } },
      { code: "PATRON", kind: "YES_NO", organization: "MUSEUM" },
      { code: "OLD", kind: "YES_NO", isActive: false, isCompulsory: true },
      { code: "SECRET", kind: "FREE_TEXT", level: 1 },
    ]);
  });

  const setOf = async (contactId: string, ...criteria: object[]) =>
    (await change(set, { contactId, criteria })).contact;
  const refused = (contactId: string, ...criteria: object[]) => problemsOf(set, { contactId, criteria });
  it("sets each kind, in the order of the definitions", async () => {
    const { opaqueId } = await db.insertContact();

    const contact = await setOf(
      opaqueId,
      { code: "NICKNAME", text: "  Toni\nthe cellist " },
      { code: "VIP", yesNo: false },
      { code: "INTEREST", values: ["OPERA", "BALLET", "OPERA"] },
      { code: "AGEGRP", values: ["A18"] },
    );

    expect(Object.entries(shown(contact))).to.deep.equal([
      ["INTEREST", ["BALLET", "OPERA"]],
      ["VIP", false],
      ["AGEGRP", ["A18"]],
      ["NICKNAME", "Toni\nthe cellist"],
    ]);
    expect(contact.version).to.equal(2);
  });

  it("audits a change by its codes, and keeps it as the day's activity, once (F27, A7)", async () => {
    const { id, opaqueId } = await db.insertContact();
    await setOf(opaqueId, { code: "INTEREST", values: ["OPERA"] }, { code: "NICKNAME", text: "Toni" });

    await setOf(opaqueId, { code: "INTEREST", values: ["OPERA", "BALLET"] }, { code: "NICKNAME", clear: true });

    const common = { entity: "Criterion", key: null, actor: "op-7", source: "OPERATOR" };
    expect(await auditOf(db, id)).to.deep.equal([
      { ...common, field: "INTEREST", old: null, new: "OPERA" },
      { ...common, field: "NICKNAME", old: null, new: "Toni" },
      { ...common, field: "INTEREST", old: "OPERA", new: "BALLET|OPERA" },
      { ...common, field: "NICKNAME", old: "Toni", new: null },
    ]);
    expect(await activitiesOf(db, id)).to.deep.equal([{ day: "2026-03-10", kind: "CRITERION", source: "OPERATOR" }]);
  });

  it("takes a set that is the same for no change: no audit, no version, no activity (R31, E29, F69)", async () => {
    const { id, opaqueId } = await db.insertContact();
    await insertHeld(db, id, ids.INTEREST!, { codes: ["BALLET", "OPERA"] });

    const contact = await setOf(
      opaqueId,
      { code: "INTEREST", values: ["OPERA", "BALLET", "OPERA"] },
      { code: "VIP", clear: true },
    );

    expect(contact.version).to.equal(1);
    expect(await auditOf(db, id)).to.deep.equal([]);
    expect(await activitiesOf(db, id)).to.deep.equal([]);
  });

  it("replaces the whole set, and clears (R30, R35)", async () => {
    const { id, opaqueId } = await db.insertContact();
    await insertHeld(db, id, ids.INTEREST!, { codes: ["OPERA"] });

    expect(shown(await setOf(opaqueId, { code: "INTEREST", values: ["BALLET"] }))).to.deep.equal({
      INTEREST: ["BALLET"],
    });
    expect(shown(await setOf(opaqueId, { code: "INTEREST", values: [] }))).to.deep.equal({});
  });

  it("keeps what the contact had before its value or its criterion went out of use (R33, R34)", async () => {
    const { id, opaqueId } = await db.insertContact();
    await insertHeld(db, id, ids.INTEREST!, { codes: ["JAZZ"] });
    await insertHeld(db, id, ids.OLD!, { codes: ["TRUE"] });

    expect(
      shown(await setOf(opaqueId, { code: "INTEREST", values: ["JAZZ"] }, { code: "OLD", yesNo: true })),
    ).to.deep.equal({ INTEREST: ["JAZZ"], OLD: true });
    expect(shown(await setOf(opaqueId, { code: "INTEREST", values: ["JAZZ", "OPERA"] })).INTEREST).to.deep.equal([
      "JAZZ",
      "OPERA",
    ]);
    expect(await refused(opaqueId, { code: "OLD", yesNo: false })).to.deep.equal([
      "CRITERION_INACTIVE criteria.code 0",
    ]);
    expect(
      shown(await setOf(opaqueId, { code: "OLD", clear: true }, { code: "INTEREST", values: ["OPERA"] })),
    ).to.deep.equal({ INTEREST: ["OPERA"] });
    expect(await refused(opaqueId, { code: "INTEREST", values: ["JAZZ"] })).to.deep.equal([
      "INACTIVE_CODE criteria.values 0",
    ]);
  });

  it("refuses each wish that cannot be, with its place, and writes none of the others (R32, R36-R38)", async () => {
    const { id, opaqueId } = await db.insertContact();
    await insertHeld(db, id, ids.AGEGRP!, { codes: ["A18"] });

    const problems = await refused(
      opaqueId,
      { code: "VIP", yesNo: true },
      { code: "NOTHING", yesNo: true },
      { code: "SECTOR", values: ["EDU"] },
      { code: "INTEREST", values: ["OPERA", "JAZZ", "ROCK"] },
      { code: "AGEGRP", clear: true },
      { code: "VIP", yesNo: true },
    );
    const kinds = await refused(
      opaqueId,
      { code: "AGEGRP", values: ["A18", "A26"] },
      { code: "VIP", values: ["TRUE"] },
      { code: "NICKNAME", text: "x", clear: true },
      { code: "INTEREST" },
    );

    expect(problems).to.deep.equal(["DUPLICATE_CODE criteria.code 5"]);
    expect(kinds).to.deep.equal([
      "SINGLE_VALUE_EXPECTED criteria.values 0",
      "CRITERION_KIND_EXPECTED criteria 1",
      "CRITERION_KIND_EXPECTED criteria 2",
      "CRITERION_KIND_EXPECTED criteria 3",
    ]);
    expect(
      await refused(
        opaqueId,
        { code: "VIP", yesNo: true },
        { code: "NOTHING", yesNo: true },
        { code: "SECTOR", values: ["EDU"] },
        { code: "INTEREST", values: ["OPERA", "JAZZ", "ROCK"] },
        { code: "AGEGRP", clear: true },
      ),
    ).to.deep.equal([
      "CRITERION_NOT_FOUND criteria.code 1",
      "CRITERION_NOT_APPLICABLE criteria.code 2",
      "INACTIVE_CODE criteria.values 3",
      "UNKNOWN_CODE criteria.values 3",
      "CRITERION_REQUIRED criteria.code 4",
    ]);
    expect(shown(await readCriteria(db, opaqueId))).to.deep.equal({ AGEGRP: ["A18"] });
  });

  it("says which code a label or another spelling means, and else which there are (R32)", async () => {
    const { opaqueId: contactId } = await db.insertContact();
    const messageOf = async (code: string, value: string) => {
      const { userErrors } = await change(set, { contactId, criteria: [{ code, values: [value] }] });
      return userErrors[0].message;
    };

    expect(await messageOf("INTEREST", "Opera")).to.equal("Unknown code. Accepted: OPERA.");
    expect(await messageOf("INTEREST", "ópera")).to.equal("Unknown code. Accepted: OPERA.");
    expect(await messageOf("AGEGRP", "\0")).to.equal("Unknown code. Accepted: A18, A26.");
  });

  it("lets an organization set what is its own, and others keep it", async () => {
    const { id, opaqueId } = await db.insertContact();
    const gold = [
      { code: "CLUB", values: ["GOLD"] },
      { code: "PATRON", yesNo: true },
    ];

    expect(await refused(opaqueId, ...gold)).to.deep.equal([
      "CODE_NOT_IN_ORGANIZATION criteria.values 0",
      "CODE_NOT_IN_ORGANIZATION criteria.code 1",
    ]);
    const museum = writer({ organizations: ["MUSEUM"] });
    const { contact } = await change(set, { contactId: opaqueId, criteria: gold }, museum);
    expect(shown(contact)).to.deep.equal({ CLUB: ["GOLD"], PATRON: true });
    expect(shown(await setOf(opaqueId, ...gold))).to.deep.equal({ CLUB: ["GOLD"], PATRON: true });
    expect(await auditOf(db, id)).to.have.length(2);
  });

  it("takes a text of up to 2000 characters that clears nothing in files", async () => {
    const { opaqueId } = await db.insertContact();
    const text = (value: string) => refused(opaqueId, { code: "NICKNAME", text: value });

    expect(await text("x".repeat(2_001))).to.deep.equal(["VALUE_TOO_LONG criteria.text 0"]);
    expect(await text(" Empty ")).to.deep.equal(["RESERVED_TEXT criteria.text 0"]);
    expect(await text("a\u0007")).to.deep.equal(["INVALID_CHARACTERS criteria.text 0"]);
    expect(shown(await setOf(opaqueId, { code: "NICKNAME", text: "x".repeat(2_000) })).NICKNAME).to.have.length(2_000);
    expect(shown(await setOf(opaqueId, { code: "NICKNAME", text: " \n " }))).to.deep.equal({});
  });

  it("shows the notice about free text to who writes some, also when it is refused (F16)", async () => {
    const { opaqueId: contactId } = await db.insertContact();
    const noticed = async (criterion: object) =>
      (await change(set, { contactId, criteria: [{ code: "NICKNAME", ...criterion }] })).legalNotice?.code;

    expect(await noticed({ text: "Toni" })).to.equal("FREE_TEXT_CONTENT");
    expect(await noticed({ text: "Empty" })).to.equal("FREE_TEXT_CONTENT");
    expect(await noticed({ text: " " })).to.equal(undefined);
    expect(await noticed({ clear: true })).to.equal(undefined);
  });

  it("refuses a change that is based on another version, and one of an anonymized or unknown contact", async () => {
    const { opaqueId } = await db.insertContact();
    const erased = await db.insertContact({ anonymizedAt: new Date() });
    const criteria = [{ code: "VIP", yesNo: true }];

    expect(await problemsOf(set, { contactId: opaqueId, criteria, version: 2 })).to.deep.equal([
      "VERSION_CONFLICT version",
    ]);
    expect(await refused(erased.opaqueId, ...criteria)).to.deep.equal(["CONTACT_ANONYMIZED contactId"]);
    expect(await refused("Q29udGFjdDo5OTk5OTk5", ...criteria)).to.deep.equal(["CONTACT_NOT_FOUND contactId"]);
    expect((await change(set, { contactId: opaqueId, criteria, version: 1 })).contact.version).to.equal(2);
  });

  it("changes nothing a second time for the same idempotency key", async () => {
    const { id, opaqueId } = await db.insertContact();
    const input = { contactId: opaqueId, criteria: [{ code: "VIP", yesNo: true }], idempotencyKey: "once" };
    await change(set, input);
    await setOf(opaqueId, { code: "VIP", yesNo: false });

    const { contact } = await change(set, input);

    expect(shown(contact)).to.deep.equal({ VIP: false });
    expect(await auditOf(db, id)).to.have.length(2);
  });

  it("keeps both changes of two operators at once", async () => {
    const { opaqueId } = await db.insertContact();

    await Promise.all([
      setOf(opaqueId, { code: "VIP", yesNo: true }),
      setOf(opaqueId, { code: "INTEREST", values: ["OPERA"] }),
      setOf(opaqueId, { code: "INTEREST", values: ["OPERA"] }),
    ]);

    const contact = await readCriteria(db, opaqueId);
    expect(shown(contact)).to.deep.equal({ INTEREST: ["OPERA"], VIP: true });
  });

  it("answers as for an unknown id when the contact is above the caller's clearance, for all nine pairs (F05)", async () => {
    for (const clearance of [0, 1, 2] as Clearance[]) {
      for (const level of [0, 1, 2] as Clearance[]) {
        const { id, opaqueId } = await db.insertContact({ level });
        await insertHeld(db, id, ids.INTEREST!, { codes: ["OPERA"] });
        const isSeen = clearance >= level;
        const input = { contactId: opaqueId, criteria: [{ code: "VIP", yesNo: true }] };

        const read = await readCriteria(db, opaqueId, { clearance });
        const { contact, userErrors } = await change(set, input, writer({ clearance }));

        expect(read === null, `read ${clearance}/${level}`).to.equal(!isSeen);
        expect(contact === null, `set ${clearance}/${level}`).to.equal(!isSeen);
        expect(userErrors.map(({ code }: { code: string }) => code)).to.deep.equal(isSeen ? [] : ["CONTACT_NOT_FOUND"]);
        expect((await auditOf(db, id)).length).to.equal(isSeen ? 1 : 0);
      }
    }
  });

  it("refuses criteria that are withheld as a whole, and those above the caller's clearance", async () => {
    const { opaqueId } = await db.insertContact();
    const criteria = [{ code: "VIP", yesNo: true }];
    const blind = writer({ raisedLevels: new Map<string, Clearance>([["Contact.criteria", 1]]) });

    expect(await problemsOf(set, { contactId: opaqueId, criteria }, blind)).to.deep.equal([
      "FIELD_NOT_AVAILABLE criteria",
    ]);
    expect(await refused(opaqueId, { code: "SECRET", text: "x" })).to.deep.equal([
      "FIELD_NOT_AVAILABLE criteria.code 0",
    ]);
  });
});
