import { type GraphQLSchema, getNamedType, isInputObjectType } from "graphql";
import { isSomething } from "./answers.js";
import { isDeep, some } from "./chance.js";
import type { Examination } from "./examination.js";
import { rootOperation } from "./operations.js";
import type { Ask } from "./pair.js";
import type { Reads } from "./reads.js";
import type { OutputField } from "./selections.js";
import { argumentsOf, type Breadth, type Given, type Values } from "./values.js";

const breadth: Breadth = isDeep ? { values: 80, pairs: 20 } : { values: 30, pairs: 3 };
/** Changes between two looks at everything. */
const between = 30;
/** Inputs that are tried until one is accepted. */
const mostAttempts = 60;
const fewAttempts = 16;
/** Of each kind. */
const fewest = isDeep ? 200 : 4;

/** Those that take away what others need come late, and what changes the view of everybody last. */
const late = [/./, /^(remove|disable|cancel|change|setRoles|anonymizeContact)/, /^setFieldLevel/];
const lateness = ({ name }: OutputField) => late.findLastIndex((pattern) => pattern.test(name));

/** The changes that a schema offers: every mutation with all kinds of input, against people seen and unseen. */
export class Changes {
  readonly #mutations: readonly OutputField[];

  constructor(
    schema: GraphQLSchema,
    private readonly reads: Reads,
    private readonly values: Values,
  ) {
    const fields = Object.values(schema.getMutationType()?.getFields() ?? {});
    this.#mutations = fields.toSorted((a, b) => lateness(a) - lateness(b));
  }

  /**
   * Makes the changes in both databases, one after the other, and looks at everything in between.
   * @param looks what shows whether both still look the same
   * @param budget about how many changes of all kinds together
   */
  async examine(examination: Examination, looks: readonly Ask[], budget: number): Promise<void> {
    const attempts = budget < mostAttempts * 4 ? fewAttempts : mostAttempts;
    const most = Math.max(fewest, Math.ceil(budget / this.#mutations.length / 2));
    const tried: Ask[] = [];
    for (const mutation of this.#mutations) {
      const selection = this.reads.payload(mutation);
      const about = this.reads.about(mutation);
      const generated = this.values.objects(mutation.name, argumentsOf(mutation), { ...breadth, about });
      let count = 0;
      let success: Given | null = null;
      let isPermitted = true;
      const attempt = async (given: Given) => {
        const ask = rootOperation(
          "gateway",
          "mutation",
          mutation,
          selection,
          await this.#withVersion(examination, given),
        );
        tried.push(ask);
        count++;
        const { data, errors } = await examination.change(ask, tried.slice(0, -1));
        isPermitted = !errors?.some(({ extensions }) => extensions?.code === "FORBIDDEN");
        if (!errors && isSomething(data?.[mutation.name])) success ??= given;
        if (tried.length === between) await examination.confirm(looks, tried.splice(0));
      };
      const sampled = new Set(some(mutation.name, generated, most));
      for (const [index, given] of generated.entries())
        if (isPermitted ? sampled.has(given) || (!success && index < attempts) : count < fewest) await attempt(given);
      // what was refused for another reason is tried again beside what was accepted
      for (const given of success ? this.#variations(mutation, success, most) : []) await attempt(given);
    }
    await examination.confirm(looks, tried);
  }

  /** An input that was accepted, with other values in one field at a time. */
  #variations(mutation: OutputField, success: Given, most: number): readonly Given[] {
    const [input] = mutation.args;
    const type = input && getNamedType(input.type);
    if (!isInputObjectType(type)) return [];
    const inputs = Object.values(type.getFields());
    const varied = inputs.flatMap(({ name, type: own }) =>
      this.values
        .of(own, name, breadth)
        .map((value) => ({ [input!.name]: { ...(success[input!.name] as object), [name]: value } })),
    );
    return some(`${mutation.name} again`, varied, most);
  }

  /** A change of a contact names the version that it is based on: the one of now, where both show it. */
  async #withVersion(examination: Examination, given: Given): Promise<Given> {
    const { input } = given as { input?: Given };
    const id = input?.id ?? input?.contactId;
    if (input?.version !== 1 || typeof id !== "string") return given;
    const query = "query ($id: ID!) { contact(id: $id) { version } }";
    const { data } = await examination.read({ at: "gateway", query, variables: { id } });
    const { version } = (data?.contact ?? { version: 1 }) as { version: number };
    return { ...given, input: { ...input, version } };
  }
}
