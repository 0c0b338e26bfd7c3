import { parseArgs } from "node:util";
import type { Application } from "./application.js";
import { type PartName, partNames } from "./parts.js";
import { type Config, loadConfig, settings } from "./platform/config.js";
import { StartupError } from "./platform/errors/startup-error.js";
import { createLog } from "./platform/log.js";
import type { Setting } from "./platform/settings.js";

/**
 * Runs the program until it is asked to stop: SIGTERM and SIGINT end it in order with code 0, a second one at once.
 * What a person at the terminal can mend is one line on stderr, and code 1.
 *
 * @param words those behind the program's name
 */
export async function run(words: readonly string[]): Promise<void> {
  try {
    const { help, parts } = readWords(words);
    if (help) process.stdout.write(helpText());
    else await runUntilSignal(loadConfig(), parts);
  } catch (error) {
    if (!(error instanceof StartupError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}

async function runUntilSignal(config: Config, parts: ReadonlySet<PartName>): Promise<void> {
  const log = createLog(config.logLevel);
  process.on("uncaughtException", (error) => {
    log.fatal({ err: error }, "unexpected end"); // Node itself would print the error with its values
    process.exit(1);
  });
  // only now: what is wrong with words and settings is said at once, before all modules are loaded
  const [{ startApplication }, { welcome }] = await Promise.all([import("./application.js"), import("./welcome.js")]);
  const starting = startApplication(config, { parts, log });
  endOnSignal(starting);
  process.stdout.write(await welcome(await starting, config.dataDir));
}

function endOnSignal(starting: Promise<Application>): void {
  let isEnding = false;
  const end = async () => {
    if (isEnding) process.exit(1);
    isEnding = true;
    const application = await starting.catch(() => null); // why it did not start is reported where it was started
    await application?.stop();
    process.exit(application ? 0 : 1);
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => void end());
}

/** @throws StartupError SETTING_INVALID */
export function readWords(words: readonly string[]): { help: boolean; parts: ReadonlySet<PartName> } {
  const options = { only: { type: "string", multiple: true }, help: { type: "boolean", short: "h" } } as const;
  try {
    const { values } = parseArgs({ args: [...words], options });
    return { help: values.help ?? false, parts: partsOf(values.only) };
  } catch (error) {
    throw new StartupError(
      "SETTING_INVALID",
      `${(error as Error).message.split(". ")[0]}. See \`npm start -- --help\`.`,
    );
  }
}

function partsOf(only: readonly string[] = partNames): ReadonlySet<PartName> {
  const names = only.flatMap((list) => list.split(",")).map((name) => name.trim());
  const parts = names.map((name) => {
    const part = partNames.find((one) => one === name);
    if (!part) throw new Error(`--only takes ${partNames.join(", ")}, not "${name}"`);
    return part;
  });
  return new Set(parts);
}

function helpText(): string {
  const rows = Object.values<Setting<unknown>>(settings).map(
    ({ name, fallback, description }) => `  ${name}${fallback ? ` (${fallback})` : ""}\n      ${description}`,
  );
  return `Contact File Graph

  npm start                            everything in one process
  npm start -- --only gateway          one part; the gateway then reaches the others over HTTP
  npm start -- --only contacts,worker  some of them: ${partNames.join(", ")}
  npm start -- --help                  this text

Settings, from the environment:

${rows.join("\n")}
`;
}
