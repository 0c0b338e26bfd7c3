import { type DocumentNode, GraphQLError } from "graphql";
import { isAsyncIterable, type Plugin } from "graphql-yoga";
import { type DocumentCost, documentCost } from "./document-cost.js";

/** In points: one point is one field of one object. */
export interface OperationCost {
  requested: number;
  maximum: number;
}

/** What this plugin puts on the context of each operation that could be parsed. */
export interface OperationCostContext {
  operationCost?: OperationCost;
}

export interface OperationCostOptions {
  /** The most one operation may cost, in points. */
  maximum?: number;
  /** The most meta fields (`__schema`, `__typename` and all below them) one operation may select. */
  maximumIntrospection?: number;
}

/**
 * Refuses an operation that would cost too much, before it is validated: 400, `QUERY_TOO_COSTLY`, nothing is executed.
 * Each answer to a readable document carries `extensions.cost { requested maximum }`; the cost is left in the context
 * for the rate limit. See {@link documentCost} for how it is counted.
 *
 * The default lets the whole file of 50 contacts pass (20 orders with lines and tickets, 20 payments, 50 audit entries
 * each, about 60,000 points) and refuses the same for 100.
 */
export function useOperationCost({
  maximum = 100_000,
  maximumIntrospection = 1_000,
}: OperationCostOptions = {}): Plugin {
  return {
    // Here and not as a validation rule, whose verdicts are cached by document, whatever its variables are.
    onParse: () => {
      return ({ context, extendContext, result }) => {
        if (!isDocument(result)) return;
        const cost = documentCost(result, context.params?.operationName, context.params?.variables);
        const operationCost: OperationCost = { requested: whole(cost.fields), maximum };
        extendContext({ operationCost } as object);
        assertAffordable(cost, maximum, maximumIntrospection);
      };
    },
    onExecutionResult({ result, setResult, context }) {
      const cost = operationCostOf(context);
      if (!cost || !result || isAsyncIterable(result)) return;
      setResult({ ...result, extensions: { ...result.extensions, cost } });
    },
  };
}

/** The cost of the operation that this context belongs to, in points; null when its document could not be parsed. */
export function operationCostOf(context: object): OperationCost | null {
  return (context as OperationCostContext).operationCost ?? null;
}

function assertAffordable(cost: DocumentCost, maximum: number, maximumIntrospection: number): void {
  if (cost.fields > maximum)
    throw tooCostly(`The operation costs ${whole(cost.fields)} points, at most ${maximum} are allowed.`);
  if (cost.introspection > maximumIntrospection)
    throw tooCostly(
      `The operation selects ${whole(cost.introspection)} introspection fields, at most ${maximumIntrospection} are allowed.`,
    );
}

const tooCostly = (message: string) =>
  new GraphQLError(message, { extensions: { code: "QUERY_TOO_COSTLY", http: { status: 400 } } });

/** JSON knows no Infinity. */
const whole = (points: number) => Math.min(points, Number.MAX_SAFE_INTEGER);

function isDocument(result: DocumentNode | Error | null): result is DocumentNode {
  return result !== null && !(result instanceof Error);
}
