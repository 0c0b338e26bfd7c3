import { Field, InputType } from "type-graphql";
import { ContactType } from "./contact.enums.js";

@InputType({ description: "What to search for. All that is given must fit; at least one field is needed." })
export class ContactFilter {
  @Field(() => String, {
    nullable: true,
    description:
      "Simple search: the beginning of a name (in either order, accents and case do not matter) or of an e-mail address, or an exact contact number or reference code.",
  })
  text?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "The beginning of a name: last then first, first then last, or a structure's.",
  })
  name?: string | null;

  @Field(() => String, { nullable: true, description: "An e-mail address, exactly; case does not matter." })
  email?: string | null;

  @Field(() => String, { nullable: true, description: "A contact number, exactly: leading zeros count." })
  contactNumber?: string | null;

  @Field(() => String, { nullable: true, description: "A reference code, exactly: leading zeros count." })
  referenceCode?: string | null;

  @Field(() => ContactType, { nullable: true, description: "Only individuals, or only structures." })
  type?: ContactType | null;
}
