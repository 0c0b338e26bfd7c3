import { createReadStream } from "node:fs";
import { type Application, startApplication } from "../../src/application.js";
import { ImportMode, ImportOnMatch, ImportType } from "../../src/contacts/import/import.enums.js";
import { findImportJob, startImport } from "../../src/contacts/import/import.service.js";
import type { ImportJob } from "../../src/contacts/import/import.type.js";
import { importTask } from "../../src/contacts/index.js";
import { tokenVerifier, trustDemo } from "../../src/platform/access/token.js";
import { systemClock } from "../../src/platform/clock.js";
import { loadConfig } from "../../src/platform/config.js";
import { OperationContext } from "../../src/platform/context.js";
import { decodeId } from "../../src/platform/graphql/opaque-id.js";
import { answerCommands } from "../harness/commands.js";
import { type ProductSettings, productEnvironment } from "../harness/product.js";

/** The product's import: the upload of a file into the store, its job, and the run of it to its end. */
export interface ImporterSettings extends ProductSettings {
  /** An `Authorization` header. */
  readonly authorization: string;
}

interface Order {
  readonly file: string;
  readonly rows: number;
}

/** @throws Error unless each row was changed, or would be */
async function run(
  application: Application,
  contextOf: () => Promise<OperationContext>,
  { file, rows }: Order,
  mode: ImportMode,
  approvedPlanHash: string | null = null,
): Promise<ImportJob> {
  const upload = { filename: "x", mimetype: "", encoding: "", createReadStream: () => createReadStream(file) };
  const input = { type: ImportType.AUTHORIZATIONS, mode, onMatch: ImportOnMatch.SKIP, approvedPlanHash };
  const { importJob, userErrors } = await startImport(await contextOf(), { ...input, file: Promise.resolve(upload) });
  if (!importJob) throw new Error(JSON.stringify(userErrors));
  const context = await contextOf();
  const payload = { institutionId: context.caller.institutionId, id: decodeId("ImportJob", importJob.id)! };
  await importTask(application.services).run(payload, new AbortController().signal);
  const ended = (await findImportJob(context, importJob.id))!;
  const { updated, wouldUpdate } = ended.counters;
  if (updated + wouldUpdate !== rows) throw new Error(`the import ended with ${JSON.stringify(ended)}`);
  return ended;
}

if (import.meta.main) {
  let application: Application | undefined;
  let contextOf: () => Promise<OperationContext>;
  const timed = async (work: () => Promise<unknown>) => {
    const startedAt = performance.now();
    await work();
    return performance.now() - startedAt;
  };
  answerCommands(
    {
      async open(settings: ImporterSettings) {
        application = await startApplication(loadConfig(productEnvironment(settings)), { parts: new Set() });
        const { services, demoIssuer } = application;
        const verify = tokenVerifier(trustDemo(demoIssuer!), systemClock);
        contextOf = async () => {
          const caller = await services.ports.privacy.callerOf(await verify(settings.authorization));
          if (!caller) throw new Error("the operator of the bench has no access");
          return new OperationContext(services, { caller, raisedLevels: new Map(), locale: "en", requestId: "bench" });
        };
      },
      update: (order: Order) => timed(() => run(application!, contextOf, order, ImportMode.UPDATE)),
      checkAndUpdate: (order: Order) =>
        timed(async () => {
          const { planHash } = await run(application!, contextOf, order, ImportMode.CHECK);
          await run(application!, contextOf, order, ImportMode.UPDATE, planHash);
        }),
    },
    async () => application?.stop(),
  );
}
