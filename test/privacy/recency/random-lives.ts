import fc from "fast-check";
import type { TestDatabase } from "../../support/database.js";
import { insertOrder, insertProduct, type TestRow } from "../../support/history.js";
import { insertWaiting } from "../../support/holding-rows.js";
import type { TestContact } from "../../support/rows.js";

/** What the random activities are about: people and products by their place in a list. */
interface Order {
  readonly type: "ORDER";
  readonly kind: string;
  readonly state: string;
  readonly at: Date;
  readonly by: number | null;
  readonly payer: number | null;
  readonly lines: readonly {
    readonly product: number;
    readonly tickets: readonly { readonly of: number | null; readonly product: number | null }[];
  }[];
}
interface Waiting {
  readonly type: "WAITING";
  readonly by: number;
  readonly at: Date;
}
interface FileDay {
  readonly type: "CRITERION" | "CLICK";
  readonly by: number;
  readonly day: string;
  readonly source: string;
}
interface Authorizations {
  readonly type: "AUTHORIZATIONS";
  readonly by: number;
  readonly at: Date;
  /** After the change, as bits. */
  readonly isTrue: number;
  readonly source: string;
}
export type Fact = Order | Waiting | FileDay | Authorizations;

export interface RandomProduct {
  readonly validityEnd: string | null;
  readonly startsAt: Date | null;
}

export interface RandomWorld {
  readonly products: readonly RandomProduct[];
  readonly facts: readonly Fact[];
  readonly importRenews: boolean;
}

export const people = 6;
const instant = fc.date({
  min: new Date("2015-01-01T00:00:00Z"),
  max: new Date("2027-12-31T00:00:00Z"),
  noInvalidDate: true,
});
const day = instant.map((at) => at.toISOString().slice(0, 10));
const person = fc.nat({ max: people - 1 });
const source = fc.constantFrom("OPERATOR", "IMPORT", "UNDO", "CONTACT");
const productCount = 5;
const product = fc.nat({ max: productCount - 1 });
const ticket = fc.record({ of: fc.option(person), product: fc.option(product) });

const order: fc.Arbitrary<Order> = fc.record({
  type: fc.constant("ORDER" as const),
  kind: fc.constantFrom("OPTION", "RESERVATION", "SALE"),
  state: fc.constantFrom("ACTIVE", "CONFIRMED", "EXPIRED", "CANCELLED"),
  at: instant,
  by: fc.option(person),
  payer: fc.option(person),
  lines: fc.array(fc.record({ product, tickets: fc.array(ticket, { maxLength: 3 }) }), { maxLength: 2 }),
});
const waiting: fc.Arbitrary<Waiting> = fc.record({ type: fc.constant("WAITING" as const), by: person, at: instant });
const fileDay: fc.Arbitrary<FileDay> = fc.record({
  ...{ type: fc.constantFrom("CRITERION" as const, "CLICK" as const), by: person, day, source },
});
const authorizations: fc.Arbitrary<Authorizations> = fc.record({
  ...{ type: fc.constant("AUTHORIZATIONS" as const), by: person, at: instant, isTrue: fc.nat({ max: 3 }), source },
});

export const randomWorld: fc.Arbitrary<RandomWorld> = fc.record({
  products: fc.array(fc.record({ validityEnd: fc.option(day), startsAt: fc.option(instant) }), {
    ...{ minLength: productCount, maxLength: productCount },
  }),
  facts: fc.array(fc.oneof(order, order, waiting, fileDay, authorizations), { maxLength: 15 }),
  importRenews: fc.boolean(),
});

/** Writes what happened. */
export async function insertWorld(
  db: TestDatabase,
  contacts: readonly TestContact[],
  world: RandomWorld,
): Promise<void> {
  const products: TestRow[] = [];
  for (const { validityEnd, startsAt } of world.products) {
    const wish = { ...(validityEnd && { validityEnd }), ...(startsAt && { startsAt: startsAt.toISOString() }) };
    products.push(await insertProduct(db, wish));
  }
  for (const fact of world.facts) await insertFact(db, contacts, products, fact);
}

async function insertFact(
  db: TestDatabase,
  contacts: readonly TestContact[],
  products: readonly TestRow[],
  fact: Fact,
): Promise<void> {
  const who = (index: number | null) => (index === null ? null : contacts[index]!);
  if (fact.type === "ORDER") {
    const lines = fact.lines.map((line) => ({
      product: products[line.product]!,
      tickets: line.tickets.map((each) => ({
        ...(each.of !== null && { culturalContact: contacts[each.of]! }),
        ...(each.product !== null && { product: products[each.product]! }),
      })),
    }));
    const wish = { operationKind: fact.kind, state: fact.state, orderedAt: fact.at.toISOString(), lines };
    await insertOrder(db, who(fact.by), { ...wish, ...(fact.payer !== null && { payer: contacts[fact.payer]! }) });
  } else if (fact.type === "WAITING") {
    await insertWaiting(db, contacts[fact.by]!, { product: products[0]!, requestedAt: fact.at.toISOString() });
  } else if (fact.type === "AUTHORIZATIONS") {
    await db.owner.query(
      `INSERT INTO marketing.authorization_change (institution_id, contact_id, at, actor, actor_kind, source, was_true,
         was_false, is_true, is_false) VALUES ($1, $2, $3, 'x', 'SERVICE', $4, 0, 0, $5, 64)`,
      [db.home.id, contacts[fact.by]!.id, fact.at, fact.source, fact.isTrue],
    );
  } else {
    const schema = fact.type === "CLICK" ? "marketing" : "contacts";
    await db.owner.query(
      `INSERT INTO ${schema}.activity (institution_id, contact_id, day, kind, source) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT DO NOTHING`,
      [db.home.id, contacts[fact.by]!.id, fact.day, fact.type, fact.source],
    );
  }
}
