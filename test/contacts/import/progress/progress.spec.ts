import { expect } from "chai";
import { encodeId } from "../../../../src/platform/graphql/opaque-id.js";
import { useDatabase } from "../../../support/database.js";
import { EventStream } from "../../../support/event-stream.js";
import { eventually } from "../../../support/eventually.js";
import { ImportDesk, type Importing } from "../keyed/desk.js";

const follow = `subscription ($id: ID!) { importJobProgress(id: $id) { status progress } }`;

describe("followers of an import", () => {
  const db = useDatabase();
  const desk = new ImportDesk(db);
  const anna: Importing = { login: "anna.follows", clearance: 2 };

  desk.openDuringTests();

  /** An import that no worker knows of, with a row about this contact. */
  async function running(contactId: string | null = null) {
    const { rows } = await db.owner.query<{ id: string }>(
      `INSERT INTO contacts.import_job (institution_id, import_type, mode, on_match, status, file_id, clearance, started_by,
         started_by_kind, claims, total)
       VALUES ($1, 'CONTACTS', 'UPDATE', 'SKIP', 'RUNNING', gen_random_uuid()::text, 0, 'x', 'OPERATOR', '{}', 100)
       RETURNING id`,
      [db.home.id],
    );
    const key = rows[0]!.id;
    await db.owner.query(
      "INSERT INTO contacts.import_row (institution_id, job_id, line, outcome, contact_id) VALUES ($1, $2, 2, 'CREATED', $3)",
      [db.home.id, key, contactId],
    );
    const step = (processed: number) =>
      db.owner.query("UPDATE contacts.import_job SET cursor_line = $2, created = $2 WHERE id = $1", [key, processed]);
    return { key, id: encodeId("ImportJob", key), step };
  }

  const listen = async (as: Importing, id: string, query = follow) =>
    EventStream.open(desk.application.url!, await desk.token(as), query, { id });

  it("are told no more when the right is gone, within half a minute (design 3)", async () => {
    const { id, step } = await running();
    const stream = await listen({ ...anna, login: "leaver" }, id);
    await stream.next();

    await db.owner.query("UPDATE privacy.operator SET roles = '{FRONT_DESK}' WHERE login = 'leaver'");
    db.clock.advance(31_000);
    await step(10);

    const rest = await stream.rest();
    expect(rest.map(({ errors }) => errors![0]!.extensions.code)).to.deep.equal(["FORBIDDEN"]);
  });

  it("stand in the access log with each event that shows a confidential contact", async () => {
    const contact = await db.insertContact({ level: 2, lastName: "Secret" });
    const { id, step } = await running(contact.id);
    const shown = `subscription ($id: ID!) { importJobProgress(id: $id) {
      counters { processed } rows(first: 1) { nodes { contact { lastName } } } } }`;
    const reads = async () =>
      (await db.owner.query("SELECT FROM privacy.audit_access WHERE contact_id = $1", [contact.id])).rowCount;

    const stream = await listen(anna, id, shown);
    const first = await stream.next();
    const readsBefore = await reads();
    await step(10);
    await stream.next();
    stream.close();

    expect(first!.data.importJobProgress.rows.nodes[0].contact.lastName).to.equal("Secret");
    expect(readsBefore).to.equal(1);
    expect(await reads()).to.be.equal(readsBefore! + 1);
  });

  it("spend the cost of their operation with each event, and no more than a caller may", async () => {
    const { id, step } = await running();
    const dear = `subscription ($id: ID!) { importJobProgress(id: $id) { counters { processed }
      ${Array.from(
        { length: 9 },
        (_, n) => `r${n}: rows(first: 100) { nodes { line outcome contact { id lastName firstName email
        addresses { street1 } notes(first: 30) { nodes { text } } } } }`,
      ).join(" ")} } }`;
    const stream = await listen({ ...anna, login: "spender" }, id, dear);
    const codes: (string | undefined)[] = [];

    for (let n = 1; n <= 20; n++) {
      const event = await stream.next();
      if (event === null) break;
      codes.push(event.errors?.[0]?.extensions.code);
      await step(n);
    }

    expect(codes.at(-1)).to.equal("RATE_LIMITED");
    expect(codes.slice(0, -1).every((code) => code === undefined)).to.equal(true);
    expect(codes.length).to.be.within(3, 12);
  });

  it("are told that they have to take events", async () => {
    const { id } = await running();
    const body = JSON.stringify({ query: follow, variables: { id } });

    const headers = { accept: "application/json", "content-type": "application/json" };
    const ask = () => desk.fetch(anna, desk.application.url!, { method: "POST", headers, body });

    // more than a caller may have open
    const statuses = new Set((await Promise.all(Array.from({ length: 25 }, ask))).map(({ status }) => status));
    const stream = await listen(anna, id);
    const event = await stream.next();
    stream.close();

    expect([...statuses]).to.deep.equal([406]);
    expect(event!.data.importJobProgress.status).to.equal("RUNNING");
  });

  it("are let go at once when the process stops, and told that it is over", async () => {
    const { id } = await running();
    const stream = await listen(anna, id);
    await stream.next();
    await eventually(
      async () => desk.application.services.pools.wakes.isOpen,
      (isOpen) => isOpen,
    );

    const startedAt = Date.now();
    const stopped = desk.application.stop();

    expect(await stream.rest()).to.deep.equal([]);
    await stopped;
    expect(Date.now() - startedAt).to.be.below(10_000);
    expect(desk.application.services.pools.wakes.isOpen).to.equal(false);
  });
});
