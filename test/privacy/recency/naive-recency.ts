import type { Fact, RandomProduct, RandomWorld } from "./random-lives.js";

/** The rules of domain 4.1 as one reads them, for one contact: one fact after the other. */
export function naiveRecency(person: number, world: RandomWorld, createdOn: string): { day: string; kinds: string[] } {
  const contributions = world.facts.flatMap((fact) => contributionsOf(person, fact, world));
  if (contributions.length === 0) return { day: createdOn, kinds: ["CREATION"] };
  const day = contributions
    .map((each) => each.day)
    .sort()
    .at(-1)!;
  return { day, kinds: contributions.filter((each) => each.day === day).map(({ kind }) => kind) };
}

interface Contribution {
  readonly day: string;
  readonly kind: string;
}

function contributionsOf(person: number, fact: Fact, { products, importRenews }: RandomWorld): Contribution[] {
  if (fact.type === "ORDER") return orderContributions(person, fact, products);
  if (fact.by !== person) return [];
  if (fact.type === "WAITING") return [{ day: localDay(fact.at), kind: "WAITING_LIST" }];
  if (!importRenews && (fact.source === "IMPORT" || fact.source === "UNDO")) return [];
  if (fact.type === "AUTHORIZATIONS") return fact.isTrue > 0 ? [{ day: localDay(fact.at), kind: "AUTHORIZATION" }] : [];
  return [{ day: fact.day, kind: fact.type }];
}

function orderContributions(
  person: number,
  order: Extract<Fact, { type: "ORDER" }>,
  products: readonly RandomProduct[],
): Contribution[] {
  const kind =
    order.kind !== "OPTION" ? order.kind : order.state === "CONFIRMED" ? "OPTION_CONFIRMED" : "OPTION_ACQUIRED";
  const dayOf = (index: number) => {
    const { validityEnd, startsAt } = products[index]!;
    return validityEnd ?? (startsAt ? localDay(startsAt) : localDay(order.at));
  };
  const tickets = order.lines.flatMap((line) =>
    line.tickets.map(({ of, product }) => ({ of, day: dayOf(product ?? line.product) })),
  );
  const attended = tickets.filter(({ of }) => of === person).map((each) => each.day);
  const bought = order.lines.length === 0 ? [localDay(order.at)] : order.lines.map((line) => dayOf(line.product));
  const days = [...attended, ...(order.by === person ? [...bought, ...tickets.map((each) => each.day)] : [])];
  return days.map((day) => ({ day, kind }));
}

function localDay(instant: Date): string {
  return new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Zurich" }).format(instant);
}
