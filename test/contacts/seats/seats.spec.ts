import { expect } from "chai";
import { ask, codesOf } from "../../support/ask.js";
import { useDatabase } from "../../support/database.js";
import { auditOf, callerOf, changer, contactsSchema } from "../support.js";

const errors = `userErrors { code field message elementIndex }`;
const seat = `id organization seatRef { venue block row seat } isStale`;
const add = `mutation ($input: AddPreferredSeatInput!) { addPreferredSeat(input: $input) {
  contact { version } preferredSeat { ${seat} } ${errors} } }`;
const remove = `mutation ($input: RemovePreferredSeatInput!) { removePreferredSeat(input: $input) {
  contact { version preferredSeats { id } } ${errors} } }`;
const plan = `mutation ($input: SetSeatBlockInput!) { setSeatBlock(input: $input) { seatCount ${errors} } }`;
const read = `query ($id: ID!) { contact(id: $id) { preferredSeats { ${seat} } } }`;

describe("preferred seats (F23)", () => {
  const db = useDatabase();
  const { writer, change, problemsOf } = changer(db);
  const ticketing = (wish = {}) => callerOf(db, "seat:write", wish);
  let blocks = 0;

  before(async () => {
    const values = "(institution_id, code, name) VALUES ($1, 'OPERA', 'Opera')";
    await db.owner.query(`INSERT INTO platform.organization ${values}`, [db.home.id]);
  });

  const newBlock = () => ({ organization: "OPERA", venue: "Grand hall", block: `B${++blocks}` });
  const wish = (contactId: string, { organization, ...place } = newBlock(), row = "C", number = "12") => ({
    contactId,
    organization,
    seatRef: { ...place, row, seat: number },
  });

  async function setSeats(block: object, seats: string[], context = ticketing()) {
    return (await ask(await contactsSchema(), context, plan, { input: { ...block, rows: [{ row: "C", seats }] } }))
      .setSeatBlock;
  }
  const seatsOf = async (id: string, context = db.context) =>
    (await ask(await contactsSchema(), context, read, { id })).contact.preferredSeats;

  it("are added once, with an audit", async () => {
    const { id, opaqueId } = await db.insertContact();
    const input = wish(opaqueId);

    const { contact, preferredSeat } = await change(add, input);
    const again = await change(add, input);

    expect(contact.version).to.equal(2);
    expect(again).to.deep.include({ contact, preferredSeat });
    expect(preferredSeat).to.deep.include({ organization: "OPERA", seatRef: input.seatRef, isStale: false });
    expect((await auditOf(db, id)).map(({ entity, field, new: now }) => [entity, field, now])).to.deep.equal([
      ["PreferredSeat", "seatRef", `OPERA / Grand hall / ${input.seatRef.block} / C / 12`],
    ]);
  });

  it("are stale once the physical seat is gone, and the query still works", async () => {
    const { opaqueId } = await db.insertContact();
    const block = newBlock();
    expect((await setSeats(block, ["11", "12", "12"])).seatCount).to.equal(2);
    await change(add, wish(opaqueId, block));

    expect((await seatsOf(opaqueId))[0].isStale).to.equal(false);
    expect((await setSeats(block, ["11", "13"])).seatCount).to.equal(2);
    expect((await seatsOf(opaqueId))[0].isStale).to.equal(true);
    await setSeats(block, ["12"]);
    expect((await seatsOf(opaqueId))[0].isStale).to.equal(false);
    await setSeats(block, []);
    expect((await seatsOf(opaqueId))[0].isStale).to.equal(true);
  });

  it("are refused where the block is known and has no such seat", async () => {
    const { opaqueId } = await db.insertContact();
    const block = newBlock();
    await setSeats(block, ["11"]);

    expect(await problemsOf(add, wish(opaqueId, block))).to.deep.equal(["SEAT_NOT_FOUND seatRef"]);
  });

  it("are of an organization of the institution, and named", async () => {
    const { opaqueId } = await db.insertContact();

    for (const organization of ["OTHER", "", "OPERA\0"])
      expect(await problemsOf(add, { ...wish(opaqueId), organization }), organization).to.deep.equal([
        "UNKNOWN_ORGANIZATION organization",
      ]);
    expect(await problemsOf(add, wish(opaqueId, newBlock(), " "))).to.deep.equal(["INVALID_SEAT seatRef"]);
    expect(await problemsOf(add, wish(opaqueId, newBlock(), "x".repeat(61)))).to.deep.equal(["INVALID_SEAT seatRef"]);
  });

  it("are fifty at most", async () => {
    const { id, opaqueId } = await db.insertContact();
    await db.owner.query(
      `INSERT INTO contacts.preferred_seat (institution_id, contact_id, organization, venue, block, seat_row, seat)
       SELECT $1, $2, 'OPERA', 'Grand hall', 'Z', 'A', n::text FROM generate_series(1, 50) n`,
      [db.home.id, id],
    );

    expect(await problemsOf(add, wish(opaqueId))).to.deep.equal(["TOO_MANY_PREFERRED_SEATS contactId"]);
  });

  it("are removed, with an audit; a second time there is none", async () => {
    const { id, opaqueId } = await db.insertContact();
    const { preferredSeat } = await change(add, wish(opaqueId));

    const { contact } = await change(remove, { id: preferredSeat.id });

    expect(contact).to.deep.equal({ version: 3, preferredSeats: [] });
    expect(await problemsOf(remove, { id: preferredSeat.id })).to.deep.equal(["PREFERRED_SEAT_NOT_FOUND id"]);
    expect((await auditOf(db, id)).at(-1)).to.deep.include({ field: "seatRef", new: null });
  });

  it("of an invisible contact are as unknown as those that there are not (F05)", async () => {
    const { opaqueId: hidden } = await db.insertContact({ level: 1 });
    const { preferredSeat } = await change(add, wish(hidden), writer({ clearance: 1 }));
    const unknown = (type: string) => Buffer.from(`${type}:999999999`).toString("base64url");

    expect(await change(remove, { id: preferredSeat.id })).to.deep.equal(
      await change(remove, { id: unknown("PreferredSeat") }),
    );
    expect(await change(add, wish(hidden))).to.deep.equal(await change(add, wish(unknown("Contact"))));
  });

  it("neither show nor change when they are withheld", async () => {
    const { opaqueId } = await db.insertContact();
    const { preferredSeat } = await change(add, wish(opaqueId));
    const raised = writer({ raisedLevels: new Map([["Contact.preferredSeats", 1]]) });

    expect(await seatsOf(opaqueId, raised)).to.equal(null);
    expect(await problemsOf(add, wish(opaqueId), raised)).to.deep.equal(["FIELD_NOT_AVAILABLE seatRef"]);
    expect(await problemsOf(remove, { id: preferredSeat.id }, raised)).to.deep.equal(["FIELD_NOT_AVAILABLE id"]);
  });

  describe("setSeatBlock", () => {
    it("takes a permission of its own, names, an organization and at most 10000 seats", async () => {
      const block = newBlock();
      const codes = async (input: object, seats = ["1"]) =>
        (await setSeats(input, seats)).userErrors.map(({ code }: { code: string }) => code);

      expect(await codes({ ...block, organization: "OTHER" })).to.deep.equal(["UNKNOWN_ORGANIZATION"]);
      expect(await codes({ ...block, venue: "" }, [" 1"])).to.deep.equal(["INVALID_SEAT", "INVALID_SEAT"]);
      expect(await codes(block, Array(10_001).fill("1"))).to.deep.equal(["TOO_MANY_SEATS"]);
      const input = { ...block, rows: [] };
      expect(await codesOf(await contactsSchema(), writer(), plan, { input })).to.deep.equal(["FORBIDDEN"]);
    });
  });
});
