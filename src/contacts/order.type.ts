import { Directive, ObjectType } from "type-graphql";
import { Node } from "../platform/graphql/shared-types.js";

/** The history module knows orders; here, `node` only finds that there is one. */
@Directive(`@key(fields: "id", resolvable: false)`)
@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description:
    "An option, a reservation or a sale. It exists for a caller who may see one of its people: " +
    "who made it, who is to pay or has paid, or who attends. The others are null.",
})
export class Order extends Node {}
