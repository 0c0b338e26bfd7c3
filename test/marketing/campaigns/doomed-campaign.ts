import "reflect-metadata";
import { pino } from "pino";
import { historyPort } from "../../../src/history/index.js";
import { campaignTask } from "../../../src/marketing/index.js";
import type { TokenClaims } from "../../../src/platform/access/caller.js";
import type { Permission } from "../../../src/platform/access/permissions.js";
import { systemClock } from "../../../src/platform/clock.js";
import { createPools } from "../../../src/platform/database/pools.js";
import { DirectoryFileStore } from "../../../src/platform/files/index.js";
import { folderTransport } from "../../../src/platform/mail/index.js";
import { unlogged } from "../../support/access-log.js";
import { testKeys, testLinks } from "../../support/keys.js";
import { marketingPort } from "../../support/marketing.js";
import { catalogue } from "./campaigns.js";

/** One run of a campaign in a process of its own, for the test to kill. */
const [url, folder, institutionId, id, together] = process.argv.slice(2) as [string, string, string, string, string];
const connections = { apiConnections: 2, bulkConnections: 1, waitMs: 5_000, statementTimeoutMs: 15_000 };
const callerOf = async ({ subject, kind, institution, organizations, permissions, clearance }: TokenClaims) => ({
  ...{ kind, login: subject, institution, institutionId: Number(institutionId), timeZone: "Europe/Zurich" },
  ...{ organizations, permissions: new Set(permissions as Permission[]), clearance, ownContactId: null },
});
const task = campaignTask(
  {
    pools: createPools({ url, ...connections, onError: () => undefined }),
    clock: systemClock,
    log: pino({ level: "silent" }),
    catalogue,
    secret: Buffer.alloc(32, 7),
    identityKeys: testKeys(),
    links: testLinks(),
    files: new DirectoryFileStore(folder),
    mail: folderTransport(folder, { name: "", address: "house@example.org" }),
    ports: {
      marketing: marketingPort,
      history: historyPort,
      erasers: [],
      privacy: { callerOf, ...unlogged, raisedLevels: async () => new Map() },
    },
  },
  Number(together),
);
await task.run({ institutionId: Number(institutionId), id }, new AbortController().signal);
process.exit();
