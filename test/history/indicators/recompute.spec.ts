import { expect } from "chai";
import fc from "fast-check";
import {
  indicatorSchedule,
  indicatorTask,
  refreshIndicators,
  requestRun,
} from "../../../src/history/indicators/index.js";
import { systemSession } from "../../../src/platform/database/system-session.js";
import { inTransaction } from "../../../src/platform/database/transaction.js";
import { useDatabase } from "../../support/database.js";
import type { TestContact, TestInstitution } from "../../support/rows.js";
import { Books } from "../facts/books.js";
import { Reckoner } from "./reckoner.js";

const kinds = ["OPTION", "RESERVATION", "SALE", "SALE", "SALE"];
const states = ["ACTIVE", "ACTIVE", "ACTIVE", "CONFIRMED", "ACTIVE", "EXPIRED", "CANCELLED"];
const ticketStates = ["VALID", "VALID", "VALID", "RETURNED", "CANCELLED"];
const days = ["2024-10-01", "2025-02-01", "2025-07-20", "2025-10-01", "2026-02-01", "2026-05-01", "2026-10-01"];
const codes = ["ASSIDUITY", "CHILDREN_PRODUCT", "SML", "SEASON_TICKET_HOLDER"];

const index = fc.nat(99);
const step = fc.oneof(
  { weight: 9, arbitrary: fc.tuple(fc.constant("order" as const), index, index, index, index, index) },
  { weight: 3, arbitrary: fc.tuple(fc.constant("orderState" as const), index, index) },
  { weight: 3, arbitrary: fc.tuple(fc.constant("ticket" as const), index, index, index) },
  { weight: 2, arbitrary: fc.tuple(fc.constant("membership" as const), index, index, index) },
  { weight: 5, arbitrary: fc.tuple(fc.constant("product" as const), index, index) },
  { weight: 1, arbitrary: fc.tuple(fc.constant("season" as const), index) },
  { weight: 1, arbitrary: fc.tuple(fc.constant("setting" as const), index, index) },
  { weight: 1, arbitrary: fc.tuple(fc.constant("days" as const), index) },
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

describe("working indicators out", () => {
  const db = useDatabase();
  const never = new AbortController().signal;

  /** One institution through a history of deliveries, each of which refreshes the contacts that it touched. */
  class World {
    readonly #contacts: TestContact[] = [];
    readonly #products: string[] = [];
    readonly #seasons: string[] = [];
    readonly #orders: string[] = [];

    private constructor(
      readonly institution: TestInstitution,
      private readonly books: Books,
    ) {}

    static async make(): Promise<World> {
      const institution = await db.institution();
      const world = new World(institution, new Books({ owner: db.owner, home: institution }));
      await world.#fill();
      return world;
    }

    async #fill(): Promise<void> {
      const { books } = this;
      for (let count = 0; count < 3; count++)
        this.#contacts.push(
          await db.insertContact({ institution: this.institution, ...(count === 0 && { structureName: "Haus" }) }),
        );
      for (const year of [2024, 2025])
        this.#seasons.push(await books.season(String(year), `${year}-09-01`, `${year + 1}-06-30`));
      const dated = { PERFORMANCE: "2026-02-01", SEASON_TICKET: "2026-05-01", MATCH: "2025-02-01" };
      for (const [kind, day] of Object.entries(dated)) this.#products.push(await books.product(kind, day));
      const pass = await books.product("PASS", "2026-06-30");
      await books.parts(pass, this.#products[0]!, this.#products[2]!);
      this.#products.push(pass, await books.product("MEMBERSHIP", null, { season_id: this.#seasons[1] }));
      this.#products.push(await books.product("GOODS", null));
    }

    #pick = <Value>(list: readonly Value[], at: number): Value => list[at % list.length]!;

    async take(step: Step): Promise<void> {
      switch (step[0]) {
        case "order": {
          const [, who, other, product, kind, state] = step;
          const [by, of] = [this.#pick(this.#contacts, who), this.#pick(this.#contacts, other)];
          const tickets = [{ of, price: "45", state: this.#pick(ticketStates, state) }];
          const lines = [
            { product: this.#pick(this.#products, product), amount: "90", isForChildren: state % 4 === 0, tickets },
          ];
          this.#orders.push(
            await this.books.order({
              ...{ by: who % 5 === 0 ? undefined : by, kind: this.#pick(kinds, kind), lines },
              ...{ state: this.#pick(states, state), at: `${this.#pick(days, kind + state)}T22:30:00Z` },
            }),
          );
          return this.#refresh({ contactIds: [by.id, of.id] });
        }
        case "orderState":
          return this.#changeOrder(step[1], (order) =>
            this.books.change("sales_order", order, { order_state: this.#pick(states, step[2]) }),
          );
        case "ticket":
          return this.#changeOrder(step[1], async (order) => {
            const cultural_contact_id = this.#pick(this.#contacts, step[2]).id;
            await db.owner.query(
              "UPDATE history.ticket SET ticket_state = $3, cultural_contact_id = $4 WHERE institution_id = $1 AND order_id = $2",
              [this.institution.id, order, this.#pick(ticketStates, step[3]), cultural_contact_id],
            );
          });
        case "membership": {
          const contact = this.#pick(this.#contacts, step[1]);
          const [from, to] = [this.#pick(days, step[2]), this.#pick([...days, null], step[3])];
          const product = this.#products.at(-2)!;
          const state = step[3] % 3 === 0 ? "REFUNDED" : "ACTIVE";
          await this.books.membership(contact, product, from, to !== null && to < from ? null : to, state);
          return this.#refresh({ contactIds: [contact.id] });
        }
        case "product": {
          const product = this.#pick(this.#products, step[1]);
          const season_id = this.#pick([null, ...this.#seasons], step[2]);
          await this.books.change("product", product, { season_id, validity_end: this.#pick(days, step[1] + step[2]) });
          return this.#refresh({ productIds: [product] });
        }
        case "season": {
          const year = 2023 + ((step[0].length + step[1]) % 5);
          const id = await this.books.season(`S${this.#seasons.length}`, `${year}-08-01`, `${year + 1}-07-15`);
          this.#seasons.push(id);
          return this.#refresh({ seasonIds: [id] });
        }
        case "setting":
          return this.#set(this.#pick(codes, step[1]), step[2] % 3 !== 0, step[2] % 2 === 0);
        case "days":
          db.clock.advance((1 + step[1] * 3) * 86_400_000);
          await indicatorSchedule(db.services()).run(never);
          return this.#drain();
      }
    }

    async #changeOrder(at: number, change: (order: string) => Promise<void>): Promise<void> {
      if (this.#orders.length === 0) return;
      const order = this.#pick(this.#orders, at);
      const people = async () => {
        const { rows } = await db.owner.query<{ id: string }>(
          `SELECT purchaser_id AS id FROM history.sales_order WHERE institution_id = $1 AND id = $2
           UNION SELECT cultural_contact_id FROM history.ticket WHERE institution_id = $1 AND order_id = $2`,
          [this.institution.id, order],
        );
        return rows.map(({ id }) => id).filter((id) => id !== null);
      };
      const before = await people();
      await change(order);
      await this.#refresh({ contactIds: [...before, ...(await people())] });
    }

    async #set(code: string, is_active: boolean, isRealTime: boolean): Promise<void> {
      await db.owner.query(
        `INSERT INTO history.indicator_setting VALUES ($1, 'OPERA', $2, $3, $4)
         ON CONFLICT (institution_id, organization, code) DO UPDATE SET is_active = $3, refresh = $4`,
        [this.institution.id, code, is_active, isRealTime ? "REAL_TIME" : "SEASON_CHANGE"],
      );
      await asSystem(this.institution, (sql) => requestRun(sql, "SETTING"));
      await this.#drain();
    }

    async #refresh(changes: Partial<Parameters<typeof refreshIndicators>[1]>): Promise<void> {
      const none = { contactIds: [], productIds: [], seasonIds: [] };
      await asSystem(this.institution, (sql) => refreshIndicators(sql, { ...none, ...changes }));
      await this.#drain();
    }

    #drain = () => drain(this.institution);
  }

  function asSystem<Result>(
    institution: TestInstitution,
    work: Parameters<typeof inTransaction<Result>>[2],
  ): Promise<Result> {
    const services = db.services();
    return inTransaction(services.pools.api, systemSession(services, institution.id), work);
  }

  /** Does what the worker would do next. */
  async function drain(institution: TestInstitution): Promise<void> {
    const { rows } = await db.owner.query<{ id: string }>(
      "SELECT id FROM history.indicator_run WHERE institution_id = $1 AND status = 'QUEUED'",
      [institution.id],
    );
    for (const { id } of rows) await indicatorTask(db.services()).run({ institutionId: institution.id, id }, never);
  }

  it("gives the same by increments as for everybody at once, whatever happened in whatever order", async function () {
    this.timeout(240_000);
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 18, size: "max" }), async (steps) => {
        db.clock.set("2026-03-10T09:00:00Z");
        const world = await World.make();
        const reckoner = new Reckoner(db, world.institution);
        for (const each of steps) await world.take(each);
        const byIncrements = await reckoner.all();

        await db.owner.query("DELETE FROM history.contact_indicator WHERE institution_id = $1", [world.institution.id]);
        await asSystem(world.institution, (sql) => requestRun(sql, "REQUEST"));
        await drain(world.institution);

        expect(byIncrements).to.deep.equal(await reckoner.all());
      }),
      { numRuns: 30 },
    );
  });
});
