/** Why a process does not start. Part of the operations guide: add, never rename. */
export type StartupCode =
  | "DATABASE_UNREACHABLE"
  | "DATABASE_TOO_OLD"
  | "DATABASE_ROLE_MISSING"
  | "DATABASE_ROLE_UNSAFE"
  | "DATABASE_ROLE_UNFIT"
  | "DATABASE_NOT_MIGRATED"
  | "DATABASE_NEWER"
  | "DATABASE_MIGRATION_FAILED"
  | "DATABASE_CONNECTIONS"
  | "EMBEDDED_DATABASE"
  | "FILE_STORE_UNREACHABLE"
  | "FILE_STORE_UNFIT"
  | "SETTING_INVALID"
  | "PORT_TAKEN";

/** The process cannot start. The message is one paragraph for the person at the terminal: what is wrong, what to do. */
export class StartupError extends Error {
  override readonly name = "StartupError";

  constructor(
    readonly code: StartupCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message.replace(/\s*\n\s*/g, " ").trim(), options);
  }
}
