import pg from "pg";

/** Runs `work` on a connection of its own and closes it, whatever happens. For what is done once, at start. */
export async function withConnection<Result>(
  url: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString: url, application_name: "contact-file-graph start" });
  // a connection that breaks also fails the statement that it runs: that error is the one to report
  client.on("error", () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The URL with another user; a password of null removes it. Host, port, database and options stay. */
export function withUser(url: string, user: string, password: string | null): string {
  const changed = /^(\w+:\/\/)(?:[^@/?]*@)?(.*)$/s.exec(url);
  if (!changed) throw new TypeError("a database URL begins with postgresql://");
  const secret = password === null ? "" : `:${encodeURIComponent(password)}`;
  return `${changed[1]}${encodeURIComponent(user)}${secret}@${changed[2]}`;
}
