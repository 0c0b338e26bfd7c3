import { parseArgs } from "node:util";
import { StartupError } from "../../src/platform/errors/startup-error.js";

export interface Wish {
  /** Null: list what there is. */
  readonly bench: string | null;
  /** Null: as the bench says. */
  readonly scale: number | null;
  readonly rounds: number;
  /** Whether the report comes as JSON on the last line. */
  readonly json: boolean;
}

const defaultRounds = 11;

/** @throws StartupError SETTING_INVALID */
export function readWish(words: readonly string[]): Wish {
  const { values, positionals } = parse(words);
  if (positionals.length > 1) throw misuse(`one bench at a time, not ${positionals.join(" and ")}`);
  return {
    bench: values.help ? null : (positionals[0] ?? null),
    scale: values.scale === undefined ? null : count("--scale", values.scale),
    rounds: values.rounds === undefined ? defaultRounds : count("--rounds", values.rounds),
    json: values.json ?? false,
  };
}

export const usage = `npm run bench -- NAME [--scale CONTACTS] [--rounds N] [--json]

  --scale CONTACTS  size of the data set, which is generated once and kept in .data/bench
  --rounds N        counted rounds of each side of a case (${defaultRounds})
  --json            the report as one line of JSON, the last one
`;

function parse(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        scale: { type: "string" },
        rounds: { type: "string" },
        json: { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    });
  } catch (error) {
    throw misuse((error as Error).message.split(". ")[0]!);
  }
}

function count(option: string, text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw misuse(`${option} takes a whole number from 1 on`);
  return Number(text);
}

function misuse(message: string): StartupError {
  return new StartupError("SETTING_INVALID", `${message}. See \`npm run bench -- --help\`.`);
}
