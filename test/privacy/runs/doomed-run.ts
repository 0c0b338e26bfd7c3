import "reflect-metadata";
import { pino } from "pino";
import { mergeCatalogues } from "../../../src/platform/access/fields.js";
import type { Clock } from "../../../src/platform/clock.js";
import { createPools } from "../../../src/platform/database/pools.js";
import { DirectoryFileStore } from "../../../src/platform/files/index.js";
import { folderTransport } from "../../../src/platform/mail/index.js";
import { anonymizationTask } from "../../../src/privacy/index.js";
import { product } from "../../../src/product.js";
import { testKeys, testLinks } from "../../support/keys.js";

/** One run of the batch in a process of its own, for the test to kill. */
const [url, folder, institutionId, id, now] = process.argv.slice(2) as [string, string, string, string, string];
const connections = { apiConnections: 2, bulkConnections: 1, waitMs: 5_000, statementTimeoutMs: 60_000 };
const clock: Clock = { now: () => new Date(now) };
const base = {
  pools: createPools({ url, ...connections, onError: () => undefined }),
  clock,
  log: pino({ level: "silent" }),
  catalogue: mergeCatalogues(product.modules.map(({ fields }) => fields)),
  secret: Buffer.alloc(32, 7),
  identityKeys: testKeys(),
  links: testLinks(),
  files: new DirectoryFileStore(folder),
  mail: folderTransport(folder, { name: "", address: "house@example.org" }),
};
const services = { ...base, ports: product.ports(base) };
await anonymizationTask(services).run({ institutionId: Number(institutionId), id }, new AbortController().signal);
process.exit();
