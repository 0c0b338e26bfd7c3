import http from "node:http";
import https from "node:https";
import type { ExecutionRequest, ExecutionResult } from "@graphql-tools/utils";
import { print } from "graphql";
import { type RemoteSubgraph, remoteHeaders, revived, unreachable } from "./remote-subgraph.js";

/** Longer than the other side is ever silent: it sends a sign of life each 12 seconds. */
const silenceMs = 40_000;

/**
 * Subscribes to a subgraph that runs elsewhere, by server-sent events (the distinct connections mode of GraphQL over SSE).
 * Each subscription has a connection of its own, which ends with it. When the other side goes, that is the last event.
 */
export function subscribeOverHttp(
  subgraph: RemoteSubgraph,
  request: ExecutionRequest,
): AsyncIterableIterator<ExecutionResult> {
  return new RemoteResults(
    () => open(subgraph, request),
    (error) => {
      subgraph.onFailure(error);
      return unreachable(subgraph.name);
    },
  );
}

interface OpenCall {
  readonly call: http.ClientRequest;
  readonly events: AsyncGenerator<ExecutionResult>;
}

function open({ url: address, timeoutMs }: RemoteSubgraph, request: ExecutionRequest): OpenCall {
  const { document, variables, operationName, context } = request;
  const body = JSON.stringify({ query: print(document), variables, operationName });
  const headers = { ...remoteHeaders(context), accept: "text/event-stream", "content-length": Buffer.byteLength(body) };
  const url = new URL(address);
  // no agent of requests: these connections stay taken
  const call = (url.protocol === "https:" ? https : http).request(url, { method: "POST", headers, agent: false });
  const answer = answerOf(call, timeoutMs);
  // whoever has hung up before it is there does not ask for it any more
  answer.catch(() => undefined);
  call.end(body);
  return { call, events: readEvents(answer) };
}

async function* readEvents(answer: Promise<http.IncomingMessage>): AsyncGenerator<ExecutionResult> {
  const response = await answer;
  response.setEncoding("utf8");
  response.setTimeout(silenceMs, () => response.destroy(new Error("no sign of life")));
  let text = "";
  for await (const piece of response as AsyncIterable<string>) {
    const blocks = (text + piece).split("\n\n");
    text = blocks.pop()!;
    for (const block of blocks) {
      if (/^event: complete$/m.test(block)) return;
      const data = /^data: (.+)$/m.exec(block)?.[1];
      if (data !== undefined) yield resultOf(data);
    }
  }
  throw new Error("the subscription broke off");
}

function answerOf(call: http.ClientRequest, timeoutMs: number): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => call.destroy(new Error("no answer in time")), timeoutMs);
    // also when it breaks later: the response then says so
    call.on("error", reject);
    call.once("close", () => clearTimeout(timer));
    call.once("response", (response) => {
      clearTimeout(timer);
      if (response.headers["content-type"]?.startsWith("text/event-stream")) resolve(response);
      else call.destroy(new Error(`no events but status ${response.statusCode}`));
    });
  });
}

function resultOf(data: string): ExecutionResult {
  const { errors, ...result } = JSON.parse(data) as ExecutionResult;
  return errors ? { ...result, errors: errors.map(revived) } : result;
}

/** Calls when somebody asks for the first event: nothing is open that nobody listens to. */
class RemoteResults implements AsyncIterableIterator<ExecutionResult> {
  #opened: OpenCall | undefined;
  #hasEnded = false;

  constructor(
    private readonly open: () => OpenCall,
    private readonly failed: (error: Error) => ReturnType<typeof unreachable>,
  ) {}

  async next(): Promise<IteratorResult<ExecutionResult>> {
    if (this.#hasEnded) return finished;
    try {
      this.#opened ??= this.open();
      const { done, value } = await this.#opened.events.next();
      if (!done) return { done, value };
      this.#end();
      return finished;
    } catch (error) {
      if (this.#hasEnded) return finished;
      this.#end();
      return { done: false, value: { errors: [this.failed(error as Error)] } };
    }
  }

  async return(): Promise<IteratorResult<ExecutionResult>> {
    this.#end();
    return finished;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** What waits for the next event ends with the connection. */
  #end(): void {
    this.#hasEnded = true;
    this.#opened?.call.destroy();
  }
}

const finished = { done: true, value: undefined } as const;
