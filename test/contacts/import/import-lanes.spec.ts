import { expect } from "chai";
import { importTask } from "../../../src/contacts/index.js";
import type { Services } from "../../../src/platform/context.js";
import { decodeId } from "../../../src/platform/graphql/opaque-id.js";
import { useDatabase } from "../../support/database.js";
import { eventually } from "../../support/eventually.js";
import type { TestContact, TestInstitution } from "../../support/rows.js";
import { Importer } from "./importer.js";

/** Rows of a chunk of authorizations. */
const chunkRows = 10_000;
/** A row that names nobody: it has not the cells of the header. */
const filler = "x";

describe("chunks of an import that overlap", () => {
  const db = useDatabase();
  const importer = new Importer(db);

  before(() => importer.open());

  async function peopleOf(institution: TestInstitution, count: number): Promise<TestContact[]> {
    const people: TestContact[] = [];
    for (let n = 0; n < count; n++) people.push(await db.insertContact({ institution }));
    return people;
  }

  /** Three chunks, each with its share of these rows. */
  function fileOf(rows: readonly string[]): string {
    const share = Math.ceil(rows.length / 3);
    const parts = [0, 1, 2].map((at) => rows.slice(at * share, (at + 1) * share));
    const padded = parts.map((part) => [...part, ...Array<string>(chunkRows - part.length).fill(filler)]);
    return ["contactId;contactNumber;[old]SMS;[new]SMS", ...padded.flat()].join("\n");
  }

  const byId = ({ opaqueId }: TestContact, value = "TRUE") => `${opaqueId};;Empty;${value}`;

  async function byNumber({ id }: TestContact, value = "TRUE"): Promise<string> {
    const { rows } = await db.owner.query("SELECT contact_number AS number FROM contacts.contact WHERE id = $1", [id]);
    return `;${rows[0].number};Empty;${value}`;
  }

  async function start(institution: TestInstitution, content: string) {
    const context = importer.operator({ institution });
    const { importJob } = await importer.start(content, { context, type: "AUTHORIZATIONS" });
    return { importJob, payload: { institutionId: institution.id, id: decodeId("ImportJob", importJob.id)! } };
  }

  /** Runs it to its end. */
  async function run(institution: TestInstitution, content: string, services: Services = importer.services) {
    const { payload } = await start(institution, content);
    await importTask(services).run(payload, new AbortController().signal);
    return leftIn(institution, payload.id);
  }

  /** What is left of an import, people by their place. */
  async function leftIn({ id }: TestInstitution, jobId: string) {
    const place = `(SELECT count(*)::int FROM contacts.contact o WHERE o.institution_id = $1 AND o.id <= r.contact_id)`;
    const { rows: reported } = await db.owner.query(
      `SELECT line, outcome, ${place} AS person, problems FROM contacts.import_row r
       WHERE institution_id = $1 AND job_id = $2 AND problems IS DISTINCT FROM '[{"code": "COLUMN_COUNT", "column": null}]'
       ORDER BY line`,
      [id, jobId],
    );
    const { rows: ledger } = await db.owner.query(
      `SELECT ${place} AS person, was_true, was_false, is_true, is_false FROM marketing.authorization_change r
       WHERE institution_id = $1 AND job_id = $2 ORDER BY person`,
      [id, jobId],
    );
    const { rows: jobs } = await db.owner.query(
      `SELECT status, cursor_line, updated, unchanged, conflicts, errors, activities
       FROM contacts.import_job WHERE institution_id = $1 AND id = $2`,
      [id, jobId],
    );
    return { reported, ledger, job: jobs[0] };
  }

  const oneConnection = () => ({ ...importer.services, pools: db.pools({ bulkConnections: 1 }) });

  it("leave what they leave one after the other, also with rows that repeat those of another chunk (R21)", async () => {
    const left = [];
    for (const services of [importer.services, oneConnection()]) {
      const institution = await db.institution();
      const people = await peopleOf(institution, 12);
      const [first, second] = people;
      const repeated = [byId(first!, "FALSE"), await byNumber(second!, "FALSE"), byId(people[11]!)];
      left.push(await run(institution, fileOf([...people.map((person) => byId(person)), ...repeated]), services));
    }

    expect(left[0]).to.deep.equal(left[1]);
    expect(left[0]!.job).to.include({ status: "DONE_WITH_ERRORS", updated: 12, errors: 3 * chunkRows - 12 });
    const codes = left[0]!.reported.flatMap(
      ({ problems }) => problems?.map(({ code }: { code: string }) => code) ?? [],
    );
    expect(codes).to.deep.equal(["DUPLICATE_ROW", "DUPLICATE_ROW", "DUPLICATE_ROW"]);
  }).timeout(120_000);

  it("are two at a time, and commit in their order", async () => {
    const institution = await db.institution();
    const people = await peopleOf(institution, 3);
    const { payload } = await start(institution, fileOf(people.map((person) => byId(person))));
    const holder = await db.owner.connect();
    const waiting = async () => {
      const { rows } = await db.superuser(
        `SELECT count(*) FILTER (WHERE wait_event_type = 'Lock')::int AS locked, count(*)::int AS begun
         FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE '% bulk' AND state <> 'idle'`,
      );
      return rows[0];
    };

    await holder.query("BEGIN");
    // what the first chunk writes when its contacts are locked
    await holder.query("SELECT FROM marketing.contact_marketing WHERE contact_id = $1 FOR UPDATE", [people[0]!.id]);
    const running = importer.task().run(payload, new AbortController().signal);
    const both = await eventually(waiting, ({ begun, locked }) => begun === 2 && locked === 1).finally(async () => {
      await holder.query("ROLLBACK");
      holder.release();
    });
    await running;

    expect(both).to.include({ begun: 2 });
    const { job, ledger } = await leftIn(institution, payload.id);
    expect(job).to.include({ status: "DONE_WITH_ERRORS", updated: 3, cursor_line: 3 * chunkRows + 1 });
    expect(ledger).to.have.length(3);
  }).timeout(120_000);

  for (const [which, line] of [
    ["the first", 10],
    ["the one behind", chunkRows + 10],
  ] as const)
    it(`are both done once when ${which} has to be repeated`, async () => {
      const institution = await db.institution();
      const people = await peopleOf(institution, 12);
      await db.owner.query(`
        CREATE SEQUENCE public.falters;
        CREATE FUNCTION public.falter() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
          BEGIN
            IF nextval('public.falters') = 1 THEN RAISE EXCEPTION 'deadlock' USING ERRCODE = '40P01'; END IF;
            RETURN NEW;
          END $$;
        CREATE TRIGGER falter BEFORE INSERT ON contacts.import_row
          FOR EACH ROW WHEN (NEW.line = ${line}) EXECUTE FUNCTION public.falter()`);

      const left = await run(institution, fileOf(people.map((person) => byId(person))));
      const { rows } = await db.owner.query("SELECT last_value::int AS tries FROM public.falters");
      await db.owner.query(`
        DROP TRIGGER falter ON contacts.import_row;
        DROP FUNCTION public.falter();
        DROP SEQUENCE public.falters`);

      expect(rows[0].tries).to.be.greaterThan(1);
      expect(left.job).to.include({ status: "DONE_WITH_ERRORS", updated: 12, errors: 3 * chunkRows - 12 });
      expect(left.ledger).to.have.length(12);
      expect(left.reported.map(({ person }) => person)).to.deep.equal(people.map((_, index) => index + 1));
    }).timeout(120_000);
});
