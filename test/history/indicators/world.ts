import fc from "fast-check";
import { indicatorSchedule, indicatorTask, requestRun } from "../../../src/history/indicators/index.js";
import { systemSession } from "../../../src/platform/database/system-session.js";
import { inTransaction } from "../../../src/platform/database/transaction.js";
import type { TestDatabase } from "../../support/database.js";
import type { TestContact, TestInstitution } from "../../support/rows.js";
import { Books, linesOf, type SoldLine } from "../facts/books.js";

const kinds = ["OPTION", "RESERVATION", "SALE", "SALE", "SALE"];
const states = ["ACTIVE", "ACTIVE", "ACTIVE", "CONFIRMED", "ACTIVE", "EXPIRED", "CANCELLED"];
const ticketStates = ["VALID", "VALID", "VALID", "RETURNED", "CANCELLED"];
const days = ["2024-10-01", "2025-02-01", "2025-07-20", "2025-10-01", "2026-02-01", "2026-05-01", "2026-10-01"];
const codes = ["ASSIDUITY", "CHILDREN_PRODUCT", "SML", "SEASON_TICKET_HOLDER"];

const any = fc.nat(99);

/** Something that happens to an institution; the numbers choose what it is about. */
export const steps = fc.array(
  fc.oneof(
    { weight: 9, arbitrary: fc.tuple(fc.constant("order" as const), any, any, any, any, any) },
    { weight: 3, arbitrary: fc.tuple(fc.constant("orderState" as const), any, any) },
    { weight: 3, arbitrary: fc.tuple(fc.constant("ticket" as const), any, any, any) },
    { weight: 2, arbitrary: fc.tuple(fc.constant("membership" as const), any, any, any) },
    { weight: 5, arbitrary: fc.tuple(fc.constant("product" as const), any, any) },
    { weight: 1, arbitrary: fc.tuple(fc.constant("season" as const), any, any) },
    { weight: 1, arbitrary: fc.tuple(fc.constant("setting" as const), any, any) },
    { weight: 1, arbitrary: fc.tuple(fc.constant("days" as const), any) },
  ),
  { minLength: 6, maxLength: 16, size: "max" },
);
export type Step = (typeof steps extends fc.Arbitrary<infer List extends unknown[]> ? List : never)[number];

const pick = <Value>(list: readonly Value[], at: number): Value => list[at % list.length]!;

/** One institution through a history of deliveries by its ticketing system, of days and of settings. */
export class World {
  readonly #books: Books;
  readonly #contacts: TestContact[] = [];
  readonly #products: string[] = [];
  readonly #seasons: (string | null)[] = [null];
  readonly #orders: { readonly number: string; readonly line: SoldLine }[] = [];

  private constructor(
    private readonly db: TestDatabase,
    readonly institution: TestInstitution,
  ) {
    this.#books = new Books(db, institution);
  }

  static async make(db: TestDatabase): Promise<World> {
    const world = new World(db, await db.institution());
    await world.#fill();
    return world;
  }

  async #fill(): Promise<void> {
    const [books, { institution }] = [this.#books, this];
    this.#contacts.push(await this.db.insertContact({ institution, structureName: "Haus" }));
    for (let count = 0; count < 2; count++) this.#contacts.push(await this.db.insertContact({ institution }));
    for (const year of [2024, 2025])
      this.#seasons.push(await books.season(String(year), `${year}-09-01`, `${year + 1}-06-30`));
    const dated = { PERFORMANCE: "2026-02-01", SEASON_TICKET: "2026-05-01", MATCH: "2025-02-01" };
    for (const [kind, day] of Object.entries(dated)) this.#products.push(await books.product(kind, day));
    const parts = [this.#products[0]!, this.#products[2]!];
    this.#products.push(await books.product("PASS", "2026-06-30", { parts }), await books.product("GOODS", null));
    this.#products.push(await books.product("MEMBERSHIP", null, { season: "2025" }));
    await this.work();
  }

  async take(step: Step): Promise<void> {
    switch (step[0]) {
      case "order":
        await this.#order(step);
        break;
      case "orderState":
        await this.#change(step[1], () => ({ state: pick(states, step[2]) }));
        break;
      case "ticket":
        await this.#change(step[1], (line) => {
          const ticket = { of: pick(this.#contacts, step[2]), price: "45", state: pick(ticketStates, step[3]) };
          return { lines: linesOf([{ ...line, tickets: [ticket] }]) };
        });
        break;
      case "membership":
        await this.#membership(step);
        break;
      case "product": {
        const season = pick(this.#seasons, step[2]);
        await this.#books.again(pick(this.#products, step[1]), {
          ...{ season, validityEndDate: pick(days, step[1] + step[2]) },
        });
        break;
      }
      case "season":
        await this.#season(step);
        break;
      case "setting":
        await this.#set(pick(codes, step[1]), step[2] % 3 !== 0, step[2] % 2 === 0);
        break;
      case "days":
        this.db.clock.advance((1 + step[1] * 3) * 86_400_000);
        await indicatorSchedule(this.db.services()).run(new AbortController().signal);
    }
    await this.work();
  }

  async #order([, who, other, product, kind, state]: Step & { 0: "order" }): Promise<void> {
    const [by, of] = [pick(this.#contacts, who), pick(this.#contacts, other)];
    const tickets = [{ of, price: "45", state: pick(ticketStates, state) }];
    const line = { product: pick(this.#products, product), amount: "90", isForChildren: state % 4 === 0, tickets };
    const number = await this.#books.order({
      ...{ by: who % 5 === 0 ? undefined : by, kind: pick(kinds, kind), lines: [line] },
      ...{ state: pick(states, state), at: `${pick(days, kind + state)}T22:30:00Z` },
    });
    this.#orders.push({ number, line });
  }

  async #change(at: number, changed: (line: SoldLine) => Record<string, unknown>): Promise<void> {
    if (this.#orders.length === 0) return;
    const { number, line } = pick(this.#orders, at);
    await this.#books.again(number, changed(line));
  }

  async #membership([, who, begin, end]: Step & { 0: "membership" }): Promise<void> {
    const [from, to] = [pick(days, begin), pick([...days, null], end)];
    const last = to !== null && to < from ? null : to;
    const state = end % 3 === 0 ? "REFUNDED" : "ACTIVE";
    await this.#books.membership(pick(this.#contacts, who), this.#products.at(-1)!, from, last, state);
  }

  /** A new one, or one that moves. */
  async #season([, which, at]: Step & { 0: "season" }): Promise<void> {
    const year = 2023 + (at % 5);
    const known = pick(this.#seasons, which);
    const [startsOn, endsOn] = [`${year}-08-01`, `${year + 1}-07-15`];
    if (known !== null) await this.#books.again(known, { startsOn, endsOn });
    else this.#seasons.push(await this.#books.season(`S${this.#seasons.length}`, startsOn, endsOn));
  }

  async #set(code: string, isActive: boolean, isRealTime: boolean): Promise<void> {
    await this.db.owner.query(
      `INSERT INTO history.indicator_setting VALUES ($1, 'OPERA', $2, $3, $4)
       ON CONFLICT (institution_id, organization, code) DO UPDATE SET is_active = $3, refresh = $4`,
      [this.institution.id, code, isActive, isRealTime ? "REAL_TIME" : "SEASON_CHANGE"],
    );
    await this.request("SETTING");
  }

  async request(reason: "SETTING" | "REQUEST"): Promise<void> {
    const services = this.db.services();
    const session = systemSession(services, this.institution.id);
    await inTransaction(services.pools.api, session, (sql) => requestRun(sql, reason));
  }

  /** Does what the worker would do next. */
  async work(): Promise<void> {
    const { rows } = await this.db.owner.query<{ id: string }>(
      "SELECT id FROM history.indicator_run WHERE institution_id = $1 AND status = 'QUEUED'",
      [this.institution.id],
    );
    const task = indicatorTask(this.db.services());
    for (const { id } of rows) await task.run({ institutionId: this.institution.id, id }, new AbortController().signal);
  }

  /** As if nothing had ever been worked out. */
  async forget(): Promise<void> {
    await this.db.owner.query("DELETE FROM history.contact_indicator WHERE institution_id = $1", [this.institution.id]);
  }
}
