import { type Application, startApplication } from "../../src/application.js";
import { selectLatestActivity } from "../../src/history/facts/index.js";
import { indicatorTask, requestRun } from "../../src/history/indicators/index.js";
import { contactsByPlace } from "../../src/history/places/place.service.js";
import { tokenVerifier, trustDemo } from "../../src/platform/access/token.js";
import { systemClock } from "../../src/platform/clock.js";
import { loadConfig } from "../../src/platform/config.js";
import { OperationContext } from "../../src/platform/context.js";
import type { Sql } from "../../src/platform/database/sql.js";
import { systemSession } from "../../src/platform/database/system-session.js";
import { inBulkTransaction } from "../../src/platform/database/transaction.js";
import { answerCommands } from "../harness/commands.js";
import { type ProductSettings, productEnvironment } from "../harness/product.js";

/** What the worker and the duties of others do, called as they call it. */
export interface HistorianSettings extends ProductSettings {
  readonly institutionId: number;
  /** An `Authorization` header of somebody who asks for places. */
  readonly authorization: string;
  /** Every contact, in chunks. */
  readonly chunks: readonly (readonly string[])[];
}

if (import.meta.main) {
  let application: Application | undefined;
  let settings: HistorianSettings;
  const inSession = <Result>(work: (db: Sql) => Promise<Result>): Promise<Result> => {
    const { services } = application!;
    return inBulkTransaction(services.pools.bulk, systemSession(services, settings.institutionId), work);
  };
  const contextOf = async (): Promise<OperationContext> => {
    const { services, demoIssuer } = application!;
    const verify = tokenVerifier(trustDemo(demoIssuer!), systemClock);
    const caller = await services.ports.privacy.callerOf(await verify(settings.authorization));
    if (!caller) throw new Error("the operator of the bench has no access");
    return new OperationContext(services, { caller, raisedLevels: new Map(), locale: "en", requestId: "bench" });
  };
  answerCommands(
    {
      async open(given: HistorianSettings) {
        settings = given;
        application = await startApplication(loadConfig(productEnvironment(given)), { parts: new Set() });
      },
      /** Works out everybody's indicators. */
      async recompute() {
        const { institutionId } = settings;
        const id = await inSession((db) => requestRun(db, "REQUEST"));
        await indicatorTask(application!.services).run({ institutionId, id }, new AbortController().signal);
      },
      /** @returns how many contacts have an activity, and the latest day of all */
      async latest() {
        let count = 0;
        let latest = "";
        for (const chunk of settings.chunks)
          for (const { day } of await inSession((db) => selectLatestActivity(db, chunk))) {
            count++;
            if (day > latest) latest = day;
          }
        return { count, latest };
      },
      /** @returns a page of places, as the API answers it, without what tells pages apart */
      async places(period: { readonly from: string } | undefined) {
        const found = await contactsByPlace(await contextOf(), { period: period ?? null, first: 50 });
        const [totalCount, contactCount] = await Promise.all([found.totalCount(), found.contactCount()]);
        return { totalCount, contactCount, nodes: found.nodes };
      },
    },
    async () => application?.stop(),
  );
}
