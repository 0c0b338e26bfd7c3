export { enqueue } from "./enqueue.js";
export { type FailureReport, reportOf } from "./failure.js";
export type { JobPayload, QueueName, ScheduledTask, Task } from "./job.js";
export { type JobWorker, startWorker, type WorkerOptions } from "./worker.js";
