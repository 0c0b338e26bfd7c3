import { escapeIdentifier as quoted } from "pg";
import { withConnection, withUser } from "./one-connection.js";

/** The two ways into one database: the owner migrates, the application serves. */
export interface DatabaseUrls {
  readonly ownerUrl: string;
  readonly applicationUrl: string;
  readonly applicationRole: string;
}

const ownerRole = "contact_file_owner";
const applicationRole = "contact_file_app";

/**
 * Makes the two roles of an embedded server and hands the database of the URL to the owner. They have no passwords:
 * only who may enter the socket's folder reaches the server.
 *
 * @param superuserUrl used here and nowhere else
 */
export async function prepareEmbeddedRoles(superuserUrl: string): Promise<DatabaseUrls> {
  await withConnection(superuserUrl, async (superuser) => {
    // roles belong to the whole server: two processes that start at once may both want to make them
    await superuser.query("SELECT pg_advisory_lock(hashtext('contact file roles'))");
    for (const role of [ownerRole, applicationRole]) {
      const { rowCount } = await superuser.query("SELECT FROM pg_roles WHERE rolname = $1", [role]);
      if (rowCount === 0) await superuser.query(`CREATE ROLE ${quoted(role)} LOGIN`);
    }
    const { rows } = await superuser.query<{ database: string }>("SELECT current_database() AS database");
    await superuser.query(`ALTER DATABASE ${quoted(rows[0]!.database)} OWNER TO ${quoted(ownerRole)}`);
  });
  return {
    ownerUrl: withUser(superuserUrl, ownerRole, null),
    applicationUrl: withUser(superuserUrl, applicationRole, null),
    applicationRole,
  };
}
