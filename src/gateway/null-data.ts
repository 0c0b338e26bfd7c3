import {
  type DocumentNode,
  type ExecutionArgs,
  getOperationAST,
  isNonNullType,
  Kind,
  type SelectionSetNode,
} from "graphql";
import { isAsyncIterable, type Plugin } from "graphql-yoga";

/**
 * `data` as the specification wants it, whichever planner and transport: null when a root field that is never null
 * failed. The planners leave it out, or give such a field a null.
 */
export function useNullData(): Plugin {
  return {
    onExecute({ args }) {
      return {
        onExecuteDone({ result, setResult }) {
          if (isAsyncIterable(result) || !result.errors?.length) return;
          if (!result.data || lacksNonNull(args, result.data)) setResult({ ...result, data: null });
        },
      };
    },
  };
}

function lacksNonNull({ schema, document, operationName }: ExecutionArgs, data: Record<string, unknown>): boolean {
  const operation = getOperationAST(document, operationName);
  const type = operation && schema.getRootType(operation.operation);
  if (!type) return false;
  const fields = type.getFields();
  return rootFields(document, operation.selectionSet).some(
    ([key, name]) => data[key] === null && fields[name] && isNonNullType(fields[name].type),
  );
}

/** Response key and name of each root field. Validation has refused cycles of fragments. */
function rootFields(document: DocumentNode, set: SelectionSetNode): [key: string, name: string][] {
  return set.selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [[selection.alias?.value ?? selection.name.value, selection.name.value]];
    if (selection.kind === Kind.INLINE_FRAGMENT) return rootFields(document, selection.selectionSet);
    const fragment = document.definitions.find(
      (node) => node.kind === Kind.FRAGMENT_DEFINITION && node.name.value === selection.name.value,
    );
    return fragment?.kind === Kind.FRAGMENT_DEFINITION ? rootFields(document, fragment.selectionSet) : [];
  });
}
