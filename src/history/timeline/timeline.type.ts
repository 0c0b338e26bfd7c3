import { ArgsType, Field, InputType, ObjectType, registerEnumType } from "type-graphql";
import { DateTimeScalar } from "../../platform/graphql/scalars.js";
import { historyOf } from "../connections.type.js";
import { Contact } from "../contact.type.js";
import { HistoryArguments, organizationsDescription } from "../history.inputs.js";
import { Advantage } from "../holdings/advantage.type.js";
import { Membership } from "../holdings/membership.type.js";
import { WaitingListEntry } from "../holdings/waiting-list.type.js";
import { Interaction } from "../interactions/interaction.type.js";
import { Order, Payment, Ticket } from "../order.type.js";
import { Shipment } from "../shipments/shipment.type.js";
import { TimelineKind } from "./timeline.kinds.js";

registerEnumType(TimelineKind, {
  name: "TimelineKind",
  description: "What an entry of a timeline is.",
  valuesConfig: {
    ORDER: { description: "An order that the contact made, at that moment." },
    ATTENDANCE: {
      description: "What the contact attends, at its beginning or on its last day. Never what is undated.",
    },
    PAYMENT: { description: "A payment or refund, when it was made." },
    WAITING_LIST: { description: "An entry in a waiting list, when it was requested." },
    MEMBERSHIP: { description: "A membership, at the beginning of its first day." },
    ADVANTAGE: { description: "An advantage, at the beginning of its first day; none without one." },
    SHIPMENT: {
      description: "What one of the caller's organizations, or the institution itself, sent, when it was made.",
    },
    INTERACTION: { description: "What an operator of one of the caller's organizations registered, when it was." },
  },
});

@ObjectType({
  simpleResolvers: true,
  description: "Something in the life of a contact. Of the objects that it may be, one is there: that of its kind.",
})
class TimelineEntry {
  @Field(() => TimelineKind, { description: "What it is." })
  kind!: TimelineKind;

  @Field(() => DateTimeScalar, { description: "The moment that it is listed under." })
  at!: Date;

  @Field(() => Contact, {
    nullable: true,
    description: "Whose it is: the contact itself or, in the timeline of a structure, one of its relays.",
  })
  contact!: Contact | null;

  @Field(() => Order, { nullable: true, description: "Of the kind ORDER: the order." })
  order!: Order | null;

  @Field(() => Ticket, { nullable: true, description: "Of the kind ATTENDANCE: the ticket." })
  ticket!: Ticket | null;

  @Field(() => Payment, { nullable: true, description: "Of the kind PAYMENT: the payment." })
  payment!: Payment | null;

  @Field(() => WaitingListEntry, { nullable: true, description: "Of the kind WAITING_LIST: the entry." })
  waitingListEntry!: WaitingListEntry | null;

  @Field(() => Membership, { nullable: true, description: "Of the kind MEMBERSHIP: the membership." })
  membership!: Membership | null;

  @Field(() => Advantage, { nullable: true, description: "Of the kind ADVANTAGE: the advantage." })
  advantage!: Advantage | null;

  @Field(() => Shipment, { nullable: true, description: "Of the kind SHIPMENT: the shipment." })
  shipment!: Shipment | null;

  @Field(() => Interaction, { nullable: true, description: "Of the kind INTERACTION: the interaction." })
  interaction!: Interaction | null;
}

@ObjectType({ simpleResolvers: true, description: "What happened and is to happen, the furthest in the future first." })
export class TimelineEntryConnection extends historyOf("TimelineEntry", () => TimelineEntry) {
  @Field(() => [TimelineKind], {
    description: "The kinds that this timeline is made of: those asked for, without those that are withheld.",
  })
  kinds!: TimelineKind[];
}

@InputType({ description: "Which entries a timeline shows." })
class TimelineFilter {
  @Field(() => [TimelineKind], { nullable: true, description: "What they are. Left out: anything." })
  kinds?: TimelineKind[] | null;

  @Field(() => [String], { nullable: true, description: organizationsDescription })
  organizations?: string[] | null;
}

@ArgsType()
export class TimelineArguments extends HistoryArguments {
  @Field(() => TimelineFilter, { nullable: true, description: "Which entries. Left out: all of them." })
  filter?: TimelineFilter | null;
}
