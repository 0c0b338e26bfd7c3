import type { Sql } from "../database/sql.js";
import { enqueue } from "../jobs/index.js";
import type { MailWish } from "./mail.js";
import { insertMail } from "./mail.sql.js";

/** Sends a mail after, and only when, the caller's transaction commits. Returns the mail's id. */
export async function queueMail(db: Sql, wish: MailWish): Promise<string> {
  const id = await insertMail(db, wish);
  await enqueue(db, "platform.mail", { institutionId: db.institutionId, id });
  return id;
}
