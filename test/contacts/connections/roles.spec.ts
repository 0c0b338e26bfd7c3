import { expect } from "chai";
import type { Clearance } from "../../../src/platform/access/clearance.js";
import { useDatabase } from "../../support/database.js";
import { insertOrder } from "../../support/history.js";
import { update } from "../operations.js";
import { auditOf } from "../support.js";
import { add, changeRole, connector, setRoles } from "./operations.js";

describe("roles (F08, F33)", () => {
  const db = useDatabase();
  const { writer, change, connect, codesOf, read, structure } = connector(db);

  it("are set as a whole, with an audit entry for each that came or went (F27)", async () => {
    const { id, opaqueId: contactId } = await db.insertContact();

    const { contact } = await change(setRoles, { contactId, version: 1, roles: ["GUIDE", "SUPPLIER", "GUIDE"] });
    const same = await change(setRoles, { contactId, version: 2, roles: ["SUPPLIER", "GUIDE"] });

    expect(contact).to.deep.equal({ version: 2, roles: ["GUIDE", "SUPPLIER"] });
    expect(same.contact.version).to.equal(2);
    expect((await auditOf(db, id)).map(({ entity, old, new: now }) => [entity, old, now])).to.have.deep.members([
      ["Role", "PUBLIC", null],
      ["Role", null, "GUIDE"],
      ["Role", null, "SUPPLIER"],
    ]);
  });

  it("may be any of the eight that need no connection", async () => {
    const { opaqueId: contactId } = await db.insertContact();
    const roles = ["CONTRACTOR", "EXHIBITOR", "GUIDE", "PARTNER", "PRODUCER", "PUBLIC", "SUPPLIER", "SUPPORT"];

    const { contact } = await change(setRoles, { contactId, version: 1, roles });

    expect(contact.roles).to.deep.equal(roles);
  });

  it("of a connection come and go with it alone", async () => {
    const [person, house] = [await db.insertContact(), await structure("H")];
    const set = async (roles: string[]) => {
      const { version } = await read(person, "version");
      return (await codesOf(setRoles, { contactId: person.opaqueId, version, roles })).codes;
    };

    for (const role of ["RELAY", "MEMBER", "SUBSIDIARY"])
      expect(await set([role])).to.deep.equal(["ROLE_NEEDS_CONNECTION roles"]);
    await connect("MEMBER_OF", person, house);
    expect(await set(["GUIDE"])).to.deep.equal(["ROLE_NEEDS_CONNECTION roles"]);
    expect(await set(["MEMBER", "PUBLIC"])).to.deep.equal(["ROLE_CONFLICT roles"]);
    expect(await set(["MEMBER", "GUIDE"])).to.deep.equal([]);
  });

  it("are at least one for an individual, may be none for a structure, which is neither relay nor member", async () => {
    const [person, house] = [await db.insertContact(), await structure("H", { roles: ["PARTNER"] })];
    const set = async (contact: { opaqueId: string }, roles: string[]) =>
      (await codesOf(setRoles, { contactId: contact.opaqueId, version: 1, roles })).codes;

    expect(await set(person, [])).to.deep.equal(["FIELD_REQUIRED roles"]);
    expect(await set(house, ["RELAY"])).to.deep.equal(["ROLE_NOT_APPLICABLE roles"]);
    expect(await set(house, [])).to.deep.equal([]);
  });

  it("are not overwritten by an operator who has seen others", async () => {
    const { opaqueId: contactId } = await db.insertContact();
    const set = (role: string) => codesOf(setRoles, { contactId, version: 1, roles: [role] });

    const answers = await Promise.all(["GUIDE", "PARTNER"].map(set));

    expect(answers.flatMap(({ codes }) => codes)).to.deep.equal(["VERSION_CONFLICT version"]);
  });

  describe("changed one for another", () => {
    const swap = (
      contact: { opaqueId: string },
      from: string,
      to: string,
      connectTo?: { opaqueId: string },
      wish = {},
    ) =>
      codesOf(
        changeRole,
        { contactId: contact.opaqueId, from, to, ...(connectTo && { connectToId: connectTo.opaqueId }) },
        writer(wish),
      );

    it("take their connections along", async () => {
      const [person, house, shop] = [await db.insertContact(), await structure("H"), await structure("S")];

      const relay = await swap(person, "PUBLIC", "RELAY", house);
      const member = await swap(person, "RELAY", "MEMBER", house);
      const other = await swap(person, "MEMBER", "RELAY", shop);
      const back = await swap(person, "RELAY", "PUBLIC");

      const answers = [relay, member, other, back].map(({ payload }) => payload.contact);
      expect(answers).to.deep.equal([
        { roles: ["RELAY"], structure: { id: house.opaqueId }, parent: null },
        { roles: ["MEMBER"], structure: null, parent: null },
        { roles: ["RELAY"], structure: { id: shop.opaqueId }, parent: null },
        { roles: ["PUBLIC"], structure: null, parent: null },
      ]);
    });

    it("are refused to a contact with orders who would become a relay: they would move to the structure", async () => {
      const [person, house] = [await db.insertContact(), await structure("H")];
      await insertOrder(db, person, { organization: "ELSEWHERE" });

      expect((await swap(person, "PUBLIC", "RELAY", house)).codes).to.deep.equal(["CONTACT_HAS_HISTORY contactId"]);
      const added = { type: "RELAY_OF", fromId: person.opaqueId, toId: house.opaqueId };
      expect((await codesOf(add, added)).codes).to.deep.equal(["CONTACT_HAS_HISTORY fromId"]);
      expect((await swap(person, "PUBLIC", "MEMBER", house)).codes).to.deep.equal([]);
      expect((await swap(person, "MEMBER", "RELAY", await structure("S"))).codes).to.deep.equal([
        "CONTACT_HAS_HISTORY contactId",
      ]);
      expect(await read(person, "roles")).to.deep.equal({ roles: ["MEMBER"] });
    });

    it("need what they stand for, and a role that is held and one that is not", async () => {
      const [person, house] = [await db.insertContact(), await structure("H")];

      expect((await swap(person, "PUBLIC", "RELAY")).codes).to.deep.equal(["FIELD_REQUIRED connectToId"]);
      expect((await swap(person, "PUBLIC", "GUIDE", house)).codes).to.deep.equal(["FIELD_NOT_APPLICABLE connectToId"]);
      expect((await swap(person, "GUIDE", "PARTNER")).codes).to.deep.equal(["ROLE_NOT_HELD from"]);
      expect((await swap(person, "PUBLIC", "PUBLIC")).codes).to.deep.equal(["ROLE_HELD to"]);
      expect((await swap(person, "PUBLIC", "SUBSIDIARY", person)).codes).to.deep.equal([
        "CONNECTION_TO_ITSELF connectToId",
      ]);
      const partner = await structure("P", { roles: ["PARTNER"] });
      expect((await swap(partner, "PARTNER", "RELAY", house)).codes).to.deep.equal(["ROLE_NOT_APPLICABLE to"]);
    });

    it("leave PUBLIC to those without a relation", async () => {
      const [person, house, parent] = [await db.insertContact(), await structure("H"), await db.insertContact()];
      await connect("MEMBER_OF", person, house);
      await connect("SUBSIDIARY_OF", person, parent);

      expect((await swap(person, "MEMBER", "PUBLIC")).codes).to.deep.equal(["ROLE_CONFLICT to"]);
    });

    it("end a connection also where the caller does not see its other end, and tell him nothing of it (F05)", async () => {
      const [person, hidden] = [await db.insertContact(), await structure("Geheim", { level: 1 })];
      await connect("RELAY_OF", person, hidden, { clearance: 1 });

      const { payload } = await swap(person, "RELAY", "GUIDE");

      expect(payload.contact.roles).to.deep.equal(["GUIDE"]);
      expect(payload.warnings).to.deep.equal([]);
      expect((await read(hidden, "relays(first: 1) { totalCount }", { clearance: 1 })).relays.totalCount).to.equal(0);
    });
  });

  it("cannot be changed where they are withheld (ring 4)", async () => {
    const { opaqueId: contactId } = await db.insertContact();
    const context = () => writer({ raisedLevels: new Map<string, Clearance>([["Contact.roles", 1]]) });

    expect((await codesOf(setRoles, { contactId, version: 1, roles: ["GUIDE"] }, context())).codes).to.deep.equal([
      "FIELD_NOT_AVAILABLE roles",
    ]);
    expect((await codesOf(changeRole, { contactId, from: "PUBLIC", to: "GUIDE" }, context())).codes).to.deep.equal([
      "FIELD_NOT_AVAILABLE to",
    ]);
  });

  it("of a structure leave it without what only a person has (F33)", async () => {
    const house = await structure("H");
    const personal = { title: "MR", firstName: "A", lastName: "B", birthDate: "1990-01-01", disabilityType: "ROW_END" };

    for (const [field, value] of Object.entries(personal))
      expect((await codesOf(update, { id: house.opaqueId, version: 1, [field]: value })).codes).to.deep.equal([
        `FIELD_NOT_APPLICABLE ${field}`,
      ]);
    expect(
      await read(house, "title firstName lastName birthDate disabilityType internetAccount { login }"),
    ).to.deep.equal({
      ...{ title: null, firstName: null, lastName: null, birthDate: null, disabilityType: null },
      internetAccount: null,
    });
  });

  it("of an unknown, hidden or anonymized contact are not changed", async () => {
    const hidden = await db.insertContact({ level: 2 });
    const gone = await db.insertContact({ anonymizedAt: new Date(0) });

    for (const mutation of [setRoles, changeRole]) {
      const input = (contactId: string) =>
        mutation === setRoles
          ? { contactId, version: 1, roles: ["GUIDE"] }
          : { contactId, from: "PUBLIC", to: "GUIDE" };
      expect((await codesOf(mutation, input(hidden.opaqueId))).codes).to.deep.equal(["CONTACT_NOT_FOUND contactId"]);
      expect((await codesOf(mutation, input("nonsense"))).codes).to.deep.equal(["CONTACT_NOT_FOUND contactId"]);
      expect((await codesOf(mutation, input(gone.opaqueId))).codes).to.deep.equal(["CONTACT_ANONYMIZED contactId"]);
    }
  });
});
