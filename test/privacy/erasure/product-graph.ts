import type { GraphQLSchema } from "graphql";
import { mergeCatalogues } from "../../../src/platform/access/fields.js";
import { permissions } from "../../../src/platform/access/permissions.js";
import type { OperationContext, Services } from "../../../src/platform/context.js";
import type { ModuleName } from "../../../src/platform/module.js";
import { product } from "../../../src/product.js";
import { ask } from "../../support/ask.js";
import type { ContextWish, TestDatabase } from "../../support/database.js";

const catalogue = mergeCatalogues(product.modules.map(({ fields }) => fields));
const built = new Map<ModuleName, Promise<GraphQLSchema>>();

function schemaOf(name: ModuleName): Promise<GraphQLSchema> {
  const found = product.modules.find((module) => module.name === name)!;
  const schema = built.get(name) ?? found.buildSubgraph().then((subgraph) => subgraph.schema);
  built.set(name, schema);
  return schema;
}

// biome-ignore lint/suspicious/noExplicitAny: an answer has the shape of its query, which the test knows
type Answer = Record<string, any>;

/** The whole product on a test's database: every module with what it needs of the others. */
export class ProductGraph {
  readonly services: Services;

  constructor(private readonly db: TestDatabase) {
    const base = db.services({ catalogue });
    this.services = { ...base, ports: product.ports(base) };
  }

  /** Somebody who may do everything, and is cleared for everyone. */
  caller(wish: ContextWish = {}): OperationContext {
    const all = permissions.filter((permission) => permission !== "authenticated");
    const rights = { services: this.services, clearance: 2, organizations: ["OPERA"] } as const;
    return this.db.contextWith(...all, { ...rights, ...wish });
  }

  /** A mutation with one input, which must not be refused. */
  async change(
    module: ModuleName,
    mutation: string,
    input: object,
    wish: ContextWish = {},
    shown = "",
  ): Promise<Answer> {
    const answer = await this.try(module, mutation, input, wish, shown);
    if (answer.userErrors.length > 0) throw new Error(`${mutation}: ${JSON.stringify(answer.userErrors)}`);
    return answer;
  }

  /** A mutation with one input, and what it answers. */
  async try(module: ModuleName, mutation: string, input: object, wish: ContextWish = {}, shown = ""): Promise<Answer> {
    const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`;
    const document = `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${shown} userErrors { code field } } }`;
    const data = await ask(await schemaOf(module), this.caller(wish), document, { input });
    return data[mutation];
  }

  async query(module: ModuleName, document: string, variables: object = {}, wish: ContextWish = {}): Promise<Answer> {
    return ask(await schemaOf(module), this.caller(wish), document, { ...variables });
  }
}
