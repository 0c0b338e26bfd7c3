import { assertMay } from "../platform/access/allow.js";
import type { OperationContext } from "../platform/context.js";
import { decodeId } from "../platform/graphql/opaque-id.js";
import { orderLink } from "./history.answers.js";

/**
 * The gateway comes here without passing any decorator. Only the key is trusted. Unknown orders and those of which the
 * caller may see nobody are null alike.
 * @throws CodedError FORBIDDEN without history:read
 */
export async function resolveOrder({ id }: { id: unknown }, context: OperationContext): Promise<object | null> {
  assertMay(context, "history:read");
  return orderLink(context, typeof id === "string" ? decodeId("Order", id) : null);
}
