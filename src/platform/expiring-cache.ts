import type { Clock } from "./clock.js";

interface Kept<Value> {
  readonly value: Promise<Value>;
  /** When it was asked for, in milliseconds: what it says may be that old. */
  readonly askedAt: number;
}

/** Values that are loaded once for all who want them at a time, and again when they are older than the lifetime. */
export class ExpiringCache<Value> {
  readonly #kept = new Map<string, Kept<Value>>();

  constructor(
    private readonly clock: Clock,
    private readonly options: { readonly lifetimeMs: number; readonly capacity: number },
  ) {}

  /** @param load asked when the value is missing or too old; a failure is not kept */
  get(key: string, load: () => Promise<Value>): Promise<Value> {
    const now = this.clock.now().getTime();
    const kept = this.#kept.get(key);
    this.#kept.delete(key);
    // a clock that was set back counts as expired
    const isFresh = kept && now >= kept.askedAt && now - kept.askedAt < this.options.lifetimeMs;
    const entry = isFresh ? kept : { value: load(), askedAt: now };
    this.#kept.set(key, entry); // the last one in is the last one out
    if (this.#kept.size > this.options.capacity) this.#kept.delete(this.#kept.keys().next().value!);
    if (!isFresh) entry.value.catch(() => this.#forget(key, entry));
    return entry.value;
  }

  #forget(key: string, entry: Kept<Value>): void {
    if (this.#kept.get(key) === entry) this.#kept.delete(key);
  }
}
