import { Field, ID, InputType, Int } from "type-graphql";
import { CatalogueRecordInput, RecordInput } from "./record.inputs.js";

@InputType({ description: "A contact, named in one of two ways." })
export class ContactNameInput {
  @Field(() => ID, { nullable: true, description: "Its opaque id." })
  contactId?: string | null;

  @Field(() => String, { nullable: true, description: "Its contact number, with its leading zeros." })
  contactNumber?: string | null;
}

@InputType({ description: "A season of an organization." })
export class SeasonRecordInput extends CatalogueRecordInput {
  @Field(() => String, { nullable: true, description: "Required. First day, YYYY-MM-DD." })
  startsOn?: string | null;

  @Field(() => String, { nullable: true, description: "Required. Last day, YYYY-MM-DD." })
  endsOn?: string | null;
}

@InputType({ description: "Something that an organization sells." })
export class ProductRecordInput extends CatalogueRecordInput {
  @Field(() => String, {
    nullable: true,
    description: "Required. One of PERFORMANCE, MATCH, EXHIBITION, PASS, SEASON_TICKET, MEMBERSHIP, GOODS, GIFT.",
  })
  kind?: string | null;

  @Field(() => String, { nullable: true, description: "When it begins, RFC 3339 with an offset." })
  startsAt?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      "Last day of its validity, YYYY-MM-DD. Left out: the day on which it begins; for a pass, the last of its parts. Goods have none.",
  })
  validityEndDate?: string | null;

  @Field(() => String, { nullable: true, description: "Code of a season of the organization." })
  season?: string | null;

  @Field(() => [String], {
    nullable: true,
    description: "Codes of the performances that a pass, season ticket or membership is made of.",
  })
  parts?: string[] | null;
}

@InputType({ description: "Who holds a ticket, as typed in. Not a contact." })
export class BeneficiaryRecordInput {
  @Field(() => String, { nullable: true, description: "First name." })
  firstName?: string | null;

  @Field(() => String, { nullable: true, description: "Last name." })
  lastName?: string | null;

  @Field(() => String, { nullable: true, description: "Birth date, YYYY-MM-DD." })
  birthDate?: string | null;

  @Field(() => String, { nullable: true, description: "E-mail address." })
  email?: string | null;

  @Field(() => String, { nullable: true, description: "Telephone number." })
  phone?: string | null;

  @Field(() => String, { nullable: true, description: "Country, ISO 3166-1." })
  countryCode?: string | null;
}

@InputType({ description: "An answer to a question that was asked with a ticket." })
export class AnswerRecordInput {
  @Field(() => String, { nullable: true, description: "Required. Which question; once for a ticket." })
  questionCode?: string | null;

  @Field(() => String, { nullable: true, description: "The question." })
  questionLabel?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      "Required. What kind of answer it has. One of TEXT, ADDRESS, EMAIL, PHONE, DATE, NUMBER, YES_NO, CHOICE.",
  })
  questionType?: string | null;

  @Field(() => String, { nullable: true, description: "Required. The answer." })
  value?: string | null;
}

@InputType({ description: "One ticket of a line." })
export class TicketRecordInput {
  @Field(() => Int, {
    nullable: true,
    description: "Required. Its number in the line. It stays the same over the versions of the order.",
  })
  ticketNumber?: number | null;

  @Field(() => String, { nullable: true, description: "Code of its product; left out: that of the line." })
  product?: string | null;

  @Field(() => ContactNameInput, { nullable: true, description: "Who attends, if somebody was named." })
  culturalContact?: ContactNameInput | null;

  @Field(() => String, {
    nullable: true,
    description: "What became of it. One of VALID, RETURNED, CANCELLED; left out: VALID.",
  })
  state?: string | null;

  @Field(() => String, { nullable: true, description: "When it was given back." })
  returnedAt?: string | null;

  @Field(() => String, { nullable: true, description: `Required. Its price, such as "40.00".` })
  price?: string | null;

  @Field(() => String, { nullable: true, description: "Its seat." })
  seat?: string | null;

  @Field(() => BeneficiaryRecordInput, { nullable: true, description: "Who holds it, as typed in." })
  beneficiary?: BeneficiaryRecordInput | null;

  @Field(() => [AnswerRecordInput], { nullable: true, description: "What was answered." })
  answers?: AnswerRecordInput[] | null;
}

@InputType({ description: "One line of an order." })
export class OrderLineRecordInput {
  @Field(() => Int, {
    nullable: true,
    description: "Required. Its number in the order. It stays the same over the versions of the order.",
  })
  lineNumber?: number | null;

  @Field(() => String, { nullable: true, description: "Required. Code of the product." })
  product?: string | null;

  @Field(() => Int, { nullable: true, description: "Required. How many." })
  quantity?: number | null;

  @Field(() => String, { nullable: true, description: `Required. Amount of the line, such as "80.00".` })
  amount?: string | null;

  @Field(() => String, { nullable: true, description: "Code of the tariff." })
  tariffCode?: string | null;

  @Field(() => Boolean, { nullable: true, description: "Whether the tariff is for children." })
  isChildrenTariff?: boolean | null;

  @Field(() => [TicketRecordInput], { nullable: true, description: "Its tickets; none for goods." })
  tickets?: TicketRecordInput[] | null;
}

@InputType({
  description: "An option, reservation or sale as a whole: lines and tickets that it does not name are gone.",
})
export class OrderRecordInput extends RecordInput {
  @Field(() => String, {
    nullable: true,
    description: "Required. Its number in its organization, up to 60 characters.",
  })
  orderNumber?: string | null;

  @Field(() => String, { nullable: true, description: "Required. How firm it is. One of OPTION, RESERVATION, SALE." })
  operationKind?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "What became of it. One of ACTIVE, CONFIRMED, EXPIRED, CANCELLED; left out: ACTIVE.",
  })
  state?: string | null;

  @Field(() => String, { nullable: true, description: "Required. When it was made, RFC 3339 with an offset." })
  orderedAt?: string | null;

  @Field(() => ContactNameInput, {
    nullable: true,
    description: "Who made it; left out when it was sold over the counter to nobody by name.",
  })
  purchaser?: ContactNameInput | null;

  @Field(() => ContactNameInput, { nullable: true, description: "Who is to pay; left out: the purchaser." })
  payer?: ContactNameInput | null;

  @Field(() => String, { nullable: true, description: "Required. ISO 4217." })
  currency?: string | null;

  @Field(() => String, {
    nullable: true,
    description: `Required. What is owed now, such as "80.00": returns are taken off.`,
  })
  total?: string | null;

  @Field(() => String, { nullable: true, description: "The address in the network that it was made from." })
  ipAddress?: string | null;

  @Field(() => String, { nullable: true, description: "Free text, up to 2000 characters." })
  remark?: string | null;

  @Field(() => [OrderLineRecordInput], { nullable: true, description: "Its lines." })
  lines?: OrderLineRecordInput[] | null;
}
