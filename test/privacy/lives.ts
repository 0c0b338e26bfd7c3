import { insertDefinitions, set as setCriteria } from "../contacts/criteria/criteria.js";
import { callerOf, contactsSchema } from "../contacts/support.js";
import { Books } from "../history/facts/books.js";
import { set as setAuthorizations, writerOf } from "../marketing/changes.js";
import { report, senderOf } from "../marketing/reports/reporting.js";
import { ask } from "../support/ask.js";
import type { ContextWish, TestDatabase } from "../support/database.js";
import type { ContactWish, TestContact, TestInstitution } from "../support/rows.js";

const browser = "Mozilla/5.0 (X11; Linux x86_64; rv:136.0) Gecko/20100101 Firefox/136.0";

/** What people do, through the ways in which it comes into the product. Moves the clock to when they do it. */
export class Lives {
  readonly books: Books;
  #criteria: Promise<unknown> | undefined;

  constructor(
    private readonly db: TestDatabase,
    readonly institution: TestInstitution,
  ) {
    this.books = new Books(db, institution);
  }

  /** A contact whose file was made at noon of this day. */
  person(createdOn: string, wish: ContactWish = {}): Promise<TestContact> {
    this.at(createdOn);
    return this.db.insertContact({ institution: this.institution, ...wish });
  }

  /** Buys, or with `kind` does something else, on a day; of a product until `until`, or undated. */
  async buys(
    contact: TestContact,
    wish: { on: string; until?: string; kind?: string; state?: string; organization?: string; for?: TestContact },
  ): Promise<string> {
    const { on, until = null, organization = "OPERA", ...order } = wish;
    const product = await this.books.product(until ? "PERFORMANCE" : "GIFT", until, { organization });
    const tickets = wish.for ? [{ of: wish.for }] : [];
    await this.books.order({ ...order, by: contact, organization, at: noon(on), lines: [{ product, tickets }] });
    return product;
  }

  async waits(contact: TestContact, instant: string): Promise<void> {
    await this.books.waiting(contact, await this.books.product("PERFORMANCE", "2019-01-01"), instant);
  }

  async clicks({ opaqueId }: TestContact, on: string, kind: "CLICK" | "OPEN" = "CLICK"): Promise<void> {
    this.at(on);
    const sender = senderOf(this.db, {}, { institution: this.institution });
    await report(sender, "reportClicks", [{ contactId: opaqueId, method: "GET", userAgent: browser, kind }]);
  }

  async authorizes({ opaqueId }: TestContact, on: string, values: Record<string, string>): Promise<void> {
    this.at(on);
    await setAuthorizations(writerOf(this.db, { institution: this.institution, clearance: 2 }), opaqueId, values);
  }

  /** Says whether the contact is a VIP, under a source. */
  async classifies(contact: TestContact, on: string, yesNo: boolean, wish: ContextWish = {}): Promise<void> {
    this.#criteria ??= insertDefinitions(this.db, [{ code: "VIP", kind: "YES_NO" }], this.institution);
    await this.#criteria;
    this.at(on);
    const caller = { institution: this.institution, clearance: 2, ...wish } as const;
    const input = { contactId: contact.opaqueId, criteria: [{ code: "VIP", yesNo }] };
    const context = callerOf(this.db, "contact:read", "contact:write", caller);
    await ask(await contactsSchema(), context, setCriteria, { input });
  }

  /** Noon of a day in Greenwich. */
  at(day: string): void {
    this.db.clock.set(noon(day));
  }
}

const noon = (day: string) => `${day}T12:00:00.000Z`;
