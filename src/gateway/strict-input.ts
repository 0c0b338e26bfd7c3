import {
  buildSchema,
  GraphQLError,
  type GraphQLSchema,
  isScalarType,
  type ValidationContext,
  type ValidationRule,
  ValuesOfCorrectTypeRule,
  validate,
} from "graphql";
import type { Plugin } from "graphql-yoga";
import { DateScalar, DateTimeScalar, DecimalScalar } from "../platform/graphql/scalars.js";
import { UploadScalar } from "../platform/graphql/upload-scalar.js";

const scalars = [DateScalar, DateTimeScalar, DecimalScalar, UploadScalar];

/**
 * The API with the scalars of the subgraphs. To the planner they are opaque: it would find a day that does not exist
 * only when the subgraph is reached, after earlier mutations of the operation were written.
 * @param publicSdl as clients see it
 */
export function inputSchemaOf(publicSdl: string): GraphQLSchema {
  const schema = buildSchema(publicSdl);
  for (const { name, parseValue, parseLiteral } of scalars) {
    const type = schema.getType(name);
    if (isScalarType(type)) Object.assign(type, { parseValue, parseLiteral });
  }
  return schema;
}

/** Refuses values in the document that a scalar refuses, and kinds of operation that the API has none of. */
export function useStrictInput(schema: GraphQLSchema): Plugin {
  return {
    onValidate({ addValidationRule }) {
      addValidationRule(ruleOf(schema));
    },
  };
}

function ruleOf(schema: GraphQLSchema): ValidationRule {
  return (context: ValidationContext) => ({
    Document(document) {
      // what the opaque schema refuses as well is said already
      const isSaid = validate(context.getSchema(), document, [ValuesOfCorrectTypeRule]).length > 0;
      if (isSaid) return;
      for (const { message, nodes } of validate(schema, document, [ValuesOfCorrectTypeRule])) {
        // graphql-js quotes the value, which may be personal data
        context.reportError(new GraphQLError(`${message.split(", found ")[0]!.replace(/\.$/, "")}.`, { nodes }));
      }
    },
    OperationDefinition(node) {
      if (schema.getRootType(node.operation)) return;
      context.reportError(new GraphQLError(`The API has no ${node.operation}s.`, { nodes: node }));
    },
  });
}
