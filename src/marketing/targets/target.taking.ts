import type { OperationContext } from "../../platform/context.js";
import type { Sql } from "../../platform/database/sql.js";
import { type Problem, problem } from "../../platform/errors/user-error.js";
import { encodeId } from "../../platform/graphql/opaque-id.js";
import type { WantedTarget } from "../../platform/ports.js";
import { analyzeTaken, createTaken, keepMembers } from "./member.sql.js";
import { TargetKind } from "./target.enums.js";
import { askFilter, membershipOf } from "./target.membership.js";
import { findTarget } from "./target.reading.js";

/** What other modules need to know of a target before they take its contacts; null when there is none for the caller. */
export async function findWantedTarget(context: OperationContext, id: string): Promise<WantedTarget | null> {
  const target = await findTarget(context, encodeId("Target", id));
  if (!target) return null;
  const asked = target.filter && (await askFilter(context, target.filter, []));
  const problems = asked && "problems" in asked ? asked.problems : [];
  return { name: target.name, isDynamic: target.kind === TargetKind.DYNAMIC, problems };
}

/** Whom a target has for the caller now, into the temporary table `target_taken`. @returns why he may not ask it */
export async function takeTarget(context: OperationContext, db: Sql, id: string): Promise<readonly Problem[]> {
  const target = await findTarget(context, encodeId("Target", id));
  if (!target) return [problem("TARGET_NOT_FOUND")];
  const members = await membershipOf(context, target);
  if ("problems" in members) return members.problems;
  await createTaken(db);
  await keepMembers(db, members);
  await analyzeTaken(db);
  return [];
}
