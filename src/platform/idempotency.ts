import { createHmac, timingSafeEqual } from "node:crypto";
import type { OperationContext } from "./context.js";
import type { BulkSql, Sql } from "./database/sql.js";
import { Rollback } from "./database/transaction.js";
import { type Problem, problem } from "./errors/user-error.js";
import "./idempotency.messages.js";
import { claimKey, type KeyScope, keepResult, type ResultIds, selectKey } from "./idempotency.sql.js";

export { purgeIdempotencyKeys, type ResultIds } from "./idempotency.sql.js";

export interface Refused {
  /** Why nothing was changed. */
  readonly problems: readonly Problem[];
}

export interface IdempotentCall {
  readonly mutation: string;
  /** The caller's `idempotencyKey`. Without one, each call is a change of its own. */
  readonly key: string | null | undefined;
  /** What makes two calls the same: the whole input; its `idempotencyKey` does not count. */
  readonly input: object;
}

const longestKey = 200;
const keyPattern = new RegExp(`^\\P{Cc}{1,${longestKey}}$`, "u");

/** Ends a mutation's transaction with what the caller has to mend: nothing stays written. */
export function refuse(...problems: readonly Problem[]): never {
  throw new Rollback<Refused>({ problems });
}

/**
 * Runs a mutation's transaction, once per idempotency key (design 4). The key is written in that transaction, so a
 * twin waits for it. A repeat within 72 hours changes nothing and has the same ids, to be read again with the rights
 * of that moment; nothing else of a result is kept. What was refused leaves no key.
 *
 * @param work makes the change, or calls {@link refuse}
 * @returns the ids, or the problems: those of `work`, IDEMPOTENCY_KEY_INVALID, or IDEMPOTENCY_KEY_REUSED when the key
 *   stands for another input
 */
export async function idempotent<Ids extends ResultIds>(
  context: OperationContext,
  call: IdempotentCall,
  work: (db: Sql) => Promise<Ids>,
): Promise<{ ids: Ids } | Refused> {
  return once<Sql, Ids>(context, call, work, (inside) => context.transaction(inside));
}

/** As {@link idempotent}, for long work: on its own pool, with COPY. */
export async function idempotentInBulk<Ids extends ResultIds>(
  context: OperationContext,
  call: IdempotentCall,
  work: (db: BulkSql) => Promise<Ids>,
): Promise<{ ids: Ids } | Refused> {
  return once<BulkSql, Ids>(context, call, work, (inside) => context.bulkTransaction(inside));
}

type Done<Ids> = { ids: Ids } | Refused;

async function once<Db extends Sql, Ids extends ResultIds>(
  context: OperationContext,
  call: IdempotentCall,
  work: (db: Db) => Promise<Ids>,
  transaction: (inside: (db: Db) => Promise<Done<Ids>>) => Promise<Done<Ids>>,
): Promise<Done<Ids>> {
  const { key } = call;
  if (key == null) return transaction(async (db) => ({ ids: await work(db) }));
  if (!keyPattern.test(key) || !key.isWellFormed()) {
    return { problems: [problem("IDEMPOTENCY_KEY_INVALID", ["idempotencyKey"], { longest: longestKey })] };
  }
  const { kind, login } = context.caller;
  const scope: KeyScope = { caller: `${kind}:${login}`, mutation: call.mutation, key: keptKey(context, key) };
  const digest = digestOf(context, scope, call.input);
  return transaction(async (db) => {
    if (!(await claimKey(db, scope, digest))) return { ids: (await keptIds(db, scope, digest)) as Ids };
    const ids = await work(db);
    await keepResult(db, scope, ids);
    return { ids };
  });
}

async function keptIds(db: Sql, scope: KeyScope, digest: Buffer): Promise<ResultIds> {
  const kept = await selectKey(db, scope);
  if (!kept) throw new Error("a taken idempotency key has no row");
  if (!timingSafeEqual(kept.inputDigest, digest)) return refuse(problem("IDEMPOTENCY_KEY_REUSED", ["idempotencyKey"]));
  return kept.resultIds;
}

/** A caller may put anything into a key, an e-mail address for one: it is kept as a keyed hash. */
function keptKey({ services, caller }: OperationContext, key: string): string {
  const text = JSON.stringify(["idempotency key", caller.institutionId, key]);
  return createHmac("sha256", services.secret).update(text).digest("base64url");
}

/** Keyed, and different for each scope: the table does not tell who sent what, nor that two sent the same. */
function digestOf(context: OperationContext, { caller, mutation, key }: KeyScope, input: object): Buffer {
  const { idempotencyKey: _, ...rest } = input as { idempotencyKey?: unknown };
  const text = canonicalJson(["idempotency", context.caller.institutionId, caller, mutation, key, rest]);
  return createHmac("sha256", context.services.secret).update(text).digest();
}

/**
 * JSON that is the same for the same input, in whatever order its fields came. A field that is `null` differs from one
 * that was left out: the one clears, the other keeps.
 * @throws TypeError for what JSON would drop in silence, such as a file that is still to be read
 */
export function canonicalJson(value: unknown): string {
  if (value instanceof Date) return JSON.stringify({ instant: value.toISOString() });
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (value !== null && typeof value === "object") {
    if (typeof (value as { then?: unknown }).then === "function") throw new TypeError("an input holds a promise");
    const fields = Object.entries(value).filter(([, field]) => field !== undefined);
    const sorted = fields.sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${sorted.map(([name, field]) => `${JSON.stringify(name)}:${canonicalJson(field)}`).join(",")}}`;
  }
  const isJson = value === null || typeof value === "string" || typeof value === "boolean" || Number.isFinite(value);
  if (!isJson) throw new TypeError(`an input holds a ${typeof value}`);
  return JSON.stringify(value);
}
