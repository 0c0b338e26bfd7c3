import { randomBytes } from "node:crypto";
import { join } from "node:path";
import type { Logger } from "pino";
import { migrations } from "../migrations/index.js";
import { mergeCatalogues } from "./platform/access/fields.js";
import type { Clock } from "./platform/clock.js";
import type { Config } from "./platform/config.js";
import type { Services } from "./platform/context.js";
import { connectDatabase, type Database } from "./platform/database/connect.js";
import { openFileStore } from "./platform/files/index.js";
import { KeyRing } from "./platform/key-ring.js";
import { Links, linkKeysOf } from "./platform/links/index.js";
import { folderTransport, type MailTransport, smtpTransport } from "./platform/mail/index.js";
import { readOrMake } from "./platform/private-file.js";
import { key256 } from "./platform/settings.js";
import type { Product } from "./product.js";

/** How long a caller waits for a connection before SERVICE_BUSY, and a statement of the API may run. */
const waitMs = 5_000;
const statementTimeoutMs = 30_000;

/**
 * The database of this configuration, migrated when an owner's connection is given.
 * @throws StartupError
 */
export function openDatabase(config: Config, log: Logger): Promise<Database> {
  return connectDatabase(
    {
      url: config.databaseUrl ?? undefined,
      ownerUrl: config.databaseOwnerUrl ?? undefined,
      embeddedDir: join(config.dataDir, "postgres"),
      budget: { connections: config.databaseConnections, processes: config.databaseProcesses },
      waitMs,
      statementTimeoutMs,
      onError: (error) => log.error({ err: error }, "a database connection failed"),
      log: (line) => log.debug({ line }, "embedded PostgreSQL"),
    },
    migrations,
  );
}

/** What a process has one of, on that database. @throws StartupError */
export async function createServices(
  config: Config,
  product: Product,
  { database, clock, log }: { database: Database; clock: Clock; log: Logger },
): Promise<Services> {
  const secret = await secretOf(config);
  const base = {
    pools: database.pools,
    clock,
    log,
    catalogue: mergeCatalogues(product.modules.map(({ fields }) => fields)),
    files: await openFileStore(config),
    mail: mailTransport(config),
    secret,
    links: new Links(publicUrlOf(config), config.linkKeys ?? linkKeysOf(secret)),
    identityKeys: await identityKeysOf(config),
  };
  return { ...base, ports: product.ports(base) };
}

function publicUrlOf({ publicUrl, host, port }: Config): string {
  return publicUrl ?? `http://${host === "0.0.0.0" ? "localhost" : host}:${port}`;
}

function mailTransport({ smtpUrl, mailFrom, dataDir }: Config): MailTransport {
  const sender = mailFrom ?? { name: "", address: "no-reply@localhost.localdomain" };
  return smtpUrl ? smtpTransport(smtpUrl, sender) : folderTransport(join(dataDir, "mail"), sender);
}

/** Outside production both keys are made once, for this user only. */
async function identityKeysOf({ identityKeys, identityIndexKey, dataDir }: Config): Promise<KeyRing> {
  const makeKey = async () => randomBytes(32).toString("base64");
  const fileKey = async (name: string) => key256(await readOrMake(join(dataDir, name), makeKey));
  return new KeyRing(
    identityKeys ?? [{ id: "local", key: await fileKey("identity.key") }],
    identityIndexKey ?? (await fileKey("identity-index.key")),
  );
}

async function secretOf({ secretKey, dataDir }: Config): Promise<Buffer> {
  const makeSecret = async () => randomBytes(32).toString("base64url");
  return Buffer.from(secretKey ?? (await readOrMake(join(dataDir, "secret.key"), makeSecret)));
}
