import { type Application, startApplication } from "../../src/application.js";
import { tokenVerifier, trustDemo } from "../../src/platform/access/token.js";
import { systemClock } from "../../src/platform/clock.js";
import { loadConfig } from "../../src/platform/config.js";
import { OperationContext } from "../../src/platform/context.js";
import { decodeId } from "../../src/platform/graphql/opaque-id.js";
import { anonymizationTask } from "../../src/privacy/index.js";
import { findRun } from "../../src/privacy/runs/run.reading.js";
import { runAnonymization, simulateAnonymization } from "../../src/privacy/runs/run.service.js";
import { answerCommands } from "../harness/commands.js";
import { type ProductSettings, productEnvironment } from "../harness/product.js";

/** The batch for inactive contacts, asked for as the API does, with the worker's part in this process. */
export interface BatcherSettings extends ProductSettings {
  /** An `Authorization` header. */
  readonly authorization: string;
}

if (import.meta.main) {
  let application: Application | undefined;
  let authorization: string;
  const contextOf = async (): Promise<OperationContext> => {
    const { services, demoIssuer } = application!;
    const verify = tokenVerifier(trustDemo(demoIssuer!), systemClock);
    const caller = await services.ports.privacy.callerOf(await verify(authorization));
    if (!caller) throw new Error("the operator of the bench has no access");
    return new OperationContext(services, { caller, raisedLevels: new Map(), locale: "en", requestId: "bench" });
  };
  /** Does the worker's part of a run. @returns how long it took, its hash and its counts */
  const work = async (context: OperationContext, id: string | undefined) => {
    if (id === undefined) throw new Error("the run was refused");
    const payload = { institutionId: context.caller.institutionId, id: decodeId("AnonymizationRun", id)! };
    const startedAt = performance.now();
    await anonymizationTask(application!.services).run(payload, new AbortController().signal);
    const milliseconds = performance.now() - startedAt;
    const run = await findRun(await contextOf(), id);
    if (run?.status !== "DONE") throw new Error(`the run ended as ${run?.status}: ${run?.failure}`);
    return { milliseconds, planHash: run.planHash, counts: { ...run.counts } };
  };
  answerCommands(
    {
      async open(settings: BatcherSettings) {
        authorization = settings.authorization;
        application = await startApplication(loadConfig(productEnvironment(settings)), { parts: new Set() });
      },
      async simulate(input: { inactivityMonths: number; asOf: string }) {
        const context = await contextOf();
        const { anonymizationRun, userErrors } = await simulateAnonymization(context, input);
        if (!anonymizationRun) throw new Error(JSON.stringify(userErrors));
        return work(context, anonymizationRun.id);
      },
      async run(planHash: string) {
        const context = await contextOf();
        const { anonymizationRun, userErrors } = await runAnonymization(context, { planHash });
        if (!anonymizationRun) throw new Error(JSON.stringify(userErrors));
        return work(context, anonymizationRun.id);
      },
    },
    async () => application?.stop(),
  );
}
