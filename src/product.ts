import "reflect-metadata";
import {
  aliasRemovalFigures,
  contactsEraser,
  contactsModule,
  contactsPersonalData,
  identityKeyRotation,
  importEndedMail,
  importJobs,
  importRetention,
  importTask,
  importTemplateFailedMail,
  importTemplateMail,
  importTemplatePurge,
  importTemplateTask,
  importUndoneMail,
  importUndoTask,
  privacyMail,
  removeExpiredFiles,
  selectReportFiles,
  selectTemplateFiles,
} from "./contacts/index.js";
import type { Demo } from "./demo/demo-caller.js";
import { demo } from "./demo/index.js";
import {
  historyEraser,
  historyModule,
  historyPersonalData,
  historyPort,
  indicatorSchedule,
  indicatorTask,
  ingestJobs,
  ingestTask,
  selectPlaceFiles,
} from "./history/index.js";
import {
  audienceExportPurge,
  audienceFiles,
  bounceReplay,
  campaignSchedule,
  campaignTask,
  createMarketingPort,
  exportTask,
  marketingEraser,
  marketingModule,
  optInMail,
} from "./marketing/index.js";
import type { Services } from "./platform/context.js";
import { idempotencyPurge } from "./platform/idempotency.task.js";
import { fileSweep, type ScheduledTask, type Task } from "./platform/jobs/index.js";
import { mailFileTask, mailTask } from "./platform/mail/index.js";
import type { SubgraphModule } from "./platform/module.js";
import { platformEraser, type TableDeclaration } from "./platform/personal-data/index.js";
import type { Ports } from "./platform/ports.js";
import type { Figure } from "./platform/telemetry.js";
import {
  anonymizationScheduleTask,
  anonymizationTask,
  createPrivacyPort,
  erasureProof,
  nightlyErasureProof,
  privacyEraser,
  privacyModule,
  runItemPurge,
  selectSubjectFiles,
  subjectExportMail,
  subjectExportPurge,
  subjectExportTask,
} from "./privacy/index.js";

/** What the process is made of. Modules do not know each other: they are handed here what they need of each other. */
export interface Product {
  readonly modules: readonly SubgraphModule[];
  /** What modules do for each other. */
  ports(services: Omit<Services, "ports">): Ports;
  /** Background code for the worker. */
  tasks(services: Services): readonly Task[];
  /** Background code that the worker runs at times. */
  schedules(services: Services): readonly ScheduledTask[];
  /** What operations watch beside the process itself. */
  figures(services: Services): readonly Figure[];
  /** The map of personal data: every column of every table, declared by its owner. */
  readonly personalData: readonly TableDeclaration[];
  readonly demo: Demo | null;
}

/** The contact file. */
export const product: Product = {
  modules: [contactsModule, marketingModule, historyModule, privacyModule],
  ports: (services) => ({
    marketing: createMarketingPort(services),
    history: historyPort,
    privacy: createPrivacyPort(services),
    erasers: [
      { ...contactsEraser(services), sweep: removeExpiredFiles },
      ...[marketingEraser, historyEraser(services), platformEraser, privacyEraser],
    ],
  }),
  tasks: (services) => [
    campaignTask(services),
    erasureProof(services),
    exportTask(services),
    anonymizationScheduleTask(services),
    anonymizationTask(services),
    importTask(services),
    importTemplateTask(services),
    importUndoTask(services),
    indicatorTask(services),
    ingestTask(services),
    mailFileTask(services),
    mailTask(services, [
      ...[privacyMail, optInMail(services), importEndedMail(services), importUndoneMail(services)],
      ...[importTemplateMail(services), importTemplateFailedMail(services), subjectExportMail(services)],
    ]),
    subjectExportTask(services),
  ],
  schedules: (services) => [
    audienceExportPurge(services),
    bounceReplay(services),
    campaignSchedule(services),
    fileSweep(
      services,
      [importJobs, ingestJobs],
      [audienceFiles, selectReportFiles, selectTemplateFiles, selectSubjectFiles, selectPlaceFiles],
    ),
    identityKeyRotation(services),
    importRetention(services),
    idempotencyPurge(services),
    importTemplatePurge(services),
    indicatorSchedule(services),
    nightlyErasureProof(services),
    runItemPurge(services),
    subjectExportPurge(services),
  ],
  figures: aliasRemovalFigures,
  personalData: [
    ...contactsPersonalData,
    ...marketingEraser.personalData,
    ...historyPersonalData,
    ...platformEraser.personalData,
    ...privacyEraser.personalData,
  ],
  demo,
};
