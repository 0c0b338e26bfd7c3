import { setTimeout as wait } from "node:timers/promises";
import { hasSpareConnection } from "../../platform/database/pools.js";
import { assertSameRights } from "../../platform/jobs/index.js";
import type { ImportChunk } from "./chunk-reader.js";
import { type ImportWork, importChunk } from "./import-chunk.js";
import { oneAhead } from "./one-ahead.js";

/** A chunk had to be repeated, or stood behind one that had to: it was rolled back, to be done again alone. */
class Withdrawn extends Error {
  override readonly name = "Withdrawn";
}

/** A chunk in a transaction that is tried once. */
class Lane {
  /** Its contacts are: the next chunk may begin. */
  readonly locked: Promise<void>;
  readonly ended: Promise<boolean>;

  constructor(
    work: ImportWork,
    readonly chunk: ImportChunk,
    before: Lane | undefined,
  ) {
    const locked = Promise.withResolvers<void>();
    let tries = 0;
    this.ended = importChunk(work, chunk, {
      begin() {
        if (++tries > 1) throw new Withdrawn();
      },
      locked: locked.resolve,
      before: async () => (before ? soon(before.ended) : true),
    });
    this.ended.then(
      () => locked.resolve(),
      () => locked.resolve(),
    );
    this.locked = locked.promise;
  }
}

/** How long a chunk waits for the one before, while it holds locks. */
const patienceMs = 30_000;

async function soon<Result>(ended: Promise<Result>): Promise<Result> {
  const waiting = new AbortController();
  const late = wait(patienceMs, undefined, { signal: waiting.signal }).then(() => {
    throw new Withdrawn();
  });
  try {
    return await Promise.race([ended, late]);
  } finally {
    waiting.abort();
    late.catch(() => undefined);
  }
}

/**
 * Deals with chunks in their order, two at a time where their type allows it and a connection is to spare; each commits
 * after the one before it. One that meets others (a deadlock) is rolled back, and so is the one behind it before either is
 * repeated: while that waits here for its turn, it holds locks of which PostgreSQL cannot know that they are waited for.
 * @returns false when another run has the job, or it was cancelled
 * @throws RightsChanged before a chunk; those before it were written
 */
export async function importChunks(
  work: ImportWork,
  chunks: AsyncGenerator<ImportChunk>,
  signal: AbortSignal,
): Promise<boolean> {
  const onTheWay: Lane[] = [];
  try {
    for await (const chunk of oneAhead(chunks)) {
      signal.throwIfAborted();
      if (chunk.last <= work.job.cursor) continue;
      await assertSameRights(work.context, work.job.claims);
      const lane = new Lane(work, chunk, onTheWay[0]);
      onTheWay.push(lane);
      await lane.locked;
      const mayOverlap = work.overlaps && hasSpareConnection(work.context.services.pools.bulk);
      if (!(await settle(work, onTheWay, mayOverlap ? 1 : 0))) return false;
    }
    return await settle(work, onTheWay, 0);
  } finally {
    await Promise.allSettled(onTheWay.map(({ ended }) => ended));
  }
}

/** Waits until no more than so many are on their way. */
async function settle(work: ImportWork, onTheWay: Lane[], atMost: number): Promise<boolean> {
  while (onTheWay.length > atMost) {
    try {
      if (!(await onTheWay[0]!.ended)) return false;
      onTheWay.shift();
    } catch (error) {
      if (!(error instanceof Withdrawn)) throw error;
      await Promise.allSettled(onTheWay.map(({ ended }) => ended));
      for (const { chunk } of onTheWay.splice(0)) if (!(await importChunk(work, chunk))) return false;
    }
  }
  return true;
}
