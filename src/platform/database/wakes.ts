import pg from "pg";

type Wake = () => void;

export interface WakesOptions {
  readonly url: string;
  onError(error: Error): void;
}

/** Pause before a broken connection is opened anew; meanwhile those who wait poll. */
const retryMs = 1_000;

/**
 * Hears what the database tells (NOTIFY), on one connection of this process, which is open only while somebody listens.
 * It only wakes: what has happened, and who may know, is for the listener to read. A telling may be missed, such as while
 * the connection is broken, so listeners poll as well.
 */
export class Wakes {
  readonly #listeners = new Map<string, Map<string, Set<Wake>>>();
  #client: pg.Client | undefined;
  #retry: NodeJS.Timeout | undefined;
  #hasEnded = false;

  constructor(private readonly options: WakesOptions) {}

  /**
   * Calls back each time the channel tells of this subject, and when it may have.
   * @param channel part of the program
   * @returns ends it; once more does nothing
   */
  on(channel: string, subject: string, wake: Wake): () => void {
    const subjects = this.#listeners.get(channel) ?? new Map<string, Set<Wake>>();
    const wakes = subjects.get(subject) ?? new Set<Wake>();
    const isNew = !this.#listeners.has(channel);
    this.#listeners.set(channel, subjects.set(subject, wakes.add(wake)));
    if (!this.#client) this.#open();
    else if (isNew) this.#listen(this.#client, channel);
    return () => {
      if (!wakes.delete(wake) || wakes.size > 0) return;
      if (subjects.get(subject) === wakes) subjects.delete(subject);
      if (subjects.size > 0) return;
      if (this.#listeners.get(channel) === subjects) this.#listeners.delete(channel);
      if (this.#listeners.size === 0) this.#close();
    };
  }

  /** Whether a connection is held. */
  get isOpen(): boolean {
    return this.#client !== undefined;
  }

  async end(): Promise<void> {
    this.#hasEnded = true;
    this.#listeners.clear();
    await this.#close();
  }

  #open(): void {
    clearTimeout(this.#retry);
    if (this.#hasEnded || this.#listeners.size === 0) return;
    const { url, onError } = this.options;
    const client = new pg.Client({ connectionString: url, application_name: "contact-file-graph wakes" });
    this.#client = client;
    client.on("notification", ({ channel, payload }) => this.#wake(channel, payload ?? ""));
    client.on("error", (error) => {
      onError(error);
      this.#lose(client);
    });
    client.on("end", () => this.#lose(client));
    client.connect().then(
      () => {
        for (const channel of this.#listeners.keys()) this.#listen(client, channel);
        // what was told before is not told again
        for (const [channel, subjects] of this.#listeners)
          for (const subject of subjects.keys()) this.#wake(channel, subject);
      },
      (error: Error) => {
        onError(error);
        this.#lose(client);
      },
    );
  }

  /** Statements wait until the connection stands; one that breaks is lost as a whole. */
  #listen(client: pg.Client, channel: string): void {
    client.query(`/* listen */ LISTEN ${pg.escapeIdentifier(channel)}`).catch(() => this.#lose(client));
  }

  #lose(client: pg.Client): void {
    if (this.#client !== client) return;
    this.#client = undefined;
    client.end().catch(() => undefined);
    if (this.#listeners.size > 0) this.#retry = setTimeout(() => this.#open(), retryMs).unref();
  }

  async #close(): Promise<void> {
    clearTimeout(this.#retry);
    const client = this.#client;
    this.#client = undefined;
    await client?.end().catch(() => undefined);
  }

  #wake(channel: string, subject: string): void {
    for (const wake of this.#listeners.get(channel)?.get(subject) ?? []) wake();
  }
}
