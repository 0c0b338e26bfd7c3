import type { GraphQLSchema } from "graphql";
import { encodeId } from "../../src/platform/graphql/opaque-id.js";
import { some } from "./chance.js";
import type { Examination } from "./examination.js";
import { rootOperation } from "./operations.js";
import type { Ask } from "./pair.js";
import type { Reads } from "./reads.js";
import { argumentsOf, type Given, type Values } from "./values.js";

/** Of each type, what a caller cleared for FREE does not see. */
export const hiddenIds: Readonly<Record<string, number>> = {
  Contact: 102,
  ContactLink: 305,
  PaymentAlias: 2,
  Note: 2,
  Order: 6,
  ImportJob: 4,
};
/** Nothing has ever had this number. */
const never = 98_765;

export interface Stranger {
  readonly asked: Ask;
  readonly absent: Ask;
  readonly ids: readonly [asked: string, absent: string];
}

/**
 * Every operation that takes an id, asked for something that is there for others only, and for something that never was.
 * @param theirs database ids by type
 * @param most of each operation and type
 */
export function strangers(
  schema: GraphQLSchema,
  reads: Reads,
  values: Values,
  theirs: Readonly<Record<string, number>>,
  most: number,
): Stranger[] {
  const roots = [
    ["query", schema.getQueryType()],
    ["mutation", schema.getMutationType()],
  ] as const;
  return roots.flatMap(([kind, type]) =>
    Object.values(type?.getFields() ?? {}).flatMap((field) => {
      const about = reads.about(field);
      const given = values.objects(field.name, argumentsOf(field), { values: 4, pairs: 2, about });
      const selection = reads.payload(field);
      return Object.entries(theirs).flatMap(([name, id]) => {
        const ids = [encodeId(name, String(id)), encodeId(name, String(never))] as const;
        const keyless = given.map((each) => JSON.parse(withoutKey(JSON.stringify(each))) as Given);
        const naming = keyless.filter((each) => JSON.stringify(each).includes(`"${ids[0]}"`));
        return some(field.name, naming, most).map((each) => {
          const ask = (values_: Given) => rootOperation("gateway", kind, field, selection, values_);
          const absent = JSON.parse(JSON.stringify(each).replaceAll(ids[0], ids[1])) as Given;
          return { asked: ask(each), absent: ask(absent), ids };
        });
      });
    }),
  );
}

/** A batch that finds none of its ids is recorded under its key, and the other of a pair would be refused for it. */
function withoutKey(given: string): string {
  return given.replaceAll(/"idempotencyKey":"[^"]*"/g, '"idempotencyKey":null');
}

/** @throws Error when what is there for others is told from what never was */
export async function examineStrangers(examination: Examination, pairs: readonly Stranger[]): Promise<void> {
  for (const { asked, absent, ids } of pairs) {
    const [one, other] = [await examination.answer(asked), await examination.answer(absent)];
    if (plain(one, ids[0]) === plain(other, ids[1])) continue;
    throw new Error(
      `what is there for others and what never was are told apart by ${asked.query}\n${JSON.stringify(asked.variables)}\n${one}\n${other}`,
    );
  }
}

/** Without the id that was asked for, and without those of what the operation has made itself. */
function plain(answer: string, asked: string): string {
  const lastInserted = 100_000;
  return answer.replaceAll(/(?<=")[\w-]{8,}(?=")/g, (text) => {
    const [, number] = /^\w+:(\d+)$/.exec(Buffer.from(text, "base64url").toString()) ?? [];
    return text === asked ? "?" : Number(number) > lastInserted ? "made" : text;
  });
}
