export { enqueue } from "./enqueue.js";
export { reportOf } from "./failure.js";
export type { JobPayload, ScheduledTask, Task } from "./job.js";
export { jobCounts } from "./job-counts.js";
export { type JobWorker, startWorker } from "./worker.js";
