import { type DestinationStream, type Logger, pino } from "pino";

/**
 * The log of a process: JSON lines. Callers name fields that are not personal (request ids, logins, codes, counts);
 * errors lose their values here, because those of PostgreSQL and of JSON.parse repeat what was sent.
 */
export function createLog(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    serializers: { err: errorForLog },
    formatters: { level: (label: string) => ({ level: label }) },
  };
  return destination ? pino(options, destination) : pino(options);
}

interface LoggedError {
  type: string;
  message: string;
  code?: string;
  /** Where PostgreSQL complained: its names, never its values. */
  constraint?: string;
  table?: string;
  frames: string[];
  cause?: LoggedError;
}

const mostFrames = 12;
const deepestCause = 4;

/** What of an error may be logged: its type, its codes, where it happened, and its message without quoted values. */
function errorForLog(error: unknown, depth = 0): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: "", frames: [] };
  const { code, constraint, table } = error as { code?: unknown; constraint?: unknown; table?: unknown };
  const cause = (error as { originalError?: unknown }).originalError ?? error.cause;
  return {
    type: error.name,
    message: withoutValues(error.message),
    ...(typeof code === "string" && { code }),
    ...(typeof constraint === "string" && { constraint }),
    ...(typeof table === "string" && { table }),
    frames: framesOf(error),
    ...(cause instanceof Error && depth < deepestCause && { cause: errorForLog(cause, depth + 1) }),
  };
}

/** Quoted texts, addresses and long numbers are what people typed; names of columns and types are not quoted by us. */
function withoutValues(message: string): string {
  return message
    .slice(0, 500)
    .replace(/"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?|`[^`]*`?/gs, "…")
    .replace(/[^\s@]+@[^\s@]+/g, "…")
    .replace(/\+?\d(?:[\d .-]*\d){5,}/g, "…")
    .replace(/\([^)]*\)=\([^)]*\)/g, "…");
}

function framesOf(error: Error): string[] {
  const lines = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  return lines.slice(0, mostFrames).map((line) => line.trim());
}
