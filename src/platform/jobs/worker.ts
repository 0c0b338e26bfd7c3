import { setTimeout as delay } from "node:timers/promises";
import { type Job, PgBoss } from "pg-boss";
import type { Logger } from "pino";
import { reportOf, TaskFailed } from "./failure.js";
import type { JobPayload, QueueName, ScheduledTask, Task } from "./job.js";

export interface WorkerOptions {
  /** Of the role that serves. */
  readonly url: string;
  readonly tasks: readonly Task[];
  readonly schedules?: readonly ScheduledTask[];
  readonly log: Logger;
  /** Connections of its own, so that a full pool never delays a heartbeat; one more listens. 2 when left out. */
  readonly connections?: number;
  /** How often an idle worker that nobody wakes looks for jobs; at least 500. 1000 when left out. */
  readonly pollMs?: number;
  /** How often killed workers are looked for. Their jobs run again after this plus the queue's heartbeat of 10 s. */
  readonly superviseMs?: number;
}

export interface JobWorker {
  /**
   * Takes no more jobs, aborts those that run and gives them `graceMs` to come to a safe point. They are handed back,
   * and another worker, or this one after its next start, resumes them.
   */
  stop(graceMs?: number): Promise<void>;
}

/** Runs jobs in this process until it is stopped. The schema must have been migrated. */
export async function startWorker(options: WorkerOptions): Promise<JobWorker> {
  const { log, tasks, schedules = [] } = options;
  const boss = new PgBoss({
    connectionString: options.url,
    max: options.connections ?? 2,
    application_name: "contact-file-graph jobs",
    ...ownedByMigrations,
    // wakes workers at once; what it misses, such as jobs that run again, the poll finds
    useListenNotify: true,
    ...intervals(options.superviseMs ?? 5_000),
    schedule: schedules.length > 0,
  });
  boss.on("error", (error) => log.error({ failure: reportOf(error) }, "the job queue failed"));
  boss.on("warning", ({ message }) => log.warn({ warning: message }, "the job queue warns"));
  await boss.start();
  const stopping = new AbortController();
  const pollingIntervalSeconds = (options.pollMs ?? 1_000) / 1000;
  const work = new Work(boss, log, stopping.signal, pollingIntervalSeconds);
  for (const task of tasks) {
    for (let lane = 0; lane < (task.concurrency ?? 1); lane++) await work.start(task.queue, runOf(task));
  }
  for (const { queue, cron, run } of schedules) {
    await boss.schedule(queue, cron);
    await work.start(queue, (_, signal) => run(signal));
  }
  return { stop: (graceMs = 10_000) => stop(boss, work, stopping, graceMs) };
}

/** pg-boss changes nothing but rows: it is the application's role that runs it. */
const ownedByMigrations = {
  migrate: false,
  createSchema: false,
  reindex: false,
  monitorVacuum: false,
  persistQueueStats: false,
  persistWarnings: false,
} as const;

function intervals(superviseMs: number) {
  const seconds = Math.max(1, Math.round(superviseMs / 1000));
  return { superviseIntervalSeconds: seconds, monitorIntervalSeconds: seconds, flowIntervalSeconds: 600 };
}

type Run = (payload: JobPayload, signal: AbortSignal) => Promise<void>;

const runOf =
  (task: Task): Run =>
  (payload, signal) =>
    task.run(payload, signal);

class Work {
  readonly #lanes: { queue: QueueName; id: string }[] = [];

  constructor(
    private readonly boss: PgBoss,
    private readonly log: Logger,
    private readonly stopping: AbortSignal,
    private readonly pollingIntervalSeconds: number,
  ) {}

  async start(queue: QueueName, run: Run): Promise<void> {
    let lane: string | undefined;
    const options = { batchSize: 1, pollingIntervalSeconds: this.pollingIntervalSeconds };
    lane = await this.boss.work<JobPayload>(queue, options, async ([job]) => {
      // pg-boss would wait out its interval after each job: like this it looks at once, and a backlog drains
      if (lane) this.boss.notifyWorker(lane);
      await this.#handle(job!, run);
    });
    this.#lanes.push({ queue, id: lane });
  }

  async #handle(job: Job<JobPayload>, run: Run): Promise<void> {
    const signal = AbortSignal.any([job.signal, this.stopping]);
    const at = {
      queue: job.name,
      institutionId: job.data?.institutionId,
      id: job.data?.id,
      attempt: job.retryCount + 1,
    };
    const startedAt = performance.now();
    try {
      await run(job.data, signal);
      this.log.info({ ...at, durationMs: Math.round(performance.now() - startedAt) }, "the job has ended");
    } catch (error) {
      const failure = reportOf(error);
      if (signal.aborted) this.log.info(at, "the job was handed back");
      else this.log.error({ ...at, failure }, "the job failed and will run again");
      throw new TaskFailed(failure);
    }
  }

  /** Waits for what runs. */
  async end(): Promise<void> {
    await Promise.all(this.#lanes.map(({ queue, id }) => this.boss.offWork(queue, { id, wait: true })));
  }
}

async function stop(boss: PgBoss, work: Work, stopping: AbortController, graceMs: number): Promise<void> {
  stopping.abort(new Error("the worker stops"));
  const grace = new AbortController();
  await Promise.race([work.end(), delay(graceMs, undefined, { signal: grace.signal }).catch(() => undefined)]);
  grace.abort();
  // fails what did not come to an end, which is what has it run elsewhere, and closes the connections
  await boss.stop({ graceful: false });
}
