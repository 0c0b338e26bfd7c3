import { ArgsType, Field, ID, InputType, Int, ObjectType } from "type-graphql";
import { IdempotencyKey } from "../../../platform/graphql/idempotency-key.js";
import { LegalNotice, UserError, Warning } from "../../../platform/graphql/shared-types.js";
import { ErasureCertificate } from "./certificate.type.js";

@ArgsType()
export class CertificatePageArguments {
  @Field(() => Int, { description: "How many, from 1 to 100." })
  first!: number;

  @Field(() => String, { nullable: true, description: "The `endCursor` of the page before." })
  after?: string | null;
}

@InputType({ description: "A certificate that is to be taken out." })
export class ExportErasureCertificateInput {
  @Field(() => ID, { description: "Opaque id of the certificate." })
  certificateId!: string;

  @IdempotencyKey()
  idempotencyKey?: string | null;
}

@ObjectType({ simpleResolvers: true, description: "A certificate, to be kept outside of the product." })
export class ErasureCertificateDocument {
  @Field(() => String, {
    description: "The certificate with all of its findings, as JSON. The same, byte by byte, each time.",
  })
  json!: string;

  @Field(() => String, { description: "SHA-256 of `json` in UTF-8, in hexadecimal." })
  sha256!: string;

  @Field(() => String, {
    nullable: true,
    description:
      "Keyed hash of that, made when the pass was done, in hexadecimal. Null for certificates of versions that made none.",
  })
  seal!: string | null;
}

@ObjectType({ simpleResolvers: true, description: "Answer to `exportErasureCertificate`." })
export class ExportErasureCertificatePayload {
  @Field(() => ErasureCertificate, { nullable: true, description: "The certificate; null when nothing was taken out." })
  certificate!: ErasureCertificate | null;

  @Field(() => ErasureCertificateDocument, { nullable: true, description: "What is to be kept; null without one." })
  document!: ErasureCertificateDocument | null;

  @Field(() => LegalNotice, { nullable: true, description: "To be shown: ids in it lead to persons." })
  legalNotice!: LegalNotice | null;

  @Field(() => [UserError], { description: "Why nothing was taken out. Empty when something was." })
  userErrors!: UserError[];

  @Field(() => [Warning], { description: "What is worth knowing about it." })
  warnings!: Warning[];
}
