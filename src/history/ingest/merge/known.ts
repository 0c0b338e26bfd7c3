import { type Buyer, lockBuyers, selectBuyerIds } from "../../../contacts/index.js";
import type { Sql } from "../../../platform/database/sql.js";
import type { ContactName, HistoryRecord, OrderRecord } from "../records/record.js";
import { ByName, type Entry } from "./entry.js";
import {
  lockOrders,
  type Names,
  type Stored,
  type StoredOrder,
  type StoredProduct,
  selectOrganizationCodes,
  selectStoredProducts,
  selectStoredSeasons,
} from "./known.sql.js";

/** What the records of a chunk name, as far as it is there. Records that are written are added. */
export class Known {
  readonly seasons = new ByName<Stored>();
  readonly products = new ByName<StoredProduct>();
  readonly orders = new ByName<StoredOrder>();
  /** Orders that went with their contact, and come again. */
  readonly erasedOrders = new ByName<true>();
  readonly #buyers = new Map<string, Buyer>();
  readonly #byNumber = new Map<string, Buyer>();

  buyer({ id, number }: ContactName): Buyer | undefined {
    return id === null ? this.#byNumber.get(number) : this.#buyers.get(id);
  }

  isShell(contactId: string | null): boolean {
    return contactId !== null && (this.#buyers.get(contactId)?.anonymizedSince ?? null) !== null;
  }

  async load(db: Sql, records: readonly HistoryRecord[]): Promise<void> {
    const named = new NamedThings(records);
    await this.#loadBuyers(db, named);
    for (const season of await named.seasons.find((names) => selectStoredSeasons(db, names)))
      this.seasons.set(season.organization, season.key, season);
    for (const product of await named.products.find((names) => selectStoredProducts(db, names)))
      this.products.set(product.organization, product.key, product);
    for (const order of await named.orders.find((names) => lockOrders(db, names)))
      this.orders.set(order.organization, order.key, order);
  }

  /** By ascending id, over those that were named by number as well: the order in which contacts are locked. */
  async #loadBuyers(db: Sql, { contactIds, contactNumbers }: NamedThings): Promise<void> {
    const numbered = contactNumbers.size === 0 ? [] : await selectBuyerIds(db, [...contactNumbers]);
    const ids = new Set([...contactIds, ...numbered]);
    if (ids.size === 0) return;
    for (const buyer of await lockBuyers(db, [...ids])) {
      this.#buyers.set(buyer.id, buyer);
      this.#byNumber.set(buyer.contactNumber, buyer);
    }
  }
}

/** Refuses records of organizations that are not there, or that the caller does not act for. */
export async function refuseForeign(
  db: Sql,
  entries: readonly Entry[],
  callersOrganizations: readonly string[],
): Promise<void> {
  const known = new Set(await selectOrganizationCodes(db));
  const own = new Set(callersOrganizations);
  for (const entry of entries) {
    if (!entry.record) continue;
    const { organization } = entry.record;
    if (!known.has(organization)) entry.refuse("UNKNOWN_ORGANIZATION", ["organization"]);
    else if (!own.has(organization)) entry.refuse("ORGANIZATION_NOT_YOURS", ["organization"]);
  }
}

/** Names to look up, each once. */
class NameList {
  readonly #names = new ByName<true>();

  add(organization: string, key: string | null): void {
    if (key !== null) this.#names.set(organization, key, true);
  }

  async find<Row>(select: (names: Names) => Promise<Row[]>): Promise<Row[]> {
    const names = [...this.#names.entries()];
    if (names.length === 0) return [];
    return select({ organizations: names.map(([organization]) => organization), keys: names.map(([, key]) => key) });
  }
}

class NamedThings {
  readonly contactIds = new Set<string>();
  readonly contactNumbers = new Set<string>();
  readonly seasons = new NameList();
  readonly products = new NameList();
  readonly orders = new NameList();

  constructor(records: readonly HistoryRecord[]) {
    for (const record of records) this.#add(record);
  }

  #add(record: HistoryRecord): void {
    const { organization, key } = record;
    if (record.kind === "season") this.seasons.add(organization, key);
    else if (record.kind === "order") this.#addOrder(record);
    else if (record.kind === "product") {
      this.seasons.add(organization, record.season);
      for (const code of [key, ...record.parts]) this.products.add(organization, code);
    } else {
      this.#addContact(record.kind === "payment" ? record.payer : record.contact);
      if ("product" in record) this.products.add(organization, record.product);
      if ("order" in record) this.orders.add(organization, record.order);
    }
  }

  #addOrder({ organization, key, purchaser, payer, lines }: OrderRecord): void {
    this.orders.add(organization, key);
    this.#addContact(purchaser);
    this.#addContact(payer);
    for (const line of lines) {
      this.products.add(organization, line.product);
      for (const { product, culturalContact } of line.tickets) {
        if (product !== null) this.products.add(organization, product);
        this.#addContact(culturalContact);
      }
    }
  }

  #addContact(name: ContactName | null): void {
    if (name === null) return;
    if (name.id === null) this.contactNumbers.add(name.number);
    else this.contactIds.add(name.id);
  }
}
