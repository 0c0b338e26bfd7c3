import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { readWords } from "../src/command-line.js";
import { useDatabase } from "./support/database.js";
import { type Program, runProgram } from "./support/program.js";

describe("the program", () => {
  const db = useDatabase();
  let folder: string;
  const running: Program[] = [];
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "program-"));
  });
  after(() => rm(folder, { recursive: true }));
  afterEach(async () => {
    for (const program of running.splice(0)) {
      program.process.kill("SIGKILL");
      await program.ended();
    }
  });

  function run(words: readonly string[], environment: NodeJS.ProcessEnv = {}, node?: string): Program {
    const defaults = { DATABASE_URL: db.appUrl, DATA_DIR: folder, PORT: "0", DATABASE_CONNECTIONS: "8" };
    const program = runProgram(words, { ...defaults, ...environment }, node);
    running.push(program);
    return program;
  }

  /** What it says when it does not start: one line, and no code 0. */
  async function refusal(program: Program): Promise<string> {
    expect(await program.ended()).to.equal(1);
    const lines = program.output().trim().split("\n");
    expect(lines, program.output()).to.have.length(1);
    return lines[0]!;
  }

  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    it(`starts, serves, and ends in order with code 0 at ${signal}`, async () => {
      const program = run([]);
      const url = await program.url("gateway");
      const health = await fetch(new URL("/health", url));

      program.process.kill(signal);

      expect(health.status).to.equal(200);
      expect(await program.ended()).to.equal(0);
    });
  }

  it("ends at once at the second signal", async () => {
    const program = run([]);
    const url = new URL(await program.url("gateway"));
    const socket = await openRequest(url); // which would hold up an end in order for 20 seconds
    program.process.kill("SIGTERM");
    await untilRefused(url);

    program.process.kill("SIGTERM");

    expect(await program.ended()).to.equal(1);
    socket.destroy();
  });

  it("starts only the parts that it is told to", async () => {
    const program = run(["--only", "contacts,worker"], { CONTACTS_PORT: "0" });

    expect(await program.url("contacts")).to.match(/^http:\/\/127\.0\.0\.1:\d+\/graphql$/);
    expect(program.output()).not.to.include("gateway");
  });

  it("says in one line that a setting is missing, wrong, or unknown", async () => {
    expect(await refusal(run([], { NODE_ENV: "production" }))).to.match(/^AUTH_JWKS_URL is missing/);
    expect(await refusal(run([], { PORT: "http" }))).to.match(/^PORT must be/);
    expect(await refusal(run(["--only", "gatway"]))).to.match(/^--only takes gateway, contacts/);
    expect(await refusal(run(["--onyl", "gateway"])))
      .to.include("--onyl")
      .and.include("--help");
  });

  it("says in one line that its port is taken", async () => {
    const blocker = createServer().unref();
    await new Promise<void>((done) => blocker.listen(0, "127.0.0.1", done));

    const line = await refusal(run([], { PORT: String((blocker.address() as AddressInfo).port) }));

    expect(line).to.include("taken").and.include("PORT");
  });

  it("says in one line that the database cannot be reached, without its password", async () => {
    const line = await refusal(run([], { DATABASE_URL: "postgresql://app:hidden@127.0.0.1:1/contacts" }));

    expect(line).to.include("cannot be reached").and.not.include("hidden");
  });

  it("says in one line that Node is too old, before any module is loaded", async () => {
    const oldNode = join(folder, "old-node");
    const disguise = join(folder, "disguise.cjs");
    await writeFile(disguise, `Object.defineProperty(process.versions, "node", { value: "22.14.0" });`);
    await writeFile(oldNode, `#!/bin/sh\nexec "${process.execPath}" --require "${disguise}" "$@"\n`);
    await chmod(oldNode, 0o700);

    expect(await refusal(run([], {}, oldNode))).to.match(/^Node 22\.14\.0 is too old: 22\.15/);
  });

  it("tells all its settings when asked for help", async () => {
    const program = run(["--help"]);

    expect(await program.ended()).to.equal(0);
    expect(program.output()).to.include("--only").and.include("DATABASE_URL").and.include("RATE_LIMIT_POINTS");
  });
});

/** A request whose body never ends. */
async function openRequest({ hostname, port }: URL): Promise<Socket> {
  const socket = connect(Number(port), hostname);
  socket.on("error", () => undefined); // it is cut off in the end
  await new Promise<void>((done) => socket.once("connect", done));
  const head = "POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n";
  await new Promise((done) => socket.write(`${head}expect: 100-continue\r\n\r\n`, done));
  await new Promise((done) => socket.once("data", done)); // "100 Continue": the request has begun
  return socket;
}

async function untilRefused(url: URL): Promise<void> {
  while (
    await fetch(new URL("/health", url)).then(
      () => true,
      () => false,
    )
  )
    await new Promise(setImmediate);
}

describe("the command line", () => {
  it("runs all parts when none are named", () => {
    expect([...readWords([]).parts]).to.deep.equal([
      "gateway",
      "contacts",
      "marketing",
      "history",
      "privacy",
      "worker",
    ]);
  });

  it("takes parts between commas, and --only more than once", () => {
    expect([...readWords(["--only", "gateway, worker", "--only=history"]).parts]).to.deep.equal([
      "gateway",
      "worker",
      "history",
    ]);
  });
});
