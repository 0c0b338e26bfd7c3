import { isSomething } from "./answers.js";
import { seed } from "./chance.js";
import type { Answer, Ask, Pair } from "./pair.js";
import type { Asker, Setting } from "./settings.js";
import { smallest } from "./shrink.js";

interface Body {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly { readonly extensions?: { readonly code?: string } }[];
}

const longestShown = 3_000;
const batch = 20;

/** One caller who asks both databases the same, and must not be able to tell them apart. */
export class Examination {
  /** Root fields that were answered with something, and without an error. */
  readonly answered = new Set<string>();
  /** How many operations were compared. */
  count = 0;

  constructor(
    private readonly pair: Pair,
    readonly setting: Setting,
    readonly asker: Asker,
  ) {}

  /** Asks for something that can be asked again. @throws Error with the smallest operation that tells the two apart */
  async read(ask: Ask): Promise<Body> {
    const [a, b] = await this.#ask(ask);
    if (!isSame(a, b)) {
      const shown = await this.#smallest(ask, (one, other) => !isSame(one, other));
      return this.#fail(shown, await this.#ask(shown), []);
    }
    if (isInvalid(a)) throw unexpected(ask, a);
    if (!isFault(a)) return this.#note(JSON.parse(a.body) as Body);
    const shown = await this.#smallest(ask, isFault);
    throw unexpected(shown, (await this.#ask(shown))[0]);
  }

  /** The same for many, some in each request: what one of them shows is then asked for alone. */
  async readAll(asks: readonly Ask[]): Promise<Body[]> {
    const bodies: Body[] = [];
    for (let start = 0; start < asks.length; start += batch) {
      const some = asks.slice(start, start + batch);
      bodies.push(...((await this.#readTogether(some)) ?? (await this.#readAlone(some))));
    }
    return bodies;
  }

  /** Null when there is something to be looked at. */
  async #readTogether(asks: readonly Ask[]): Promise<Body[] | null> {
    this.count += asks.length;
    const [a, b] = await this.pair.askAll(this.setting, this.asker, asks);
    if (!isSame(a, b) || isFault(a) || isInvalid(a) || !a.body.startsWith("[")) return null;
    return (JSON.parse(a.body) as Body[]).map((body) => this.#note(body));
  }

  async #readAlone(asks: readonly Ask[]): Promise<Body[]> {
    const bodies: Body[] = [];
    for (const ask of asks) bodies.push(await this.read(ask));
    return bodies;
  }

  #smallest(ask: Ask, shows: (a: Answer, b: Answer) => boolean): Promise<Ask> {
    return smallest(ask, async (candidate) => shows(...(await this.#ask(candidate))));
  }

  /** Asks for a change. @param before what was changed since both were last seen to look the same */
  async change(ask: Ask, before: readonly Ask[] = []): Promise<Body> {
    const answers = await this.#ask(ask);
    if (!isSame(...answers)) return this.#fail(ask, answers, before);
    if (isFault(answers[0]) || isInvalid(answers[0])) throw unexpected(ask, answers[0]);
    await this.pair.settle();
    const apart = await this.pair.alignIds();
    if (apart.length > 0 && !isAccepted(answers[0]))
      throw new Error(`${described(ask)}\nwas refused, and in one of the databases took ids of ${apart.join(", ")}`);
    return this.#note(JSON.parse(answers[0].body) as Body);
  }

  /** Status and body of one of the two, which are alike. */
  async answer(ask: Ask): Promise<string> {
    const [a, b] = await this.#ask(ask);
    if (!isSame(a, b)) this.#fail(ask, [a, b], []);
    if (isFault(a) || isInvalid(a)) throw unexpected(ask, a);
    return `${a.status} ${a.body}`;
  }

  /** Sees whether both still look the same. */
  async confirm(asks: readonly Ask[], changes: readonly Ask[]): Promise<void> {
    this.count += asks.length;
    const together = await this.pair.askAll(this.setting, this.asker, asks);
    for (const ask of isSame(...together) ? [] : asks) {
      const answers = await this.#ask(ask);
      if (!isSame(...answers)) this.#fail(ask, answers, changes);
    }
  }

  #ask(ask: Ask) {
    this.count++;
    return this.pair.ask(this.setting, this.asker, ask);
  }

  #note(answer: Body): Body {
    if (answer.errors) return answer;
    for (const [name, value] of Object.entries(answer.data ?? {})) if (isSomething(value)) this.answered.add(name);
    return answer;
  }

  #fail(ask: Ask, [a, b]: readonly [Answer, Answer], changes: readonly Ask[]): never {
    const history = changes.length > 0 ? `\nafter ${changes.map(described).join("\nand ")}` : "";
    throw new Error(
      `${this.asker.name} can tell what is hidden from him ${this.setting.name} (seed ${seed}):\n${described(ask)}${history}\n` +
        `one database: ${shown(a, b)}\nthe other:    ${shown(b, a)}`,
    );
  }
}

/**
 * What follows from a change for people unseen, such as the end of a connection, takes ids too (docs/non-interference.md).
 * Whoever changed nothing has nothing follow.
 */
function isAccepted({ body }: Answer): boolean {
  const { data, errors } = JSON.parse(body) as Body;
  const payloads = Object.values(data ?? {}) as readonly ({ readonly userErrors?: readonly unknown[] } | null)[];
  return !errors && payloads.every((payload) => payload !== null && (payload.userErrors ?? []).length === 0);
}

/** Nothing that a caller can send is a reason for one of these. */
function isFault({ status, body }: Answer): boolean {
  return status >= 500 || body.includes('"code":"INTERNAL_SERVER_ERROR"');
}

/** The corpus itself is wrong: nothing was asked. What a change says in `userErrors` was. */
function isInvalid({ body }: Answer): boolean {
  return /"extensions":{"code":"(GRAPHQL_VALIDATION_FAILED|GRAPHQL_PARSE_FAILED|QUERY_TOO|TOO_MANY|DOCUMENT_TOO)/.test(
    body,
  );
}

function unexpected(ask: Ask, { status, body }: Answer): Error {
  return new Error(`an unexpected error: ${described(ask)}\n${status} ${body.slice(0, longestShown)}`);
}

function isSame(a: Answer, b: Answer): boolean {
  return a.status === b.status && a.body === b.body && JSON.stringify(a.headers) === JSON.stringify(b.headers);
}

function described({ at, query, variables, file }: Ask): string {
  const content = file === undefined ? "" : `\nwith the file\n${file}`;
  return `[${at}] ${query.slice(0, longestShown)}\nvariables ${JSON.stringify(variables)}${content}`;
}

/** What is only in the first of two answers; of the body, the part from the first difference on. */
function shown(answer: Answer, other: Answer): string {
  const headers = answer.headers.filter(
    ([name, value]) => !other.headers.some(([key, its]) => key === name && its === value),
  );
  const start = [...answer.body].findIndex((character, index) => character !== other.body[index]);
  const body =
    answer.body.length <= longestShown
      ? answer.body
      : `…${answer.body.slice(Math.max(0, start - 500), start + 1_000)}…`;
  return `${answer.status} ${headers.map(([name, value]) => `${name}: ${value}`).join(", ")} ${body}`;
}
