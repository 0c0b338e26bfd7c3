import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";

/** A message to a program that {@link answerCommands}, and what comes back. */
export interface Call {
  readonly id: number;
  readonly command: string;
  readonly argument: unknown;
}
export interface Answer {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: string;
}

interface Waiting {
  resolve(result: never): void;
  reject(error: Error): void;
}

/** A program in a process of its own, called by commands. */
export class BenchProcess {
  readonly #waiting = new Map<number, Waiting>();
  #calls = 0;

  private constructor(
    readonly name: string,
    private readonly child: ChildProcess,
  ) {
    child.on("message", (answer: Answer) => this.#settle(answer));
    child.on("exit", (code, signal) => this.#end(new Error(`${name} ended with ${signal ?? code}`)));
  }

  /**
   * Starts a program and sends it `settings` with its first command, `open`.
   * @param execArgv options for Node, such as `--cpu-prof`
   */
  static async start(program: URL, settings: object, execArgv: readonly string[] = []): Promise<BenchProcess> {
    const path = fileURLToPath(program);
    const child = fork(path, [], {
      execArgv: [...execArgv],
      // as in production: the GraphQL libraries check far more without it
      env: { ...process.env, NODE_ENV: "production" },
      // what the product logs is written, as in production, but nowhere
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    const started = new BenchProcess(path.replace(/^.*\/|\.js$/g, ""), child);
    await started.call("open", settings);
    return started;
  }

  call<Result>(command: string, argument: unknown = null): Promise<Result> {
    const id = ++this.#calls;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.child.send({ id, command, argument } satisfies Call, (error) => {
        if (error) this.#settle({ id, error: error.message });
      });
    });
  }

  /** The most memory that it had in RAM so far, in MB (2^20 bytes). */
  async peakMemoryMb(): Promise<number> {
    return (await this.call<number>("peakMemoryKb")) / 1_024;
  }

  /** Ends it in order, and waits for that. */
  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = new Promise((resolve) => this.child.once("exit", resolve));
    this.child.disconnect();
    await ended;
  }

  #settle({ id, result, error }: Answer): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error === undefined) waiting?.resolve(result as never);
    else waiting?.reject(new Error(`${this.name}: ${error}`));
  }

  #end(error: Error): void {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}
