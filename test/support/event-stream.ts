// biome-ignore lint/suspicious/noExplicitAny: an event, as the test asked for it
export type StreamEvent = { data?: any; errors?: { message: string; extensions: { code: string } }[] };

/** Server-sent events of a GraphQL subscription, read as they come, without any library between. */
export class EventStream {
  readonly #ending = new AbortController();
  readonly #events: StreamEvent[] = [];
  #isComplete = false;
  #failure: Error | undefined;
  #changed: () => void = () => undefined;

  static async open(url: string, token: string, query: string, variables: object = {}): Promise<EventStream> {
    const stream = new EventStream();
    await stream.#open(url, token, { query, variables });
    return stream;
  }

  /** The next event; null when the stream was completed. @throws Error when none comes in time, or it broke off */
  async next(timeoutMs = 10_000): Promise<StreamEvent | null> {
    const end = Date.now() + timeoutMs;
    while (this.#events.length === 0) {
      if (this.#isComplete) return null;
      if (this.#failure) throw this.#failure;
      const left = end - Date.now();
      if (left <= 0) throw new Error(`no event in ${timeoutMs} ms`);
      await this.#change(left);
    }
    return this.#events.shift()!;
  }

  /** All that still come, until it is completed. */
  async rest(timeoutMs?: number): Promise<StreamEvent[]> {
    const all: StreamEvent[] = [];
    for (let event = await this.next(timeoutMs); event; event = await this.next(timeoutMs)) all.push(event);
    return all;
  }

  /** Hangs up. */
  close(): void {
    this.#ending.abort();
  }

  async #change(timeoutMs: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.#changed = resolve;
      timer = setTimeout(resolve, timeoutMs);
    });
    clearTimeout(timer);
  }

  async #open(url: string, token: string, body: object): Promise<void> {
    const response = await fetch(url, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json", accept: "text/event-stream" },
      body: JSON.stringify(body),
      signal: this.#ending.signal,
    });
    if (!response.headers.get("content-type")?.startsWith("text/event-stream"))
      throw new Error(`${response.status} ${await response.text()}`);
    void this.#read(response.body!);
  }

  async #read(body: ReadableStream<Uint8Array>): Promise<void> {
    try {
      let text = "";
      const decoder = new TextDecoder();
      for await (const piece of body) {
        const blocks = (text + decoder.decode(piece, { stream: true })).split("\n\n");
        text = blocks.pop()!;
        for (const block of blocks) this.#take(block);
      }
    } catch (error) {
      this.#failure = error as Error;
    }
    this.#failure ??= this.#isComplete ? undefined : new Error("the stream ended without being completed");
    this.#changed();
  }

  #take(block: string): void {
    if (/^event: complete$/m.test(block)) this.#isComplete = true;
    const data = /^data: (.+)$/m.exec(block)?.[1];
    if (data) this.#events.push(JSON.parse(data));
    this.#changed();
  }
}
