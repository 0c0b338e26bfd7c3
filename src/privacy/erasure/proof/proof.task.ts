import type { Services } from "../../../platform/context.js";
import { selectInstitutionIds } from "../../../platform/database/institution.sql.js";
import type { ScheduledTask, Task } from "../../../platform/jobs/index.js";
import { provePending } from "./pass.js";

/** Passes over an institution, once a batch has erased. Twice finds nothing left to do. */
export function erasureProof(services: Services): Task {
  return {
    queue: "privacy.erasure-proof",
    run: ({ institutionId }, signal) => provePending(services, institutionId, signal),
  };
}

/** Each night, for contacts who were erased by hand. */
export function nightlyErasureProof(services: Services): ScheduledTask {
  return {
    queue: "privacy.erasure-proofs",
    cron: "13 1 * * *",
    async run(signal) {
      for (const institutionId of await selectInstitutionIds(services.pools.api)) {
        signal.throwIfAborted();
        await provePending(services, institutionId, signal);
      }
    },
  };
}
