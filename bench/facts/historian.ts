import { type Application, startApplication } from "../../src/application.js";
import { selectLatestActivity } from "../../src/history/facts/index.js";
import { indicatorTask, requestRun } from "../../src/history/indicators/index.js";
import { loadConfig } from "../../src/platform/config.js";
import type { Sql } from "../../src/platform/database/sql.js";
import { systemSession } from "../../src/platform/database/system-session.js";
import { inBulkTransaction } from "../../src/platform/database/transaction.js";
import { answerCommands } from "../harness/commands.js";
import { type ProductSettings, productEnvironment } from "../harness/product.js";

/** What the worker and the duties of others do, called as they call it. */
export interface HistorianSettings extends ProductSettings {
  readonly institutionId: number;
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
    },
    async () => application?.stop(),
  );
}
