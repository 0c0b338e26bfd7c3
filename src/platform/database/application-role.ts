import { type Client, escapeIdentifier, escapeLiteral } from "pg";
import { StartupError } from "../errors/startup-error.js";
import { withUser } from "./one-connection.js";
import { derivedPassword, scramVerifier } from "./scram.js";

const longestName = 63;

/**
 * Makes the role that serves when only the owner's URL is known: `<database>_app`, with a password that every process
 * with the same URL derives. An owner without a password makes one without: the server lets both in by other means.
 *
 * @param owner connected under `ownerUrl`, as a role that may create roles
 * @returns role and URL of the application
 */
export async function makeApplicationRole(owner: Client, ownerUrl: string): Promise<{ role: string; url: string }> {
  const { rows } = await owner.query<{ database: string }>("SELECT current_database() AS database");
  const role = `${rows[0]!.database}_app`;
  if (Buffer.byteLength(role) > longestName)
    throw new StartupError("DATABASE_ROLE_UNFIT", `The database's name is too long to make the role ${role} from it.`);
  const purpose = `contact-file-graph role ${role}`;
  const password = owner.password ? derivedPassword(owner.password, purpose) : null;
  await createOrChange(owner, role, password === null ? "NULL" : escapeLiteral(scramVerifier(password, purpose)));
  return { role, url: withUser(ownerUrl, role, password) };
}

async function createOrChange(owner: Client, role: string, verifier: string): Promise<void> {
  // roles belong to the whole server: processes that start together take turns
  await owner.query("BEGIN; SELECT pg_advisory_xact_lock(hashtext('contact file roles'))");
  try {
    const { rowCount } = await owner.query("SELECT FROM pg_roles WHERE rolname = $1", [role]);
    const verb = rowCount === 0 ? "CREATE" : "ALTER";
    await owner.query(`${verb} ROLE ${escapeIdentifier(role)} LOGIN PASSWORD ${verifier}; COMMIT`);
  } catch (error) {
    await owner.query("ROLLBACK");
    throw new StartupError(
      "DATABASE_ROLE_UNFIT",
      `The role ${role} could not be made (${(error as Error).message}): make it yourself and set both
       DATABASE_OWNER_URL and DATABASE_URL.`,
      { cause: error },
    );
  }
}
