import { Directive, ObjectType } from "type-graphql";
import { Node } from "../platform/graphql/shared-types.js";

/** The history module knows orders; here, `node` only finds that there is one. */
@Directive(`@key(fields: "id", resolvable: false)`)
@ObjectType({ implements: Node, simpleResolvers: true })
export class Order extends Node {}
