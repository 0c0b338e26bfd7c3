export { enqueue } from "./enqueue.js";
export type { JobPayload, ScheduledTask, Task } from "./job.js";
export { type JobWorker, startWorker } from "./worker.js";
