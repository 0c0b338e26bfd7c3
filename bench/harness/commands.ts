import type { Answer, Call } from "./process.js";

type Command = (argument: never) => Promise<unknown> | unknown;

/** What a program of the bench can do. `open` comes first and gets its settings. */
export interface Commands extends Record<string, Command> {
  open(settings: never): Promise<unknown>;
}

const ownCommands: Record<string, Command> = { peakMemoryKb: () => process.resourceUsage().maxRSS };

/**
 * Lets the process that started this one call these commands.
 * @param close run when that process lets go of this one, or is gone
 */
export function answerCommands(commands: Commands, close: () => Promise<void>): void {
  const all: Record<string, Command> = { ...ownCommands, ...commands };
  process.on("message", async ({ id, command, argument }: Call) =>
    process.send?.(await answer(all, id, command, argument)),
  );
  process.on("disconnect", async () => {
    await close();
    process.exit();
  });
}

async function answer(commands: Record<string, Command>, id: number, name: string, argument: unknown): Promise<Answer> {
  try {
    const command = commands[name];
    if (!command) throw new Error(`there is no command ${name}`);
    return { id, result: await command(argument as never) };
  } catch (error) {
    return { id, error: (error as Error).stack ?? String(error) };
  }
}
