import { ArgsType, Field, InputType, ObjectType } from "type-graphql";
import { OrganizationListArguments, organizationListOf } from "../shipments/shipment.inputs.js";
import { CommunicationMedium, Interaction, InteractionOrigin, InteractionStatus } from "./interaction.type.js";

@InputType({ description: "Which interactions a list shows." })
class InteractionFilter {
  @Field(() => [InteractionOrigin], { nullable: true, description: "Who registered them. Left out: anybody." })
  origins?: InteractionOrigin[] | null;

  @Field(() => [InteractionStatus], { nullable: true, description: "What is still to be done. Left out: anything." })
  statuses?: InteractionStatus[] | null;

  @Field(() => [CommunicationMedium], { nullable: true, description: "How they were in touch. Left out: in any way." })
  media?: CommunicationMedium[] | null;
}

@ArgsType()
export class InteractionArguments extends OrganizationListArguments {
  @Field(() => InteractionFilter, { nullable: true, description: "Which interactions. Left out: all of them." })
  filter?: InteractionFilter | null;
}

@ObjectType({ simpleResolvers: true, description: "Interactions, the newest first." })
export class InteractionConnection extends organizationListOf("Interaction", () => Interaction) {}
