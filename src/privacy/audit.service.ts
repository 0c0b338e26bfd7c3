import DataLoader from "dataloader";
import { noteRead } from "../platform/access/confidential-reads.js";
import type { OperationContext } from "../platform/context.js";
import { assertFirst, type Connection, decodeCursor, page, type SortKey } from "../platform/graphql/connection.js";
import { decodeId } from "../platform/graphql/opaque-id.js";
import type { AuditArgs } from "./audit.args.js";
import {
  auditNotAvailable,
  longestFrameDays,
  notACursor,
  timeFrameReversed,
  timeFrameTooLong,
} from "./audit.errors.js";
import { toAuditEntry } from "./audit.redaction.js";
import { type AuditPage, type AuditPosition, type AuditRow, selectAudit } from "./audit.sql.js";
import type { AuditEntry } from "./audit-entry.type.js";

const dayMs = 86_400_000;

/**
 * The changes of a contact file in a time frame (F27). An unknown contact and an invisible one have none.
 * @throws CodedError BAD_USER_INPUT for a frame that is reversed or longer than 366 days, and for a page that cannot
 *   be asked for; FIELD_NOT_AVAILABLE when `Contact.audit` is withheld
 */
export async function contactAudit(
  context: OperationContext,
  contactId: string,
  wish: AuditArgs,
): Promise<Connection<AuditEntry>> {
  const audit = await auditOfContact(context, contactId, wish);
  if (!audit) throw auditNotAvailable(context.locale);
  return audit;
}

/** The same for a field of a contact: null when it is withheld. */
export async function auditOfContact(
  context: OperationContext,
  contactId: string,
  wish: AuditArgs,
): Promise<Connection<AuditEntry> | null> {
  if (!context.fields.may("Contact", "audit")) return null;
  const wanted = wantedPage(context, wish);
  const id = decodeId("Contact", contactId);
  const rows = id === null ? [] : await auditLoader(context, wanted).load(id);
  const entries = rows.map((row) => ({ ...toAuditEntry(context, row), sortKey: sortKeyOf(row) }));
  return page(entries, wish, ({ sortKey }) => sortKey);
}

/** @throws CodedError BAD_USER_INPUT for a frame that is reversed or longer than 366 days */
export function assertTimeFrame({ locale }: OperationContext, { from, to }: AuditArgs): void {
  if (from > to) throw timeFrameReversed(locale);
  if (to.getTime() - from.getTime() > longestFrameDays * dayMs) throw timeFrameTooLong(locale);
}

function wantedPage(context: OperationContext, wish: AuditArgs): AuditPage {
  const { from, to, first, after } = wish;
  assertFirst(first);
  assertTimeFrame(context, wish);
  return { from, to, after: positionOf(decodeCursor(after, 3)), limit: first + 1 };
}

function sortKeyOf({ atMicros, module, id }: AuditRow): SortKey {
  return [atMicros, module, id];
}

/** @throws CodedError BAD_USER_INPUT for what is no position of this list */
function positionOf(key: SortKey | null): AuditPosition | null {
  if (key === null) return null;
  const [atMicros, module, id] = key;
  const isPosition =
    typeof atMicros === "string" &&
    /^\d{1,16}$/.test(atMicros) &&
    typeof id === "string" &&
    /^\d{1,18}$/.test(id) &&
    typeof module === "number" &&
    Number.isInteger(module) &&
    Math.abs(module) < 100;
  if (!isPosition) throw notACursor();
  return { atMicros, module, id };
}

type AuditLoader = DataLoader<string, AuditRow[]>;

/** One for each time frame and page: a list of contacts asks with one statement. */
function auditLoader(context: OperationContext, wanted: AuditPage): AuditLoader {
  const loaders = context.once(createLoaders);
  const key = JSON.stringify(wanted);
  const loader = loaders.get(key) ?? new DataLoader((ids) => loadAudit(context, ids, wanted));
  loaders.set(key, loader);
  return loader;
}

function createLoaders(): Map<string, AuditLoader> {
  return new Map();
}

async function loadAudit(context: OperationContext, ids: readonly string[], wanted: AuditPage): Promise<AuditRow[][]> {
  const rows = await selectAudit(context.db, ids, wanted);
  for (const { contactId, contactLevel } of rows) noteRead(context, contactId, contactLevel);
  const byContact = Map.groupBy(rows, ({ contactId }) => contactId);
  return ids.map((id) => byContact.get(id) ?? []);
}
