import { expect } from "chai";
import { historyPort } from "../../../src/history/index.js";
import type { Sql } from "../../../src/platform/database/sql.js";
import { systemSession } from "../../../src/platform/database/system-session.js";
import { inTransaction } from "../../../src/platform/database/transaction.js";
import type { CleanedRows, CleanUpRange } from "../../../src/platform/ports.js";
import { useDatabase } from "../../support/database.js";
import { ingest, productRecord, type RecordWish } from "../../support/ingest.js";
import type { TestInstitution } from "../../support/rows.js";

const cutoff = "2022-01-10";
const holder = {
  firstName: "Ana",
  lastName: "Ruiz",
  birthDate: "1990-01-01",
  email: "a@example.org",
  countryCode: "ES",
};
const answers = [
  { questionCode: "MAIL", questionType: "EMAIL", value: "a@example.org" },
  { questionCode: "HOME", questionType: "ADDRESS", value: "Calle 1" },
  { questionCode: "FOOD", questionType: "TEXT", value: "vegetarian" },
];

describe("the clean-up of old tickets (F50, F51, F52, domain 4.7)", () => {
  const db = useDatabase();
  let institution: TestInstitution;
  let orders = 0;
  beforeEach(async () => {
    institution = await db.institution();
  });

  const deliver = (records: readonly RecordWish[]) => ingest(db, records, { institution });
  const inSession = <Result>(work: (sql: Sql) => Promise<Result>) => {
    const services = db.services();
    return inTransaction(services.pools.api, systemSession(services, institution.id), work);
  };

  interface Line {
    /** The last day; null: undated. */
    readonly until: string | null;
    /** False: goods, without a ticket. */
    readonly hasTicket?: boolean;
  }

  /** Sells a ticket for each of these days, with a holder and answers, from an address. */
  async function sell(lines: readonly Line[], wish: RecordWish = {}): Promise<RecordWish> {
    const products = lines.map(({ until }) => productRecord({ validityEndDate: until ?? undefined }));
    const order = {
      ...{ organization: "OPERA", orderNumber: `C${++orders}`, version: 1, operationKind: "SALE", currency: "CHF" },
      ...{ orderedAt: "2021-09-01T12:00:00Z", total: "0", ipAddress: "203.0.113.9", remark: "by phone" },
      lines: lines.map(({ hasTicket = true }, index) => ({
        ...{ lineNumber: index + 1, product: products[index]!.product.code, quantity: 1, amount: "0" },
        tickets: hasTicket ? [{ ticketNumber: 1, price: "0", beneficiary: holder, answers }] : [],
      })),
      ...wish,
    };
    await deliver([...products, { order }]);
    return order;
  }

  /** Cleans everything, a few rows at a time. */
  async function clean(): Promise<{ tickets: number; orders: number }> {
    const counts = { tickets: 0, orders: 0 };
    for (const [name, step] of [
      ["tickets", historyPort.cleanTickets],
      ["orders", historyPort.cleanAddresses],
    ] as const) {
      for (let after: string | null = "0"; after !== null; ) {
        const range: CleanUpRange = { day: cutoff, after, limit: 2 };
        const done: CleanedRows | null = await inSession((sql) => step(sql, range));
        counts[name] += done?.cleaned ?? 0;
        after = done?.last ?? null;
      }
    }
    return counts;
  }

  /** Address and remark of an order; of each ticket its holder and answers. */
  async function stored({ orderNumber }: RecordWish) {
    const { rows } = await db.owner.query(
      `SELECT host(o.ip_address) AS ip, o.remark,
         (SELECT array_agg(concat_ws(' ', b.first_name, b.last_name, b.birth_date, b.email, b.country_code)
           ORDER BY t.line_number) FROM history.ticket t
           LEFT JOIN history.ticket_beneficiary b ON b.institution_id = t.institution_id AND b.ticket_id = t.id
           WHERE t.institution_id = o.institution_id AND t.order_id = o.id) AS holders,
         (SELECT array_agg(a.question_code ORDER BY t.line_number, a.question_code) FROM history.ticket t
           JOIN history.ticket_answer a ON a.institution_id = t.institution_id AND a.ticket_id = t.id
           WHERE t.institution_id = o.institution_id AND t.order_id = o.id) AS answers
       FROM history.sales_order o WHERE o.institution_id = $1 AND o.order_number = $2`,
      [institution.id, orderNumber],
    );
    return rows[0];
  }

  const full = "Ana Ruiz 1990-01-01 a@example.org ES";
  const ip = "203.0.113.9";

  it("leaves of a holder the country, and of the answers those that are no address (E20)", async () => {
    const order = await sell([{ until: "2021-11-30" }]);

    expect(await clean()).to.deep.equal({ tickets: 1, orders: 1 });

    expect(await stored(order)).to.deep.equal({ ip: null, remark: "by phone", holders: ["ES"], answers: ["FOOD"] });
  });

  it("takes the address of an order away when all of its tickets are old (E21), and keeps it for one that is not (E22)", async () => {
    const old = await sell([{ until: "2021-10-01" }, { until: "2021-12-31" }]);
    const mixed = await sell([{ until: "2021-10-01" }, { until: "2022-01-10" }]);

    expect(await clean()).to.deep.equal({ tickets: 3, orders: 1 });

    expect((await stored(old)).ip).to.equal(null);
    expect(await stored(mixed)).to.deep.include({ ip, holders: ["ES", full] });
  });

  const undated: readonly (readonly [string, readonly Line[], string, string | null])[] = [
    ["an undated ticket by the day of its order (D-08)", [{ until: null }], "2022-01-09T12:00:00Z", null],
    ["an undated ticket of the day of the cutoff", [{ until: null }], "2022-01-09T23:30:00Z", ip],
    ["goods by the day of their order (Q-34)", [{ until: null, hasTicket: false }], "2022-01-09T12:00:00Z", null],
    [
      "younger goods beside an old ticket",
      [{ until: "2021-01-01" }, { until: null, hasTicket: false }],
      "2022-02-01T12:00:00Z",
      ip,
    ],
    ["an order without anything by its day (Q-33)", [], "2022-01-09T12:00:00Z", null],
    ["a younger order without anything", [], "2022-02-01T12:00:00Z", ip],
  ];
  for (const [title, lines, orderedAt, expected] of undated)
    it(`judges ${title}`, async () => {
      const order = await sell(lines, { orderedAt });

      await clean();

      expect((await stored(order)).ip).to.equal(expected);
    });

  it("counts beforehand what it is going to do, and finds nothing more the second time", async () => {
    await sell([{ until: "2021-10-01" }, { until: "2021-12-31" }]);
    await sell([{ until: "2021-10-01" }, { until: "2022-01-10" }]);
    const count = () => inSession((sql) => historyPort.countOldTickets(sql, cutoff));

    expect(await count()).to.deep.equal({ tickets: 3, orders: 1 });
    expect(await clean()).to.deep.equal({ tickets: 3, orders: 1 });
    expect(await count()).to.deep.equal({ tickets: 0, orders: 0 });
    expect(await clean()).to.deep.equal({ tickets: 0, orders: 0 });
  });

  it("is not undone by a later version of the order, which brings what it may", async () => {
    const order = await sell([{ until: "2021-10-01" }, { until: "2021-11-01" }]);
    await clean();

    await deliver([{ order: { ...order, version: 2, total: "7", remark: "by mail" } }]);

    expect(await stored(order)).to.deep.equal({
      ip: null,
      remark: "by mail",
      holders: ["ES", "ES"],
      answers: ["FOOD", "FOOD"],
    });
  });

  it("stays within the institution", async () => {
    const order = await sell([{ until: "2021-10-01" }]);
    const home = institution;
    institution = await db.institution();

    expect(await clean()).to.deep.equal({ tickets: 0, orders: 0 });

    institution = home;
    expect((await stored(order)).holders).to.deep.equal([full]);
  });
});
