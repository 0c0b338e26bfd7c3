import { setTimeout as delay } from "node:timers/promises";
import { assertMay } from "../../../platform/access/allow.js";
import type { OperationContext } from "../../../platform/context.js";
import { Waiting } from "../../../platform/database/waiting.js";
import { type LiveEvent, liveOf } from "../../../platform/graphql/live.js";
import { decodeId } from "../../../platform/graphql/opaque-id.js";
import { JobStatus } from "../../../platform/jobs/index.js";
import { findImportJob } from "../import.service.js";
import type { ImportJob } from "../import.type.js";

/** Of `NOTIFY`, which a trigger sends: `institution.job`. */
const channel = "contacts_import_job";
/** What was missed is seen after this, and also that the token has expired or rights are gone. */
const pollMs = 5_000;
/** Somebody who looks on sees no more than this. */
const pauseMs = 250;

const goesOn: ReadonlySet<JobStatus> = new Set([JobStatus.QUEUED, JobStatus.RUNNING, JobStatus.UNDOING]);

/**
 * An import as it is, and then each time it has come further, until it has ended. Each event is read with the rights of
 * that moment. Null, as the only or last event, when there is no such import for the caller, or not any more.
 * @throws CodedError UNAUTHENTICATED, FORBIDDEN when the token has expired or the right is gone
 */
export async function* followImport(opened: OperationContext, id: string): AsyncGenerator<LiveEvent<ImportJob | null>> {
  const { renew, signal } = liveOf(opened);
  const { institutionId } = opened.caller;
  const subject = `${institutionId}.${decodeId("ImportJob", id) ?? ""}`;
  const waiting = new Waiting(opened.services.pools.wakes, { channel, subject, signal, pollMs });
  try {
    let told: string | undefined;
    for (;;) {
      const context = await renew();
      assertMay(context, "import:run");
      const job = context.caller.institutionId === institutionId ? await findImportJob(context, id) : null;
      const state = JSON.stringify(job);
      if (state !== told) yield { context, value: job };
      if (!job || !goesOn.has(job.status)) return;
      told = state;
      await delay(pauseMs, undefined, { signal });
      await waiting.next();
    }
  } finally {
    waiting.stop();
  }
}
