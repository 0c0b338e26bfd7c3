import type { Permission } from "../platform/access/permissions.js";
import type { OperationContext } from "../platform/context.js";
import { decodeAnyId, decodeId } from "../platform/graphql/opaque-id.js";
import { findContact } from "./contact.reference.js";
import { findImportJob, findImportTemplate } from "./import/index.js";
import { selectVisibleOrders } from "./order.sql.js";
import { findPointOfSale } from "./points-of-sale/index.js";

interface Finder {
  readonly permission: Permission;
  find(context: OperationContext, id: string): Promise<object | null>;
}

/** How each type of node is found. */
const finders: Readonly<Record<string, Finder>> = {
  Contact: { permission: "contact:read", find: findContact },
  PointOfSale: { permission: "authenticated", find: findPointOfSale },
  ImportJob: { permission: "import:run", find: findImportJob },
  ImportTemplate: { permission: "import:run", find: findImportTemplate },
  Order: { permission: "history:read", find: findOrder },
};

/** Null also for a type that the caller may not read: missing and forbidden look the same. */
export async function findNode(context: OperationContext, id: string): Promise<object | null> {
  const type = decodeAnyId(id)?.type ?? "";
  const finder = Object.hasOwn(finders, type) ? finders[type] : undefined;
  if (!finder || !context.caller.permissions.has(finder.permission)) return null;
  const found = await finder.find(context, id);
  return found && { ...found, __typename: type };
}

async function findOrder({ db }: OperationContext, id: string): Promise<{ id: string } | null> {
  const [found] = await selectVisibleOrders(db, [decodeId("Order", id)!]);
  return found ? { id } : null;
}
