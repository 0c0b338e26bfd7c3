import { Field, ID, InputType, ObjectType, registerEnumType } from "type-graphql";
import { IdempotencyKey } from "../../platform/graphql/idempotency-key.js";
import { UserError, Warning } from "../../platform/graphql/shared-types.js";
import { Contact } from "../contact.type.js";
import { ErasureCertificate } from "./certificate/certificate.type.js";

export enum ErasureResult {
  ANONYMIZED = "ANONYMIZED",
  DELETED = "DELETED",
}

registerEnumType(ErasureResult, {
  name: "ErasureResult",
  description: "What became of a contact.",
  valuesConfig: {
    ANONYMIZED: { description: "His identity is gone; a shell with country, town and postcode carries his sales." },
    DELETED: { description: "A prospect: nothing of him is left." },
  },
});

@InputType({ description: "Whom to erase." })
export class AnonymizeContactInput {
  @Field(() => ID, { description: "The contact: an individual, at any level of the caller's clearance." })
  contactId!: string;

  @Field(() => Boolean, {
    nullable: true,
    description: "Whether a contact who never bought, attended or paid is deleted altogether. False when left out.",
  })
  deleteIfProspect?: boolean | null;

  @IdempotencyKey()
  idempotencyKey?: string | null;
}

@ObjectType({ simpleResolvers: true, description: "Answer to `anonymizeContact`." })
export class AnonymizeContactPayload {
  @Field(() => Contact, {
    nullable: true,
    description: "The shell that is left; null when the contact was deleted, or nothing was done.",
  })
  contact!: Contact | null;

  @Field(() => ErasureResult, {
    nullable: true,
    description: "What became of the contact; null when nothing was done.",
  })
  result!: ErasureResult | null;

  @Field(() => ErasureCertificate, {
    nullable: true,
    description:
      "What was erased where; complete once the database has been searched in the night. Null when nothing was done.",
  })
  certificate!: ErasureCertificate | null;

  @Field(() => [UserError], { description: "Why nothing was done. Empty when the contact was erased." })
  userErrors!: UserError[];

  @Field(() => [Warning], { description: "What is worth knowing about a change that was made." })
  warnings!: Warning[];
}
