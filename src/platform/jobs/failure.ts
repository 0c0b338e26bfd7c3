/** What is known of an error without what it may quote: PostgreSQL and parsers put values into messages and details. */
export interface FailureReport {
  readonly name: string;
  /** SQLSTATE or system error code. */
  readonly code: string | undefined;
  readonly constraint: string | undefined;
  /** Where it was thrown; the frames only. */
  readonly at: readonly string[];
}

/** An error as it may be logged. */
export function reportOf(error: unknown): FailureReport {
  if (!(error instanceof Error)) return { name: typeof error, code: undefined, constraint: undefined, at: [] };
  const { code, constraint } = error as { code?: unknown; constraint?: unknown };
  const frames = (error.stack ?? "").split("\n").filter((line) => /^ {4}at /.test(line));
  return {
    name: error.name,
    code: typeof code === "string" ? code : undefined,
    constraint: typeof constraint === "string" ? constraint : undefined,
    at: frames.slice(0, 8).map((line) => line.trim()),
  };
}

/** What pg-boss may keep of an error: it stores every property of what a task throws. */
export class TaskFailed extends Error {
  override readonly name = "TaskFailed";

  constructor({ name, code }: FailureReport) {
    super(code ? `${name} ${code}` : name);
    this.stack = undefined;
  }
}
