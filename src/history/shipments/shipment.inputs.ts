import { ArgsType, Field, ID, InputType, ObjectType } from "type-graphql";
import { historyOf } from "../connections.type.js";
import { HistoryArguments } from "../history.inputs.js";
import { Shipment, ShipmentChannel, ShipmentKind, ShipmentResponseCode, ShipmentState } from "./shipment.type.js";

/** What the lists take that each organization keeps. */
@ArgsType()
export abstract class OrganizationListArguments extends HistoryArguments {
  @Field(() => ID, {
    nullable: true,
    description:
      "Code of one of the caller's organizations; left out: his current one, the first of his token. What the " +
      "institution itself sends is in the list of each. An internet user has no organization: left out, all of them.",
  })
  organizationId?: string | null;
}

@InputType({ description: "Which shipments a list shows." })
class ShipmentFilter {
  @Field(() => [ShipmentKind], { nullable: true, description: "What was sent. Left out: anything." })
  kinds?: ShipmentKind[] | null;

  @Field(() => [ShipmentChannel], { nullable: true, description: "How. Left out: in any way." })
  channels?: ShipmentChannel[] | null;

  @Field(() => [ShipmentState], { nullable: true, description: "What became of it. Left out: anything." })
  states?: ShipmentState[] | null;

  @Field(() => [ShipmentResponseCode], { nullable: true, description: "What came back on it. Left out: anything." })
  responseCodes?: ShipmentResponseCode[] | null;
}

@ArgsType()
export class ShipmentArguments extends OrganizationListArguments {
  @Field(() => ShipmentFilter, { nullable: true, description: "Which shipments. Left out: all of them." })
  filter?: ShipmentFilter | null;
}

/** A page of a list that each organization keeps: it says of which one it is. */
export function organizationListOf<Node extends object>(name: string, node: () => new () => Node) {
  @ObjectType({ simpleResolvers: true })
  abstract class OrganizationConnection extends historyOf(name, node) {
    @Field(() => String, {
      nullable: true,
      description:
        "Code of the organization whose list this is. Null: of every organization, for an internet user; for others, of " +
        "none, because the one that was asked for is not theirs.",
    })
    organization!: string | null;
  }
  return OrganizationConnection;
}

@ObjectType({ simpleResolvers: true, description: "Shipments, the newest first." })
export class ShipmentConnection extends organizationListOf("Shipment", () => Shipment) {}
