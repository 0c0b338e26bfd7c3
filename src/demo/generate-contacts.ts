import type pg from "pg";
import { type Clock, dayIn, systemClock } from "../platform/clock.js";
import { withoutIndexes } from "./bulk-tables.sql.js";
import * as sql from "./generator.sql.js";
import { firstNames, lastNames, streets, surnameEndings, surnameStems, towns } from "./names.js";
import { inOwnerTransaction, prepareBulkLoad, reserveIds, vacuumTables } from "./owner.sql.js";

export interface GeneratorOptions {
  readonly institutionId: number;
  /** How many contacts. Each has on average 5 tickets, 4 orders, 4 payments and 8 shipments; few have most of them. */
  readonly contacts: number;
  /** The same seed gives the same contacts. */
  readonly seed: number;
  /** Orders end today, products half a year later. */
  readonly clock?: Clock;
}

/** The contacts that were made have the ids from `firstContactId` on, without a gap. */
export interface Generated {
  readonly firstContactId: string;
  readonly contacts: number;
}

const tables = [
  "contacts.contact",
  "contacts.contact_word",
  "contacts.contact_address",
  "contacts.contact_role",
  "contacts.contact_connection",
  "contacts.contact_criterion",
  "contacts.audit_contact",
  "marketing.contact_marketing",
  "marketing.authorization_change",
  "history.product",
  "history.sales_order",
  "history.order_line",
  "history.ticket",
  "history.payment",
  "history.season",
  "history.membership",
  "history.shipment",
  "history.interaction",
];

/** From how many contacts on it pays to make the indexes afterwards. */
const bulkFrom = 10_000;

const structureKinds = ["École", "Collège", "Association", "Fondation", "Agence", "Club", "Hôtel", "Commune de"];

/**
 * Fills an institution with invented contacts, their addresses, roles, criteria, authorizations, orders, tickets, payments,
 * memberships, shipments, interactions and audit, set by set, in one transaction: a few percent are RESTRICTED, CONFIDENTIAL
 * or no longer valid. For benches and trying out, next to what the institution has already. Indicators are worked out of
 * it by whoever asks for a recomputation.
 * @param owner a connection of the role that owns the tables, outside a transaction
 */
export async function generateContacts(owner: pg.ClientBase, options: GeneratorOptions): Promise<Generated> {
  const { contacts } = options;
  const firstContactId = await inOwnerTransaction(owner, async () => {
    await prepareBulkLoad(owner);
    const firsts = await reserve(owner, contacts);
    const load = () => insertAll(owner, options, firsts);
    await (contacts < bulkFrom ? load() : withoutIndexes(owner, tables, load));
    return firsts.firstContact;
  });
  await vacuumTables(owner, tables);
  return { firstContactId, contacts };
}

interface Firsts {
  readonly firstContact: string;
  readonly firstNumber: string;
  readonly firstProduct: string;
  readonly firstOrder: string;
}

async function reserve(owner: pg.ClientBase, contacts: number): Promise<Firsts> {
  return {
    firstContact: await reserveIds(owner, "contacts.contact_id_seq", contacts),
    firstNumber: await reserveIds(owner, "contacts.contact_number", contacts),
    firstProduct: await reserveIds(owner, "history.product_id_seq", sql.productCount),
    firstOrder: await reserveIds(owner, "history.sales_order_id_seq", contacts * sql.ordersPerContact),
  };
}

async function insertAll(owner: pg.ClientBase, options: GeneratorOptions, firsts: Firsts): Promise<void> {
  const { institutionId, contacts, seed, clock = systemClock } = options;
  const institution = await sql.selectInstitutionToFill(owner, institutionId);
  if (!institution) throw new RangeError(`no institution ${institutionId}`);
  const { timeZone, organizations } = institution;
  const values = {
    institution: institutionId,
    contacts,
    seed: seed * 1_000,
    today: dayIn(timeZone, clock.now()),
    organizations: organizations.length > 0 ? organizations : ["OPERA"],
    ...firsts,
    firstNames,
    lastNames,
    surnameStems,
    surnameEndings,
    structureKinds,
    streets,
    places: towns.map(({ postcode, town, country }) => `${postcode}|${town}|${country}`),
  };
  for (const statement of sql.statements) await owner.query(bind(statement, values));
}

/** A statement with `:name` for parameters, as PostgreSQL takes it. */
function bind(statement: string, values: Readonly<Record<string, unknown>>): pg.QueryConfig {
  const names: string[] = [];
  const text = statement.replace(/(?<!:):([a-z]\w*)/gi, (_, name: string) => {
    if (!names.includes(name)) names.push(name);
    return `$${names.indexOf(name) + 1}`;
  });
  return { text, values: names.map((name) => values[name]) };
}
