import { createReadStream } from "node:fs";
import { type Application, startApplication } from "../../src/application.js";
import { ingestTask } from "../../src/history/index.js";
import { findIngestJob } from "../../src/history/ingest/ingest.service.js";
import { startIngest } from "../../src/history/ingest/ingest-file.service.js";
import { tokenVerifier, trustDemo } from "../../src/platform/access/token.js";
import { systemClock } from "../../src/platform/clock.js";
import { loadConfig } from "../../src/platform/config.js";
import { OperationContext } from "../../src/platform/context.js";
import { decodeId } from "../../src/platform/graphql/opaque-id.js";
import { answerCommands } from "../harness/commands.js";
import { type ProductSettings, productEnvironment } from "../harness/product.js";

/** The product's delivery: the upload of a file into the store, its job, and the run of it to its end. */
export interface IngesterSettings extends ProductSettings {
  /** An `Authorization` header. */
  readonly authorization: string;
}

/** @throws Error unless each record of the file was taken */
async function deliver(application: Application, context: OperationContext, file: string, records: number) {
  const startedAt = performance.now();
  const upload = { filename: "x", mimetype: "", encoding: "", createReadStream: () => createReadStream(file) };
  const { ingestJob } = await startIngest(context, { file: Promise.resolve(upload) });
  const { institutionId } = context.caller;
  const payload = { institutionId, id: decodeId("IngestJob", ingestJob!.id)! };
  await ingestTask(application.services).run(payload, new AbortController().signal);
  const milliseconds = performance.now() - startedAt;
  const counters = (await findIngestJob(context, ingestJob!.id))?.counters;
  if (counters?.created !== records) throw new Error(`the delivery ended with ${JSON.stringify(counters)}`);
  return milliseconds;
}

if (import.meta.main) {
  let application: Application | undefined;
  let contextOf: () => Promise<OperationContext>;
  answerCommands(
    {
      async open(settings: IngesterSettings) {
        application = await startApplication(loadConfig(productEnvironment(settings)), { parts: new Set() });
        const { services, demoIssuer } = application;
        const verify = tokenVerifier(trustDemo(demoIssuer!), systemClock);
        contextOf = async () => {
          const caller = await services.ports.privacy.callerOf(await verify(settings.authorization));
          if (!caller) throw new Error("the operator of the bench has no access");
          return new OperationContext(services, { caller, raisedLevels: new Map(), locale: "en", requestId: "bench" });
        };
      },
      deliver: async ({ file, records }: { file: string; records: number }) =>
        deliver(application!, await contextOf(), file, records),
    },
    async () => application?.stop(),
  );
}
