import "./account.messages.js";
import type { Sql } from "../../platform/database/sql.js";
import { problem } from "../../platform/errors/user-error.js";
import { refuse } from "../../platform/idempotency.js";
import { isEmail } from "../contact.validation.js";
import { lockLogin, selectAccounts, selectIsLoginTaken, upsertAccount } from "./account.sql.js";

/**
 * Gives an individual an internet account, in place of one that is disabled; nothing happens when he has this one.
 * Part of a mutation's transaction, in which the contact was made or locked.
 *
 * A login that a contact has whom the caller does not see is not refused: the refusal would tell of him. Both keep
 * their account then; whoever sees both, as the identity provider does, finds that the younger may not log in.
 *
 * @param field the input field of the login; refused for it are INVALID_EMAIL, LOGIN_NOT_AVAILABLE and ACCOUNT_EXISTS
 * @returns whether anything changed
 */
export async function createAccount(db: Sql, contactId: string, login: string, field = "login"): Promise<boolean> {
  if (!isEmail(login)) refuse(problem("INVALID_EMAIL", [field]));
  const [account] = await selectAccounts(db, [contactId]);
  if (account && !account.disabledAt) {
    if (account.login.toLowerCase() === login.toLowerCase()) return false;
    refuse(problem("ACCOUNT_EXISTS", [field]));
  }
  await lockLogin(db, login);
  if (await selectIsLoginTaken(db, contactId, login)) refuse(problem("LOGIN_NOT_AVAILABLE", [field]));
  await upsertAccount(db, contactId, login);
  return true;
}
