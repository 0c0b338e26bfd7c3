import type { GraphQLSchema } from "graphql";
import { encodeId } from "../../src/platform/graphql/opaque-id.js";
import { some } from "./chance.js";
import type { Examination } from "./examination.js";
import { rootOperation } from "./operations.js";
import type { Ask } from "./pair.js";
import type { Reads } from "./reads.js";
import { argumentsOf, type Given, type Values } from "./values.js";

/** Of each type, what a caller cleared for FREE does not see; never was there what has this number. */
const hidden: Readonly<Record<string, number>> = {
  Contact: 102,
  ContactLink: 5,
  PaymentAlias: 2,
  Note: 2,
  Order: 6,
  ImportJob: 4,
};
const never = 98_765;

const most = 12;

/** Every operation that takes an id, asked for something hidden and for something that never was. */
export function strangers(
  schema: GraphQLSchema,
  reads: Reads,
  values: Values,
): { asked: Ask; absent: Ask; ids: string[] }[] {
  const roots = [
    ["query", schema.getQueryType()],
    ["mutation", schema.getMutationType()],
  ] as const;
  return roots.flatMap(([kind, type]) =>
    Object.values(type?.getFields() ?? {}).flatMap((field) => {
      const about = reads.about(field);
      const given = values.objects(field.name, argumentsOf(field), { values: 4, pairs: 2, about });
      const selection = reads.payload(field);
      return Object.entries(hidden).flatMap(([name, id]) => {
        const ids = [encodeId(name, String(id)), encodeId(name, String(never))] as const;
        const naming = given.filter((each) => JSON.stringify(each).includes(`"${ids[0]}"`));
        return some(field.name, naming, most).map((each) => {
          const ask = (values_: Given) => rootOperation("gateway", kind, field, selection, values_);
          const absent = JSON.parse(JSON.stringify(each).replaceAll(ids[0], ids[1])) as Given;
          return { asked: ask(each), absent: ask(absent), ids: [...ids] };
        });
      });
    }),
  );
}

/** @throws Error when what is hidden is told from what never was */
export async function examineStrangers(examination: Examination, pairs: ReturnType<typeof strangers>): Promise<void> {
  for (const { asked, absent, ids } of pairs) {
    const [one, other] = [await examination.answer(asked), await examination.answer(absent)];
    if (one.replaceAll(ids[0]!, "?") === other.replaceAll(ids[1]!, "?")) continue;
    throw new Error(
      `hidden and missing are told apart by ${asked.query}\n${JSON.stringify(asked.variables)}\n${one}\n${other}`,
    );
  }
}
