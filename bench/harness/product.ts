import { type Application, startApplication } from "../../src/application.js";
import { loadConfig } from "../../src/platform/config.js";
import { answerCommands } from "./commands.js";

/** The product as it is started, with all its parts but the worker: nothing else shall run while it is measured. */
export interface ProductSettings {
  readonly applicationUrl: string;
  /** Of the demo issuer, whose tokens it takes, and the file store. */
  readonly dataDir: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** The settings of the product in a bench: its own, but for the rate limit of one caller. */
export function productEnvironment({ applicationUrl, dataDir, environment }: ProductSettings): Record<string, string> {
  return {
    DATABASE_URL: applicationUrl,
    DATA_DIR: dataDir,
    PORT: "0",
    RATE_LIMIT_POINTS: "1000000000000",
    ...environment,
  };
}

if (import.meta.main) {
  let application: Application | undefined;
  answerCommands(
    {
      async open(settings: ProductSettings) {
        const config = loadConfig(productEnvironment(settings));
        application = await startApplication(config, {
          parts: new Set(["gateway", "contacts", "marketing", "history", "privacy"]),
        });
      },
      url: () => application?.url ?? null,
    },
    async () => application?.stop(),
  );
}
