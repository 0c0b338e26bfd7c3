import { Field, ID, ObjectType, registerEnumType } from "type-graphql";
import { DateScalar, DateTimeScalar } from "../../platform/graphql/scalars.js";

export enum GdprActivityKind {
  OPTION_ACQUIRED = "OPTION_ACQUIRED",
  OPTION_CONFIRMED = "OPTION_CONFIRMED",
  RESERVATION = "RESERVATION",
  SALE = "SALE",
  WAITING_LIST = "WAITING_LIST",
  CLICK = "CLICK",
  CRITERION = "CRITERION",
  AUTHORIZATION = "AUTHORIZATION",
  CREATION = "CREATION",
}

registerEnumType(GdprActivityKind, {
  name: "GdprActivityKind",
  description: "What keeps a contact from being taken for inactive.",
  valuesConfig: {
    OPTION_ACQUIRED: { description: "An option, as purchase or cultural contact, whatever became of it." },
    OPTION_CONFIRMED: { description: "An option that was confirmed." },
    RESERVATION: { description: "A reservation, as purchase or cultural contact, whatever became of it." },
    SALE: { description: "A sale, as purchase or cultural contact, whatever became of it." },
    WAITING_LIST: { description: "A request for a waiting list, on its day." },
    CLICK: { description: "A link in a mail that he followed himself." },
    CRITERION: { description: "A criterion that really changed." },
    AUTHORIZATION: { description: "An authorization that really changed, with at least one TRUE afterwards." },
    CREATION: { description: "Nothing of all this: the day on which the file was made stands in." },
  },
});

@ObjectType({ simpleResolvers: true, description: "The activity that decides the GDPR recency of a contact." })
export class GdprActivity {
  @Field(() => GdprActivityKind, { description: "What it was." })
  kind!: GdprActivityKind;

  @Field(() => String, {
    nullable: true,
    description:
      "Code of the organization whose order or waiting list it was; null for what stands in the file itself.",
  })
  organization!: string | null;

  @Field(() => ID, {
    nullable: true,
    description: "Opaque id of the order or of the entry of the waiting list; null for what stands in the file itself.",
  })
  recordId!: string | null;
}

@ObjectType({
  simpleResolvers: true,
  description:
    "The day of a contact's last activity in any organization, as it was worked out last. It is worked out again only when, with the day that is kept, he would be taken for inactive.",
})
export class GdprRecency {
  @Field(() => DateScalar, {
    description:
      "The day. Of what has a validity its last day, also in the future; of everything else the day it was done.",
  })
  date!: string;

  @Field(() => GdprActivity, { description: "What decided." })
  decidingActivity!: GdprActivity;

  @Field(() => DateTimeScalar, { description: "When it was worked out." })
  computedAt!: Date;
}
