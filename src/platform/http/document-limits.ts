import { blockFieldSuggestionsPlugin } from "@escape.tech/graphql-armor-block-field-suggestions";
import { maxAliasesPlugin } from "@escape.tech/graphql-armor-max-aliases";
import { maxDepthPlugin } from "@escape.tech/graphql-armor-max-depth";
import { maxDirectivesPlugin } from "@escape.tech/graphql-armor-max-directives";
import { maxTokensPlugin } from "@escape.tech/graphql-armor-max-tokens";
import { type ASTVisitor, Kind, type SelectionSetNode, type ValidationContext } from "graphql";
import type { Plugin } from "graphql-yoga";
import { type RequestFaultCode, requestFault } from "./request-fault.js";

export interface DocumentLimits {
  /** In characters. Documents are cached by their text, so that long ones would fill the memory. */
  maxLength?: number;
  maxTokens?: number;
  /** Levels of fields; fragments add none. Introspection has its own limit in graphql-js. */
  maxDepth?: number;
  maxAliases?: number;
  maxDirectives?: number;
  /** Whether refusals may suggest names of the schema ("Did you mean …"). Not in production. */
  suggestions?: boolean;
}

/**
 * Refuses documents that are too long, too deep or too repetitive, and those that mix data with introspection (which
 * the query planner cannot plan): 400 with a code of its own, before anything is executed.
 */
export function useDocumentLimits({
  maxLength = 50_000,
  maxTokens = 4_000,
  maxDepth = 15,
  maxAliases = 30,
  maxDirectives = 30,
  suggestions = false,
}: DocumentLimits = {}): Plugin {
  return {
    onPluginInit({ addPlugin }) {
      addPlugin(maxTokensPlugin({ n: maxTokens, ...refuse("TOO_MANY_TOKENS", `at most ${maxTokens} tokens`) }));
      addPlugin(
        maxDepthPlugin({
          n: maxDepth,
          flattenFragments: true,
          ...refuse("QUERY_TOO_DEEP", `at most ${maxDepth} levels of fields`),
        }),
      );
      addPlugin(
        maxAliasesPlugin({
          n: maxAliases,
          allowList: [], // by default __typename may be repeated without end
          ...refuse("TOO_MANY_ALIASES", `at most ${maxAliases} aliases`),
        }),
      );
      addPlugin(
        maxDirectivesPlugin({
          n: maxDirectives,
          ...refuse("TOO_MANY_DIRECTIVES", `at most ${maxDirectives} directives`),
        }),
      );
      if (!suggestions) addPlugin(blockFieldSuggestionsPlugin({ mask: "" }));
    },
    onParams({ params }) {
      if (typeof params?.query === "string" && params.query.length > maxLength)
        throw requestFault("DOCUMENT_TOO_LONG", 400, `A document may have at most ${maxLength} characters.`);
    },
    onValidate({ addValidationRule }) {
      addValidationRule(OneKindOfRootField);
    },
  };
}

/** Thrown and not reported, so that the costly rules of graphql-js do not run on a hostile document. */
function refuse(code: RequestFaultCode, limit: string) {
  return {
    onReject: [
      () => {
        throw requestFault(code, 400, `A document may have ${limit}.`);
      },
    ],
  };
}

function OneKindOfRootField(context: ValidationContext): ASTVisitor {
  return {
    OperationDefinition(operation) {
      const names = new Set<string>();
      collectRootFields(context, operation.selectionSet, names, new Set());
      const isMixed =
        (names.has("__schema") || names.has("__type")) && [...names].some((name) => !name.startsWith("__"));
      if (isMixed)
        context.reportError(
          requestFault("INTROSPECTION_MIXED", 400, "Ask for data and for the schema in separate operations."),
        );
    },
  };
}

function collectRootFields(
  context: ValidationContext,
  set: SelectionSetNode,
  names: Set<string>,
  seen: Set<string>,
): void {
  for (const selection of set.selections) {
    if (selection.kind === Kind.FIELD) names.add(selection.name.value);
    else if (selection.kind === Kind.INLINE_FRAGMENT) collectRootFields(context, selection.selectionSet, names, seen);
    else if (!seen.has(selection.name.value)) {
      seen.add(selection.name.value);
      const fragment = context.getFragment(selection.name.value);
      if (fragment) collectRootFields(context, fragment.selectionSet, names, seen);
    }
  }
}
