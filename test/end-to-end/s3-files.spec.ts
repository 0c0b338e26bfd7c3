import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { zipOf } from "../contacts/import/zips.js";
import { useDatabase } from "../support/database.js";
import { type Program, runProgram } from "../support/program.js";
import { type S3Server, startS3Server } from "../support/s3-server.js";
import { post } from "../support/toy-gateway.js";
import { type Installation, variants } from "./installation.js";
import { sendFile, upload } from "./upload.js";

describe("an installation that keeps its files in S3", function () {
  this.timeout(120_000);
  const db = useDatabase();
  let server: S3Server;
  let installation: Installation;
  let token: string;

  before(async () => {
    server = await startS3Server();
    await db.owner.query(
      `INSERT INTO privacy.operator (institution_id, login, operator_kind, roles, clearance)
       VALUES ($1, 'op-1', 'OPERATOR', ARRAY['CRM_MANAGER'], 2)`,
      [db.home.id],
    );
    const apart = variants.find(({ isApart }) => isApart)!;
    installation = await apart.start(db, { ...server.environment, FILE_STORE_S3_PREFIX: "here" });
    token = await installation.token({
      ...{ subject: "op-1", kind: "OPERATOR", institution: db.home.code, roles: ["CRM_MANAGER"], clearance: 2 },
    });
  });
  afterEach(() => server.refuse(null));
  after(async () => {
    await installation?.stop();
    await server.stop();
  });

  const keys = () =>
    server.requests
      .filter((line) => line.startsWith("PUT "))
      .map((line) => new URL(line.slice(4), "http://s3").pathname);

  async function finished(id: string): Promise<{ status: string; reportUrl: string; counters: object }> {
    const query = "query ($id: ID!) { importJob(id: $id) { status reportUrl counters { total created errors } } }";
    for (;;) {
      const { body } = await post(installation.url, query, { token, variables: { id } });
      const { importJob } = body.data as { importJob: { status: string; reportUrl: string; counters: object } };
      if (importJob.status !== "QUEUED" && importJob.status !== "RUNNING") return importJob;
    }
  }

  const csv = "lastName,firstName,email\r\nByron,Anne,anne@example.org\r\nByron,Ada,no address\r\n";

  for (const [kind, file] of [
    ["a file", async () => csv],
    ["a zip", () => zipOf({ "contacts.csv": csv.replaceAll("anne@", "zipped@") })],
  ] as const) {
    it(`hands ${kind} from the gateway to the worker, and the rows to be mended to who asks`, async () => {
      const id = await upload(installation.url, token, await file());
      const job = await finished(id);

      expect(job.counters).to.deep.equal({ total: 2, created: 1, errors: 1 });
      // in the name of PUBLIC_URL, which does not know the free port
      const { pathname, search } = new URL(job.reportUrl);
      const address = new URL(pathname + search, installation.url);
      const response = await fetch(address, { headers: { authorization: `Bearer ${token}` } });
      expect(response.status).to.equal(200);
      expect(await response.text()).to.include("Byron,Ada,no address");
      expect(keys().at(-1)).to.match(new RegExp(`^/${server.bucket}/here/${db.home.id}/${db.home.id}\\.[0-9a-f]{32}$`));
    });
  }

  it("tells who sends a file that it cannot be taken when S3 is down", async () => {
    server.refuse(/^PUT /);

    const { errors } = await sendFile(installation.url, token, csv);

    expect(errors!.map(({ extensions }) => extensions!.code)).to.deep.equal(["SERVICE_UNAVAILABLE"]);
  });

  it("goes on without files when S3 is down, and shows it", async () => {
    server.refuse(/./);

    const ready = await fetch(new URL("/ready", installation.url));
    const answer = (await ready.json()) as { checks: object };
    const { status } = await post(installation.url, "{ __typename }", { token });

    expect([ready.status, status]).to.deep.equal([200, 200]);
    expect(answer.checks).to.include({ database: "ok", files: "unreachable" });
  });
});

describe("a program that is to keep its files in S3", () => {
  const db = useDatabase();
  let server: S3Server;
  let folder: string;
  before(async () => {
    server = await startS3Server();
    folder = await mkdtemp(join(tmpdir(), "s3-program-"));
  });
  after(async () => {
    await server.stop();
    await rm(folder, { recursive: true });
  });

  function run(environment: NodeJS.ProcessEnv): Program {
    const base = { DATABASE_URL: db.appUrl, DATA_DIR: folder, PORT: "0", DATABASE_CONNECTIONS: "8", HOME: folder };
    const nowhere = { AWS_EC2_METADATA_DISABLED: "true" };
    return runProgram([], { ...base, ...nowhere, ...server.environment, ...environment });
  }

  /** The line by which it refuses to start. */
  async function refusal(environment: NodeJS.ProcessEnv): Promise<string> {
    const program = run(environment);
    expect(await program.ended()).to.equal(1);
    expect(program.output()).to.not.include(server.environment.AWS_SECRET_ACCESS_KEY!).and.not.include("AKIA");
    const lines = program.output().trim().split("\n");
    expect(lines, program.output()).to.have.length(1);
    return lines[0]!;
  }

  it("says in one line that the bucket is not there", async () => {
    expect(await refusal({ FILE_STORE_S3_BUCKET: "no-such-bucket" })).to.match(
      /^The bucket no-such-bucket of FILE_STORE_S3_BUCKET cannot be used: .*there is no such bucket/,
    );
  });

  it("says in one line that nobody answers", async () => {
    expect(await refusal({ FILE_STORE_S3_ENDPOINT: "http://127.0.0.1:1" })).to.include("cannot be used: ECONNREFUSED");
  });

  it("says in one line that access was denied", async () => {
    server.refuse(/^HEAD /, 403);

    expect(await refusal({}))
      .to.include("cannot be used")
      .and.include("access was denied");
    server.refuse(null);
  });

  it("says in one line that it has no credentials, or no region", async () => {
    expect(await refusal({ AWS_ACCESS_KEY_ID: "" })).to.include("CredentialsProviderError");
    expect(await refusal({ FILE_STORE_S3_REGION: "" })).to.match(/^FILE_STORE_S3_REGION is missing/);
  });

  it("takes a bucket of a server that knows no versions, and none whose versions it may not ask for", async () => {
    server.refuse(/versioning/, 501);
    const program = run({});
    await program.url("gateway");
    program.process.kill("SIGTERM");

    expect(await program.ended()).to.equal(0);
    server.refuse(/versioning/, 403);
    expect(await refusal({})).to.include("access was denied");
    server.refuse(null);
  });

  it("refuses a bucket that keeps what is removed", async () => {
    server.keepVersions(true);

    expect(await refusal({})).to.include("keeps old versions");
    server.keepVersions(false);
  });
});
