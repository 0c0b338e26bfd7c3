import { Field, InputType } from "type-graphql";
import { DateScalar } from "../../platform/graphql/scalars.js";
import { ContactRole, ContactType } from "../contact.enums.js";
import { CriterionFilter } from "../criteria/criterion-wish.inputs.js";

@InputType({ description: "What to search for. All that is given must fit; at least one field is needed." })
export class ContactFilter {
  @Field(() => String, {
    nullable: true,
    description:
      "Simple search, as one types: a name (see `name`), the beginning of an e-mail address, a telephone number or its last digits, a contact number or a reference code. Exact hits come first, then beginnings, then misspelt names.",
  })
  text?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      "Words of a name in any order, each at least begun; up to 8. Accents, case and signs do not matter, and each word of four letters or more may hold one typing error.",
  })
  name?: string | null;

  @Field(() => String, { nullable: true, description: "The beginning of an e-mail address; case does not matter." })
  email?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "A telephone number, fixed or mobile, in any notation, or its last six digits or more.",
  })
  phone?: string | null;

  @Field(() => String, { nullable: true, description: "A contact number, exactly: leading zeros count." })
  contactNumber?: string | null;

  @Field(() => String, { nullable: true, description: "A reference code, exactly: leading zeros count." })
  referenceCode?: string | null;

  @Field(() => String, { nullable: true, description: "The beginning of a post code, of any address." })
  postcode?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "The beginning of a town's name; of the same address as the post code, when both are given.",
  })
  town?: string | null;

  @Field(() => [ContactRole], { nullable: true, description: "Contacts with one of these roles." })
  roles?: ContactRole[] | null;

  @Field(() => ContactType, { nullable: true, description: "Only individuals, or only structures." })
  type?: ContactType | null;

  @Field(() => DateScalar, { nullable: true, description: "The birth date." })
  birthDate?: string | null;

  @Field(() => [CriterionFilter], { nullable: true, description: "Criteria, up to 20; all of them must fit." })
  criteria?: CriterionFilter[] | null;
}
