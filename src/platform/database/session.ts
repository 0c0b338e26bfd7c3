import { createHash } from "node:crypto";
import pg from "pg";
import { dayIn } from "../clock.js";
import type { SqlSession } from "./sql.js";

function integer(value: number): string {
  if (!Number.isInteger(value) || value < 0) throw new TypeError("a session needs whole numbers");
  return `'${value}'`;
}

/** A transaction's first message. SET LOCAL, because it is the form that also travels to the workers of a cluster. */
export function beginStatement(session: SqlSession, mode: "READ ONLY" | "READ WRITE"): string {
  const { ownContactId, communityIds = [] } = session;
  const ids = ownContactId === null ? communityIds : [ownContactId, ...communityIds];
  if (!ids.every((id) => /^\d+$/.test(id))) throw new TypeError("bad contact id");
  const now = session.clock.now();
  return [
    `BEGIN ${mode}`,
    `SET LOCAL app.institution = ${integer(session.institutionId)}`,
    `SET LOCAL app.clearance = ${integer(session.clearance)}`,
    `SET LOCAL app.own_contact = '${ownContactId ?? ""}'`,
    ...(communityIds.length > 0 ? [`SET LOCAL app.community = '{${communityIds.join(",")}}'`] : []),
    `SET LOCAL app.actor = ${pg.escapeLiteral(session.actor.slice(0, 200))}`,
    `SET LOCAL app.actor_kind = ${pg.escapeLiteral(session.actorKind)}`,
    `SET LOCAL app.source = ${pg.escapeLiteral(session.source)}`,
    `SET LOCAL app.now = '${now.toISOString()}'`,
    `SET LOCAL app.today = '${dayIn(session.timeZone, now)}'`,
  ].join("; ");
}

const names = new Map<string, string>();
const remembered = 2_000;

/** A prepared statement: named after its leading comment, so that slow queries are found by search. */
export function prepared(text: string, values: readonly unknown[]): pg.QueryConfig {
  let name = names.get(text);
  if (name === undefined) {
    const label = /^\s*\/\* (\w+) /.exec(text)?.[1] ?? "statement";
    name = `${label.slice(0, 40)}_${createHash("sha256").update(text).digest("base64url").slice(0, 12)}`;
    if (names.size >= remembered) names.clear();
    names.set(text, name);
  }
  return { name, text, values: values as unknown[] };
}
