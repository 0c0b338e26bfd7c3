import { unlogged } from "../../support/access-log.js";
import "reflect-metadata";
import { pino } from "pino";
import { contactsModule, importTask, importUndoTask } from "../../../src/contacts/index.js";
import { historyPort } from "../../../src/history/index.js";
import type { TokenClaims } from "../../../src/platform/access/caller.js";
import type { Permission } from "../../../src/platform/access/permissions.js";
import { systemClock } from "../../../src/platform/clock.js";
import type { Services } from "../../../src/platform/context.js";
import { createPools } from "../../../src/platform/database/pools.js";
import { DirectoryFileStore } from "../../../src/platform/files/index.js";
import { folderTransport } from "../../../src/platform/mail/index.js";
import { testKeys, testLinks } from "../../support/keys.js";
import { marketingPort } from "../../support/marketing.js";

/** One run of an import, or of its undo, in a process of its own, for the test to kill. */
const [url, folder, institutionId, id, what] = process.argv.slice(2) as [string, string, string, string, string?];
const connections = { apiConnections: 2, bulkConnections: 3, waitMs: 5_000, statementTimeoutMs: 15_000 };
const callerOf = async ({ subject, kind, institution, permissions, clearance }: TokenClaims) => ({
  ...{ kind, login: subject, institution, institutionId: Number(institutionId), timeZone: "Europe/Zurich" },
  ...{ organizations: [], permissions: new Set(permissions as Permission[]), clearance, ownContactId: null },
});
const services: Services = {
  pools: createPools({ url, ...connections, onError: () => undefined }),
  clock: systemClock,
  log: pino({ level: "silent" }),
  catalogue: contactsModule.fields,
  secret: Buffer.alloc(32, 7),
  identityKeys: testKeys(),
  links: testLinks(),
  files: new DirectoryFileStore(folder),
  mail: folderTransport(folder, { name: "", address: "house@example.org" }),
  ports: {
    marketing: marketingPort,
    history: historyPort,
    privacy: { callerOf, ...unlogged, raisedLevels: async () => new Map() },
    erasers: [],
  },
};
const task = what === "undo" ? importUndoTask(services) : importTask(services);
await task.run({ institutionId: Number(institutionId), id }, new AbortController().signal);
process.exit();
