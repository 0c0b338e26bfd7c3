import { escapeIdentifier as quoted } from "pg";
import { withUser } from "./one-connection.js";

const placeholder = "<password>";

/**
 * What an administrator must run, and what to set then, when the only role given can neither make the role that
 * serves nor serve itself. One paragraph; shows no password.
 */
export function administratorSteps(found: { role: string; database: string; isOwner: boolean; url: string }): string {
  const { role, database, isOwner, url } = found;
  const application = `${database}_app`;
  const owner = isOwner ? role : `${database}_owner`;
  const sql = [
    ...(isOwner ? [] : [`CREATE ROLE ${quoted(owner)} LOGIN PASSWORD '${placeholder}';`]),
    `CREATE ROLE ${quoted(application)} LOGIN PASSWORD '${placeholder}';`,
    ...(isOwner ? [] : [`ALTER DATABASE ${quoted(database)} OWNER TO ${quoted(owner)};`]),
  ];
  const elsewhere = `(or, for a new database, CREATE DATABASE <name> OWNER ${quoted(owner)};)`;
  return `The database role ${role} can neither migrate the database ${database} and make the role that serves, nor serve:
    it may not create roles, and ${isOwner ? "an owner is not served from" : "the schema is not there for it"}.
    An administrator runs: ${sql.join(" ")} ${isOwner ? "" : elsewhere} Then set
    DATABASE_OWNER_URL=${shown(url, owner)} and DATABASE_URL=${shown(url, application)}`;
}

function shown(url: string, role: string): string {
  return withUser(url, role, placeholder).replace(encodeURIComponent(placeholder), placeholder);
}
