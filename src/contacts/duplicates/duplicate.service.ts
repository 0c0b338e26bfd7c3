import "./duplicate.messages.js";
import type { OperationContext } from "../../platform/context.js";
import type { Sql } from "../../platform/database/sql.js";
import { CodedError } from "../../platform/errors/coded-error.js";
import { problem } from "../../platform/errors/user-error.js";
import { assertFirst, type Connection, decodeCursor, page } from "../../platform/graphql/connection.js";
import { decodeId } from "../../platform/graphql/opaque-id.js";
import { refuse } from "../../platform/idempotency.js";
import type { AddressValues } from "../address.sql.js";
import { contactLoaders } from "../contact.loaders.js";
import type { ContactValues } from "../contact.sql.js";
import { phoneKey } from "../search/phone-key.js";
import {
  type Comparison,
  type DuplicatePage,
  type DuplicateRow,
  type DuplicateSubject,
  selectDuplicates,
  selectSubject,
} from "./duplicate.sql.js";
import { DuplicateReason, type PossibleDuplicate } from "./duplicate.type.js";

/** The fields of a contact that each comparison gives away: where one is withheld, nothing is compared by it. */
const gives: Record<Comparison, readonly string[]> = {
  NAME_AND_ADDRESS: ["firstName", "lastName", "structureName", "roles", "addresses"],
  EMAIL: ["email"],
  PHONE: ["phone", "mobile"],
};

/** Of a draft, so many are shown. */
const mostOfDraft = 20;

/**
 * Contacts that may be the same as this one, those with most in common first (domain 3.7). None for a contact that does
 * not exist for the caller.
 * @throws CodedError BAD_USER_INPUT for a page that cannot be asked for
 */
export async function possibleDuplicates(
  context: OperationContext,
  { contactId, first, after }: { contactId: string; first: number; after: string | null },
): Promise<Connection<PossibleDuplicate>> {
  assertFirst(first);
  const place = placeOf(after);
  const id = decodeId("Contact", contactId);
  const subject = id === null ? null : await selectSubject(context.db, id);
  const rows = subject ? await find(context, context.db, subject, { after: place, limit: first + 1 }) : [];
  const { edges, pageInfo } = page(rows, { first, after }, (row) => [row.reasons.length, row.id]);
  const nodes = await toDuplicates(
    context,
    edges.map(({ node }) => node),
  );
  const shown = new Map(nodes.map((each) => [each.key, each]));
  const seen = edges.flatMap(({ cursor, node }) => {
    const duplicate = shown.get(node.id);
    return duplicate ? [{ cursor, node: duplicate }] : [];
  });
  return { edges: seen, nodes: seen.map(({ node }) => node), pageInfo };
}

/** A contact that is not there yet. @param country the institution's */
export function subjectOf(
  draft: { type: string; roles: readonly string[]; values: ContactValues; address: AddressValues | undefined },
  country: string,
): DuplicateSubject {
  const { type, roles, values, address } = draft;
  const { firstName = null, lastName = null, structureName = null, email = null, phone, mobile } = values;
  const { street1 = null, postcode = null, country: inCountry = null } = address ?? {};
  const phoneKeys = [phone, mobile].flatMap((number) => (number && phoneKey(number, country)) || []);
  const names = { firstName, lastName, structureName };
  return { id: null, type, ...names, roles, street1, postcode, country: inCountry, email, phoneKeys };
}

/** What `createContact` has found, to be shown with its refusal. */
export interface FoundDuplicates {
  rows: readonly DuplicateRow[];
}

/** Ends the creation of a contact that may exist already; `found` then says which. */
export async function refuseDuplicates(
  context: OperationContext,
  db: Sql,
  draft: DuplicateSubject,
  found: FoundDuplicates,
): Promise<void> {
  found.rows = await find(context, db, draft, { after: null, limit: mostOfDraft });
  if (found.rows.length > 0) refuse(problem("POSSIBLE_DUPLICATE"));
}

/** As the caller sees them now; those who went out of sight are left out. */
export async function toDuplicates(
  context: OperationContext,
  rows: readonly DuplicateRow[],
): Promise<(PossibleDuplicate & { key: string })[]> {
  const { byId } = contactLoaders(context);
  const contacts = await Promise.all(rows.map(({ id }) => byId.load(id)));
  const order = Object.values(DuplicateReason);
  return rows.flatMap(({ id, reasons }, index) => {
    const contact = contacts[index];
    return contact ? [{ key: id, contact, reasons: order.filter((reason) => reasons.includes(reason)) }] : [];
  });
}

function find(context: OperationContext, db: Sql, subject: DuplicateSubject, wanted: DuplicatePage) {
  const by = (Object.keys(gives) as Comparison[]).filter((comparison) =>
    gives[comparison].every((field) => context.fields.may("Contact", field)),
  );
  return selectDuplicates(db, subject, by, wanted);
}

function placeOf(after: string | null): DuplicatePage["after"] {
  const place = decodeCursor(after, 2);
  if (!place) return null;
  const [strength, id] = place;
  if (Number.isInteger(strength) && typeof id === "string" && /^\d{1,18}$/.test(id)) {
    return { strength: strength as number, id };
  }
  throw new CodedError("BAD_USER_INPUT", "`after` is not a cursor of this list.", { argument: "after" });
}
