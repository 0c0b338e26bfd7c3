import "reflect-metadata";
import { contactsModule, identityKeyRotation, importJobs, importTask, privacyMail } from "./contacts/index.js";
import type { Demo } from "./demo/demo-caller.js";
import { demo } from "./demo/index.js";
import {
  historyModule,
  historyPort,
  indicatorSchedule,
  indicatorTask,
  ingestJobs,
  ingestTask,
} from "./history/index.js";
import { bounceReplay, createMarketingPort, marketingModule, optInMail } from "./marketing/index.js";
import type { Services } from "./platform/context.js";
import { idempotencyPurge } from "./platform/idempotency.task.js";
import { fileSweep, type ScheduledTask, type Task } from "./platform/jobs/index.js";
import { mailTask } from "./platform/mail/index.js";
import type { SubgraphModule } from "./platform/module.js";
import type { Ports } from "./platform/ports.js";
import { createPrivacyPort, privacyModule } from "./privacy/index.js";

/** What the process is made of. Modules do not know each other: they are handed here what they need of each other. */
export interface Product {
  readonly modules: readonly SubgraphModule[];
  /** What modules do for each other. */
  ports(services: Omit<Services, "ports">): Ports;
  /** Background code for the worker. */
  tasks(services: Services): readonly Task[];
  /** Background code that the worker runs at times. */
  schedules(services: Services): readonly ScheduledTask[];
  readonly demo: Demo | null;
}

/** The contact file. */
export const product: Product = {
  modules: [contactsModule, marketingModule, historyModule, privacyModule],
  ports: (services) => ({
    marketing: createMarketingPort(services),
    history: historyPort,
    privacy: createPrivacyPort(services),
  }),
  tasks: (services) => [
    importTask(services),
    indicatorTask(services),
    ingestTask(services),
    mailTask(services, [privacyMail, optInMail(services)]),
  ],
  schedules: (services) => [
    bounceReplay(services),
    fileSweep(services, [importJobs, ingestJobs]),
    identityKeyRotation(services),
    idempotencyPurge(services),
    indicatorSchedule(services),
  ],
  demo,
};
