import { expect } from "chai";
import type { Clearance } from "../../../src/platform/access/clearance.js";
import { encodeId } from "../../../src/platform/graphql/opaque-id.js";
import { useDatabase } from "../../support/database.js";
import { auditOf } from "../support.js";
import { add, connector, remove } from "./operations.js";

const links = `connections(first: 10) { nodes { type from { id } to { id } } }`;
const page = `{ nodes { displayName } totalCount pageInfo { hasNextPage endCursor } }`;

describe("connections (F24)", () => {
  const db = useDatabase();
  const { writer, change, connect, codesOf, read, structure } = connector(db);
  const refusals = async (type: string, from: { opaqueId: string }, to: { opaqueId: string }, wish = {}) =>
    (await codesOf(add, { type, fromId: from.opaqueId, toId: to.opaqueId }, writer(wish))).codes;

  it("show at both files, and give the relay's, member's or subsidiary's role in the place of PUBLIC", async () => {
    const [relay, house] = [await db.insertContact({ firstName: "Ada", lastName: "Relais" }), await structure("Haus")];

    const { connection } = await change(add, { type: "RELAY_OF", fromId: relay.opaqueId, toId: house.opaqueId });

    const [from, to] = [
      { id: relay.opaqueId, displayName: "Ada Relais", roles: ["RELAY"] },
      { id: house.opaqueId, displayName: "Haus", roles: [] },
    ];
    expect(connection).to.deep.include({ type: "RELAY_OF", status: "ACTIVE", from, to });
    const shown = { connections: { nodes: [{ type: "RELAY_OF", from: { id: from.id }, to: { id: to.id } }] } };
    expect([await read(relay, links), await read(house, links)]).to.deep.equal([shown, shown]);
  });

  it("are audited at both files, each entry naming the other contact, and only new roles count a version up (F27)", async () => {
    const [member, house] = [await db.insertContact(), await structure("Audit")];

    const id = await connect("MEMBER_OF", member, house);
    await change(remove, { id });

    const entriesOf = async (contact: { id: string }) =>
      (await auditOf(db, contact.id)).map(({ entity, key, field, old, new: now }) => [entity, key, field, old, now]);
    expect(await entriesOf(house)).to.deep.equal([
      ["Connection", member.id, "connections", null, "MEMBER_OF"],
      ["Connection", member.id, "connections", "MEMBER_OF", null],
    ]);
    expect(await entriesOf(member)).to.have.deep.members([
      ["Connection", house.id, "connections", null, "MEMBER_OF"],
      ["Role", null, "roles", null, "MEMBER"],
      ["Role", null, "roles", "PUBLIC", null],
      ["Connection", house.id, "connections", "MEMBER_OF", null],
      ["Role", null, "roles", null, "PUBLIC"],
      ["Role", null, "roles", "MEMBER", null],
    ]);
    expect(await read(house, "version"), "who does not see the member sees no change").to.deep.equal({ version: 1 });
    expect(await read(member, "version roles")).to.deep.equal({ version: 3, roles: ["PUBLIC"] });
  });

  it("are shown as relays, members, subsidiaries, structure and parent, in pages (F33)", async () => {
    const [house, mother] = [await structure("Tochter"), await structure("Mutter")];
    const people = await Promise.all(["A", "B", "C"].map((lastName) => db.insertContact({ lastName })));
    for (const person of people) await connect("MEMBER_OF", person, house);
    const relay = await db.insertContact({ lastName: "R" });
    await connect("RELAY_OF", relay, house);
    await connect("SUBSIDIARY_OF", house, mother);

    const shown = await read(house, `relays(first: 9) ${page} members(first: 2) ${page} parent { displayName }`);
    const { endCursor } = shown.members.pageInfo;
    const rest = await read(house, `members(first: 2, after: "${endCursor}") ${page}`);

    const names = ({ nodes }: { nodes: { displayName: string }[] }) => nodes.map(({ displayName }) => displayName);
    expect([names(shown.relays), names(shown.members), names(rest.members)]).to.deep.equal([["R"], ["A", "B"], ["C"]]);
    expect([shown.members.totalCount, shown.members.pageInfo.hasNextPage]).to.deep.equal([3, true]);
    expect([rest.members.totalCount, rest.members.pageInfo.hasNextPage]).to.deep.equal([3, false]);
    expect(shown.parent).to.deep.equal({ displayName: "Mutter" });
    expect(await read(relay, "structure { displayName } parent { id }")).to.deep.equal({
      structure: { displayName: "Tochter" },
      parent: null,
    });
    expect((await read(mother, `subsidiaries(first: 5) ${page}`)).subsidiaries.nodes).to.deep.equal([
      { displayName: "Tochter" },
    ]);
  });

  it("count only while both contacts are valid", async () => {
    const [relay, house] = [await db.insertContact({ validityEndDate: "2020-01-01" }), await structure("Ende")];

    const { connection } = await change(add, { type: "RELAY_OF", fromId: relay.opaqueId, toId: house.opaqueId });

    expect(connection.status).to.equal("INACTIVE");
  });

  it("are refused between types that do not fit, and with oneself", async () => {
    const [person, other] = [await db.insertContact(), await db.insertContact()];
    const [house, shop] = [await structure("H"), await structure("S")];

    expect(await refusals("RELAY_OF", person, other)).to.deep.equal(["CONNECTION_NOT_APPLICABLE toId"]);
    expect(await refusals("RELAY_OF", house, shop)).to.deep.equal(["CONNECTION_NOT_APPLICABLE fromId"]);
    expect(await refusals("MEMBER_OF", house, shop)).to.deep.equal(["CONNECTION_NOT_APPLICABLE fromId"]);
    expect(await refusals("SUBSIDIARY_OF", person, house)).to.deep.equal(["CONNECTION_NOT_APPLICABLE toId"]);
    expect(await refusals("SUBSIDIARY_OF", house, person)).to.deep.equal(["CONNECTION_NOT_APPLICABLE toId"]);
    expect(await refusals("SUBSIDIARY_OF", person, person)).to.deep.equal(["CONNECTION_TO_ITSELF toId"]);
    expect(await refusals("SUBSIDIARY_OF", person, other)).to.deep.equal([]);
  });

  it("are made once, leave a relay one structure and a subsidiary one parent", async () => {
    const [person, house, shop] = [await db.insertContact(), await structure("H"), await structure("S")];
    await connect("RELAY_OF", person, house);

    expect(await refusals("RELAY_OF", person, house)).to.deep.equal(["CONNECTION_EXISTS toId"]);
    expect(await refusals("MEMBER_OF", person, house)).to.deep.equal(["CONNECTION_EXISTS toId"]);
    expect(await refusals("RELAY_OF", person, shop)).to.deep.equal(["RELAY_HAS_STRUCTURE fromId"]);
    expect(await refusals("MEMBER_OF", person, shop)).to.deep.equal([]);
    await connect("SUBSIDIARY_OF", shop, house);
    expect(await refusals("SUBSIDIARY_OF", shop, await structure("M"))).to.deep.equal(["SUBSIDIARY_HAS_PARENT fromId"]);
  });

  it("do not come to exist twice when two operators make the same", async () => {
    const [person, house] = [await db.insertContact(), await structure("Doppelt")];

    const answers = await Promise.all([1, 2].map(() => refusals("RELAY_OF", person, house)));

    expect(answers.flat()).to.deep.equal(["CONNECTION_EXISTS toId"]);
  });

  it("end with their role, unless another of their kind is left; a person without any role is PUBLIC", async () => {
    const [person, house, shop] = [await db.insertContact(), await structure("H"), await structure("S")];
    const ids = [await connect("MEMBER_OF", person, house), await connect("MEMBER_OF", person, shop)];

    const first = await change(remove, { id: ids[0] });
    const second = await change(remove, { id: ids[1] });

    expect([first.from.roles, second.from.roles]).to.deep.equal([["MEMBER"], ["PUBLIC"]]);
    expect((await codesOf(remove, { id: ids[1] })).codes).to.deep.equal(["CONNECTION_NOT_FOUND id"]);
  });

  it("make one change for one idempotency key, and answer alike", async () => {
    const [person, house] = [await db.insertContact(), await structure("Schlüssel")];
    const input = { type: "MEMBER_OF", fromId: person.opaqueId, toId: house.opaqueId, idempotencyKey: "k1" };

    const answers = [await change(add, input), await change(add, input)];

    expect(answers[1]).to.deep.equal(answers[0]);
    expect(answers[0].userErrors).to.deep.equal([]);
  });

  it("have no anonymized end", async () => {
    const [gone, house] = [await db.insertContact({ anonymizedAt: new Date(0) }), await structure("H")];

    expect(await refusals("RELAY_OF", gone, house)).to.deep.equal(["CONTACT_ANONYMIZED fromId"]);
  });

  describe("with an end that the caller does not see (F05)", () => {
    it("are refused as with a contact that does not exist, at either end", async () => {
      const [person, hidden] = [await db.insertContact(), await structure("Geheim", { level: 1 })];
      const hiddenPerson = await db.insertContact({ level: 2 });
      const nobody = { opaqueId: encodeId("Contact", "999999999") };
      const house = await structure("Offen");

      for (const contact of [hidden, nobody])
        expect(await refusals("RELAY_OF", person, contact)).to.deep.equal(["CONTACT_NOT_FOUND toId"]);
      for (const contact of [hiddenPerson, nobody])
        expect(await refusals("RELAY_OF", contact, house)).to.deep.equal(["CONTACT_NOT_FOUND fromId"]);
    });

    it("are not there: not listed, not counted, not to be ended", async () => {
      const [person, hidden] = [await db.insertContact(), await structure("Geheim", { level: 1 })];
      const id = await connect("MEMBER_OF", person, hidden, { clearance: 1 });

      expect(await read(person, `${links} structure { id }`)).to.deep.equal({
        connections: { nodes: [] },
        structure: null,
      });
      expect((await codesOf(remove, { id })).codes).to.deep.equal(["CONNECTION_NOT_FOUND id"]);
      expect((await codesOf(remove, { id }, writer({ clearance: 1 }))).codes).to.deep.equal([]);
    });
  });

  it("are withheld together with what follows them, and cannot be changed then (ring 4)", async () => {
    const [person, house] = [await db.insertContact(), await structure("H")];
    const wish = { raisedLevels: new Map<string, Clearance>([["Contact.connections", 1]]) };
    await connect("RELAY_OF", person, house);

    const fields = `relays(first: 1) { totalCount } primaryRelay { id } redactions { field }`;
    const shown = await read(house, fields, wish);

    expect([shown.relays, shown.primaryRelay]).to.deep.equal([null, null]);
    expect(shown.redactions.map(({ field }: { field: string }) => field)).to.include.members([
      "connections",
      "structure",
      "relays",
      "members",
      "parent",
      "subsidiaries",
      "primaryRelay",
    ]);
    expect(await refusals("MEMBER_OF", await db.insertContact(), house, wish)).to.deep.equal([
      "FIELD_NOT_AVAILABLE type",
    ]);
  });
});
