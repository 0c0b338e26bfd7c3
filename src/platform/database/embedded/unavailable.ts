/** No embedded PostgreSQL can run here. The message is one line, for the person at the terminal. */
export class EmbeddedPostgresUnavailable extends Error {
  override readonly name = "EmbeddedPostgresUnavailable";

  constructor(reason: string, options?: ErrorOptions) {
    const line = reason.replace(/\s*\n\s*/g, " ").trim();
    super(`The embedded PostgreSQL cannot run: ${line}. Set DATABASE_URL to use a server of your own.`, options);
  }
}
