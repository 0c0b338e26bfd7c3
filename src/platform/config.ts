import { StartupError } from "./errors/startup-error.js";
import { contradictionOfFiles, fileSettings } from "./files/file-settings.js";
import {
  atLeast,
  key256,
  keyList,
  listOf,
  mailAddress,
  number,
  oneOf,
  optional,
  origin,
  port,
  type Setting,
  setting,
  text,
  url,
  yesOrNo,
} from "./settings.js";

const web = url("http", "https");
const database = url("postgres", "postgresql");
const mailServer = url("smtp", "smtps");

/** Signature algorithms that a token may have. Asymmetric ones only: a public key must never verify as a secret. */
const algorithm = oneOf(
  "RS256",
  "RS384",
  "RS512",
  "PS256",
  "PS384",
  "PS512",
  "ES256",
  "ES384",
  "ES512",
  "EdDSA",
  "Ed25519",
);

/** Every setting, in the order of the documentation. This file alone reads the environment. */
export const settings = {
  mode: setting(
    "NODE_ENV",
    "development",
    oneOf("development", "production", "test"),
    "`production` demands the settings of an operation: no demo tokens, no embedded database, no GraphiQL.",
  ),
  host: setting("HOST", "127.0.0.1", text, "Address to listen on. `0.0.0.0` for all, as containers need it."),
  port: setting("PORT", "4000", port, "Port of the gateway. 0 takes any free one."),
  contactsPort: setting("CONTACTS_PORT", "4001", port, "Port of the contacts subgraph when it runs apart."),
  marketingPort: setting("MARKETING_PORT", "4002", port, "Port of the marketing subgraph when it runs apart."),
  historyPort: setting("HISTORY_PORT", "4003", port, "Port of the history subgraph when it runs apart."),
  privacyPort: setting("PRIVACY_PORT", "4004", port, "Port of the privacy subgraph when it runs apart."),
  contactsUrl: setting(
    "SUBGRAPH_CONTACTS_URL",
    "http://127.0.0.1:4001/graphql",
    web,
    "Where a gateway reaches contacts when it runs apart.",
  ),
  marketingUrl: setting(
    "SUBGRAPH_MARKETING_URL",
    "http://127.0.0.1:4002/graphql",
    web,
    "Where a gateway reaches marketing when it runs apart.",
  ),
  historyUrl: setting(
    "SUBGRAPH_HISTORY_URL",
    "http://127.0.0.1:4003/graphql",
    web,
    "Where a gateway reaches history when it runs apart.",
  ),
  privacyUrl: setting(
    "SUBGRAPH_PRIVACY_URL",
    "http://127.0.0.1:4004/graphql",
    web,
    "Where a gateway reaches privacy when it runs apart.",
  ),
  subgraphTimeoutMs: setting(
    "SUBGRAPH_TIMEOUT_MS",
    "30000",
    number(100, 600_000),
    "How long a gateway waits for the answer of a subgraph that runs apart. For the connection it waits one second.",
  ),
  queryPlanner: setting(
    "QUERY_PLANNER",
    "router",
    oneOf("router", "stitching"),
    "How the gateway plans: `router` is the fast one, `stitching` the fallback in plain JavaScript.",
  ),

  databaseUrl: optional(
    "DATABASE_URL",
    database,
    "PostgreSQL 18 or later, as the role that serves. Without it, a PostgreSQL of our own starts in DATA_DIR.",
  ),
  databaseOwnerUrl: optional(
    "DATABASE_OWNER_URL",
    database,
    "The same database as the role that owns the tables: start migrates. Not needed by a process that only serves.",
  ),
  databaseConnections: setting(
    "DATABASE_CONNECTIONS",
    "20",
    number(7, 10_000),
    "Most connections that all processes of this installation hold together.",
  ),
  databaseProcesses: setting("DATABASE_PROCESSES", "1", number(1, 1_000), "How many processes share them."),
  dataDir: setting(
    "DATA_DIR",
    ".data",
    text,
    "Folder for what this machine keeps: the embedded database, the demo issuer's key, files.",
  ),
  ...fileSettings,
  demoData: optional(
    "DEMO_DATA",
    yesOrNo,
    "Loads the demo institution into an empty database. By default only into the embedded one.",
  ),

  authJwksUrl: optional(
    "AUTH_JWKS_URL",
    web,
    "Public keys of the token issuer (JWKS). Without it, outside production, a demo issuer signs.",
  ),
  authIssuer: optional("AUTH_ISSUER", text, "The `iss` that tokens must have."),
  authAudience: optional("AUTH_AUDIENCE", text, "The `aud` that tokens must have."),
  authAlgorithms: setting(
    "AUTH_ALGORITHMS",
    "RS256,PS256,ES256,EdDSA",
    listOf(algorithm),
    "Signature algorithms that tokens may have, between commas.",
  ),
  secretKey: optional(
    "SECRET_KEY",
    atLeast(32),
    "Key of keyed hashes, at least 32 characters, the same in all processes. Kept in DATA_DIR outside production.",
  ),

  smtpUrl: optional(
    "SMTP_URL",
    mailServer,
    "Mail server, with user and password where it wants them. Without it, mails land as files in `mail` in DATA_DIR.",
  ),
  mailFrom: optional("MAIL_FROM", mailAddress, "Sender of all mails, such as `Tickets <tickets@example.org>`."),
  identityKeys: optional(
    "IDENTITY_KEYS",
    keyList,
    "Keys of the numbers of identity documents, as `id:key` between commas; a key is 32 bytes in base64. The first seals, all open; a nightly task seals anew what others sealed. Kept in DATA_DIR outside production.",
  ),
  identityIndexKey: optional(
    "IDENTITY_INDEX_KEY",
    key256,
    "Key of the index that finds those numbers, and addresses that have bounced; 32 bytes in base64. Never changes. Kept in DATA_DIR outside production.",
  ),

  publicUrl: optional(
    "PUBLIC_URL",
    web,
    "Where the world reaches the gateway, such as `https://contacts.example.org`: links in mails begin with it. Outside production, this machine.",
  ),
  linkKeys: optional(
    "LINK_KEYS",
    keyList,
    "Keys that sign links in mails, as `id:key` between commas; a key is 32 bytes in base64. The first signs, all verify. Without it, one that follows from SECRET_KEY.",
  ),

  corsOrigins: setting(
    "CORS_ORIGINS",
    "",
    listOf(origin),
    "Origins of web pages that may call the gateway, between commas. None by default.",
  ),
  graphiql: optional("GRAPHIQL", yesOrNo, "Serves the GraphiQL page. By default, except in production."),
  maxUploadBytes: setting("MAX_UPLOAD_BYTES", "1073741824", number(1, 1e12), "Largest file that a caller may send."),
  maxCost: setting("MAX_COST", "100000", number(1, 1e9), "Most points that one operation may cost."),
  maxDepth: setting("MAX_DEPTH", "15", number(1, 100), "Deepest nesting of an operation."),
  maxBatch: setting("MAX_BATCH", "5", number(1, 100), "Most operations in one request."),
  rateLimitPoints: setting(
    "RATE_LIMIT_POINTS",
    "600000",
    number(1, 1e12),
    "Points of cost that one caller may spend in a period, per process.",
  ),
  rateLimitSeconds: setting("RATE_LIMIT_SECONDS", "60", number(1, 86_400), "That period."),

  logLevel: setting(
    "LOG_LEVEL",
    "info",
    oneOf("trace", "debug", "info", "warn", "error", "silent"),
    "Least level that is logged. Logs are JSON lines without personal data.",
  ),
  metricsPort: optional("METRICS_PORT", port, "Serves `/metrics` for Prometheus on a port of its own."),
  metricsToken: optional(
    "METRICS_TOKEN",
    atLeast(16),
    "Bearer token for `/metrics`. Without METRICS_PORT it is served beside GraphQL, to this token only.",
  ),
  shutdownSeconds: setting(
    "SHUTDOWN_SECONDS",
    "20",
    number(0, 3_600),
    "How long running requests and jobs may take to finish when the process is asked to stop.",
  ),
} satisfies Record<string, Setting<unknown>>;

type Settings = typeof settings;

/** The settings of one process, checked. */
export type Config = { readonly [Key in keyof Settings]: ReturnType<Settings[Key]["parse"]> };

/**
 * Reads the settings from the environment.
 * @throws StartupError that names the setting at fault; never repeats a value, which may be a secret
 */
export function loadConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const values = Object.entries<Setting<unknown>>(settings).map(([key, one]) => [key, valueFrom(one, environment)]);
  const config = Object.fromEntries(values) as Config;
  const missing = required(config).find((key) => config[key] === null);
  if (missing) {
    const { name, description } = settings[missing];
    const when = missing === "mailFrom" ? "when SMTP_URL is set" : neededWhen(config);
    throw new StartupError("SETTING_INVALID", `${name} is missing: it is needed ${when}. ${description}`);
  }
  if (config.authAlgorithms.length === 0)
    throw new StartupError("SETTING_INVALID", "AUTH_ALGORITHMS must name at least one algorithm.");
  const contradiction = contradictionOfFiles(config);
  if (contradiction) throw new StartupError("SETTING_INVALID", contradiction);
  return config;
}

function valueFrom({ name, fallback, parse }: Setting<unknown>, environment: NodeJS.ProcessEnv): unknown {
  const value = environment[name]?.trim() || fallback;
  if (value === null) return null;
  try {
    return parse(value);
  } catch (error) {
    throw new StartupError("SETTING_INVALID", `${name} must be ${(error as Error).message}.`);
  }
}

function required(config: Config): (keyof Config)[] {
  const issuer = ["authIssuer", "authAudience"] as const;
  const keys = ["secretKey", "identityKeys", "identityIndexKey", "publicUrl"] as const;
  const sender = config.smtpUrl === null ? [] : (["mailFrom"] as const);
  if (config.mode === "production") return ["authJwksUrl", ...issuer, ...keys, "databaseUrl", ...sender];
  return config.authJwksUrl === null ? [...sender] : [...issuer, ...sender];
}

const neededWhen = ({ mode }: Config) => (mode === "production" ? "in production" : "when AUTH_JWKS_URL is set");
