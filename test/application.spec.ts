import { mkdtemp, rm } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { type Application, startApplication } from "../src/application.js";
import type { PartName } from "../src/parts.js";
import { loadConfig } from "../src/platform/config.js";
import { StartupError } from "../src/platform/errors/startup-error.js";
import { createLog } from "../src/platform/log.js";
import type { Product } from "../src/product.js";
import { unlogged } from "./support/access-log.js";
import { useDatabase } from "./support/database.js";
import { eventually } from "./support/eventually.js";
import { idleHistory } from "./support/idle-history.js";
import { post } from "./support/toy-gateway.js";
import { seenContexts, toyCaller, toyModules } from "./support/toy-modules.js";

const toyProduct: Product = {
  modules: toyModules,
  ports: () => ({
    marketing: {
      copyContacts: async () => undefined,
      authorizationCodes: [],
      applyAuthorizationWish: async () => undefined,
      findTarget: async () => null,
      takeTarget: async () => [],
      sharedContacts: async () => new Set<string>(),
    },
    history: idleHistory,
    privacy: { callerOf: toyCaller, ...unlogged, raisedLevels: async () => new Map() },
    erasers: [],
  }),
  tasks: () => [],
  schedules: () => [],
  personalData: [],
  figures: () => [],
  demo: null,
};

describe("an application", () => {
  const db = useDatabase();
  let dataDir: string;
  const running: Application[] = [];

  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "application-"));
  });
  after(() => rm(dataDir, { recursive: true }));
  afterEach(() => Promise.all(running.splice(0).map((one) => one.stop())));

  async function start(environment: NodeJS.ProcessEnv = {}, ...parts: PartName[]): Promise<Application> {
    const config = loadConfig({
      DATABASE_URL: db.appUrl,
      DATA_DIR: dataDir,
      PORT: "0",
      CONTACTS_PORT: "0",
      DATABASE_CONNECTIONS: "8",
      ...environment,
    });
    const options = {
      product: toyProduct,
      log: createLog("silent"),
      ...(parts.length > 0 && { parts: new Set(parts) }),
    };
    const application = await startApplication(config, options);
    running.push(application);
    return application;
  }

  const tokenOf = ({ demoIssuer }: Application) =>
    demoIssuer!.sign({ subject: "op-1", kind: "OPERATOR", institution: "DEMO" });
  const siblingOf = ({ url }: Application, path: string) => new URL(path, url!).href;

  it("answers in one process, from all subgraphs", async () => {
    const application = await start();

    const { body } = await post(application.url!, `{ contact(id: "1") { name orders(first: 1) } }`, {
      token: await tokenOf(application),
    });

    expect(body.data).to.deep.equal({ contact: { name: "Name 1", orders: ["Order of 1"] } });
    expect([...application.urls.keys()]).to.deep.equal(["gateway"]);
  });

  it("calls what is in its process directly and the rest over HTTP", async () => {
    const contacts = await start({}, "contacts");
    const application = await start(
      { SUBGRAPH_CONTACTS_URL: contacts.url! },
      "gateway",
      "marketing",
      "history",
      "privacy",
    );
    const query = `{ contact(id: "1") { name orders(first: 1) } }`;
    const token = await tokenOf(application);

    const whole = await post(application.url!, query, { token });
    const ready = await fetch(siblingOf(application, "/ready"));
    await contacts.stop();
    const broken = await post(application.url!, query, { token });

    expect(whole.body.data).to.deep.equal({ contact: { name: "Name 1", orders: ["Order of 1"] } });
    expect(await ready.json()).to.deep.equal({
      status: "ready",
      checks: { database: "ok", files: "ok", contacts: "ok" },
    });
    expect(broken.body.data).to.deep.equal({ contact: null });
    expect(broken.body.errors![0]).to.deep.include({ path: ["contact"] });
    expect(broken.body.errors![0]!.extensions!.code).to.equal("SERVICE_UNAVAILABLE");
  });

  it("takes a demo token of another process of the same data folder", async () => {
    const [first, second] = await Promise.all([start(), start()]);

    const { status } = await post(second.url!, "{ whoami }", { token: await tokenOf(first) });

    expect(status).to.equal(200);
  });

  it("finishes a running request when it is stopped, and takes no further one", async () => {
    const application = await start();
    const token = await tokenOf(application);
    seenContexts.splice(0);
    const slow = post(application.url!, "{ slow(ms: 300) }", { token });
    await until(() => seenContexts.length > 0);

    const stopping = application.stop();

    expect((await slow).body.data).to.deep.equal({ slow: "done" });
    await stopping;
    expect(await post(application.url!, "{ whoami }", { token }).catch((error: Error) => error)).to.be.instanceOf(
      Error,
    );
  });

  it("shows figures on a port of their own, or to the token, and to nobody else", async () => {
    const bare = await start();
    const behindToken = await start({ METRICS_TOKEN: "a-token-for-prometheus" });
    const metrics = (application: Application, authorization?: string) =>
      fetch(siblingOf(application, "/metrics"), { headers: authorization ? { authorization } : {} });

    const token = await tokenOf(behindToken);

    expect((await metrics(bare)).status).to.equal(404);
    expect((await metrics(behindToken)).status).to.equal(401);
    expect((await metrics(behindToken, `Bearer ${token}`)).status).to.equal(401);
    const allowed = await metrics(behindToken, "Bearer a-token-for-prometheus");
    expect(allowed.status).to.equal(200);
    expect(await allowed.text()).to.include('database_connections{pool="api"}');
  });

  it("shows the GraphiQL page without a token, and not in production", async () => {
    const page = (application: Application) => fetch(application.url!, { headers: { accept: "text/html" } });
    const production = {
      NODE_ENV: "production",
      AUTH_JWKS_URL: "http://127.0.0.1:1/jwks",
      AUTH_ISSUER: "https://id.example.org",
      AUTH_AUDIENCE: "contact-file",
      SECRET_KEY: "x".repeat(32),
      IDENTITY_KEYS: `2026:${"A".repeat(43)}`,
      IDENTITY_INDEX_KEY: "A".repeat(43),
      PUBLIC_URL: "https://contacts.example.org",
    };

    const shown = await page(await start());
    const inProduction = await start(production);
    const hidden = await page(inProduction);

    expect([shown.status, shown.headers.get("content-type")]).to.deep.equal([200, "text/html; charset=utf-8"]);
    await shown.body!.cancel();
    expect(hidden.status).to.equal(406);
    expect(inProduction.demoIssuer).to.equal(null);
  });

  it("leaves nothing open when its port is taken", async () => {
    const blocker = createServer().unref();
    await new Promise<void>((done) => blocker.listen(0, "127.0.0.1", done));

    const { port } = blocker.address() as AddressInfo;
    const error = await start({ PORT: String(port) }).catch((one: Error) => one);

    expect(error).to.be.instanceOf(StartupError).and.include({ code: "PORT_TAKEN" });
    // a closed connection is listed until its process has ended
    await eventually(
      async () => {
        const { rows } = await db.owner.query(
          `SELECT count(*)::int AS open FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'contact-file-graph%'`,
        );
        return rows[0].open as number;
      },
      (open) => open === 0,
    );
  });
});

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(setImmediate);
}
