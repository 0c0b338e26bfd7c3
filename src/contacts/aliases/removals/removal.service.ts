import "./removal.messages.js";
import type { OperationContext } from "../../../platform/context.js";
import { type Problem, problem, userErrors } from "../../../platform/errors/user-error.js";
import { assertFirst, type Connection, decodeCursor, notACursor, page } from "../../../platform/graphql/connection.js";
import { decodeId, encodeId } from "../../../platform/graphql/opaque-id.js";
import { idempotent, refuse } from "../../../platform/idempotency.js";
import { blankRemovals, countRemovals, selectRemovals } from "./removal.sql.js";
import type { AcknowledgeAliasRemovalsInput, AcknowledgeAliasRemovalsPayload, AliasRemoval } from "./removal.type.js";
import { openRemoval } from "./removal-seal.js";

const mostIds = 500;

/**
 * What providers are still to delete (4.5), the oldest first. The only place where it is opened; a page of it stands in the
 * access log before it is answered.
 * @throws CodedError BAD_USER_INPUT for a page that cannot be asked for
 */
export async function aliasRemovals(
  context: OperationContext,
  wanted: { readonly first: number; readonly after: string | null },
): Promise<Connection<AliasRemoval>> {
  assertFirst(wanted.first);
  const [after = null] = decodeCursor(wanted.after, 1) ?? [];
  if (after !== null && !/^[1-9]\d{0,17}$/.test(String(after))) throw notACursor();
  const wish = { after: after === null ? null : String(after), limit: wanted.first + 1 };
  const { requestId, ports } = context;
  const rows = await context.transaction(async (db) => {
    const found = await selectRemovals(db, wish);
    const taken = { subject: "AliasRemovals", contactCount: null, requestId };
    if (found.length > 0) await ports.privacy.recordExport(db, taken);
    return found;
  });
  const { edges, pageInfo } = page(rows, wanted, ({ id }) => [id]);
  const { identityKeys } = context.services;
  const opened = edges.map(({ cursor, node: { id, createdAt, ...sealed } }) => {
    const alias = openRemoval(identityKeys, context.caller.institutionId, sealed);
    return { cursor, node: { ...alias, id: encodeId("AliasRemoval", id), requestedAt: createdAt } };
  });
  return { edges: opened, nodes: opened.map(({ node }) => node), pageInfo };
}

/** Blanks what a provider has deleted. Ids that there are not are told of, the others are acknowledged; again, nothing changes. */
export async function acknowledgeAliasRemovals(
  context: OperationContext,
  input: AcknowledgeAliasRemovalsInput,
): Promise<AcknowledgeAliasRemovalsPayload> {
  const keys = input.ids.map((id) => decodeId("AliasRemoval", id));
  const call = { mutation: "acknowledgeAliasRemovals", key: input.idempotencyKey, input };
  const done = await idempotent(context, call, async (db) => {
    if (keys.length > mostIds) return refuse(problem("TOO_MANY_VALUES", ["ids"], { maximum: mostIds }));
    const found = await blankRemovals(
      db,
      keys.filter((key) => key !== null),
    );
    return { missing: missingPlaces(keys, found).join(",") };
  });
  if ("problems" in done) return answer(context, 0, done.problems);
  const places = done.ids.missing === "" ? [] : done.ids.missing.split(",").map(Number);
  const problems = places.map((elementIndex) => ({ ...problem("ALIAS_REMOVAL_NOT_FOUND", ["ids"]), elementIndex }));
  const acknowledged = new Set(keys.filter((_, place) => !places.includes(place))).size;
  return answer(context, acknowledged, problems);
}

function missingPlaces(keys: readonly (string | null)[], found: ReadonlySet<string>): number[] {
  return keys.flatMap((key, place) => (key !== null && found.has(key) ? [] : [place]));
}

async function answer(
  context: OperationContext,
  acknowledged: number,
  problems: readonly Problem[],
): Promise<AcknowledgeAliasRemovalsPayload> {
  const { count: waiting } = await countRemovals(context.db);
  return { acknowledged, waiting, userErrors: userErrors(problems, context.locale), warnings: [] };
}
