import { Field, Float, ID, Int, ObjectType } from "type-graphql";
import { connectionOf } from "../../../platform/graphql/connection.js";
import { DateTimeScalar } from "../../../platform/graphql/scalars.js";
import { Contact } from "../../contact.type.js";
import {
  ErasedIdentifierKind,
  ErasureCertificateState,
  ErasureFindingStore,
  PersonalDataKind,
} from "./certificate.enums.js";

@ObjectType({ simpleResolvers: true, description: "A table in which something was erased." })
export class ErasedTable {
  @Field(() => String, { description: "The part of the product whose table it is." })
  subgraph!: string;

  @Field(() => String, { description: "The table." })
  table!: string;

  @Field(() => Int, { description: "How many of its rows were emptied or deleted, each counted once." })
  rows!: number;

  @Field(() => [PersonalDataKind], { description: "What these rows told of the erased, by the map of personal data." })
  kinds!: PersonalDataKind[];
}

@ObjectType({ simpleResolvers: true, description: "What the pass after an erasure looked at, and how much it found." })
export class ErasurePass {
  @Field(() => Int, { description: "Tables whose texts were read, every row of them." })
  tables!: number;

  @Field(() => Int, { description: "Stored files and mails that were read, with the files that were packed in them." })
  files!: number;

  @Field(() => Int, {
    description: "Files that could not be looked into: broken, encrypted, or packed beyond reason. See the findings.",
  })
  unreadFiles!: number;

  @Field(() => Float, { description: "Bytes of all that." })
  bytes!: number;

  @Field(() => Int, { description: "How long it took, in milliseconds." })
  durationMs!: number;

  @Field(() => Int, { description: "How many findings this certificate has." })
  findings!: number;

  @Field(() => Boolean, { description: "Whether there was more to look at than is listed." })
  isCut!: boolean;
}

@ObjectType({
  simpleResolvers: true,
  description: "A place where something of an erased contact stood after all, for somebody to look at. Never the text.",
})
export class ErasureFinding {
  @Field(() => ErasedIdentifierKind, { description: "What kind of identifier was found there." })
  kind!: ErasedIdentifierKind;

  @Field(() => ErasureFindingStore, { description: "Where it was found." })
  store!: ErasureFindingStore;

  @Field(() => String, { nullable: true, description: "The table, with its schema. Null for files and mails." })
  table!: string | null;

  @Field(() => String, { nullable: true, description: "The column. Null for files and mails." })
  column!: string | null;

  @Field(() => String, {
    description: "Key of the row, its parts by slashes, without those that tell of persons; or the id of the file.",
  })
  rowKey!: string;

  @Field(() => Contact, { nullable: true, description: "Whose it was: the shell. Null when he was deleted." })
  contact!: Contact | null;
}

@ObjectType({ simpleResolvers: true, description: "A page of findings, in the order in which they were made." })
export class ErasureFindingConnection extends connectionOf("ErasureFinding", () => ErasureFinding) {}

@ObjectType({ simpleResolvers: true, description: "What was erased, by whom and why, and what was found of it later." })
export class ErasureCertificate {
  @Field(() => ID, { description: "Opaque and stable." })
  id!: string;

  @Field(() => ErasureCertificateState, { description: "Whether the pass has been over the database." })
  state!: ErasureCertificateState;

  @Field(() => String, {
    description: "Under which rule: `MANUAL`, or `INACTIVITY:` with the number of months.",
  })
  rule!: string;

  @Field(() => String, { description: "Login of who erased." })
  erasedBy!: string;

  @Field(() => Int, { description: "How many contacts were anonymized." })
  anonymized!: number;

  @Field(() => Int, { description: "How many were deleted." })
  deleted!: number;

  @Field(() => [ErasedTable], { description: "What was erased where." })
  erased!: ErasedTable[];

  @Field(() => DateTimeScalar, { description: "When the erasing began." })
  createdAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: "When it ended; null while it goes on." })
  closedAt!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "When the pass was done. Null while PENDING." })
  provedAt!: Date | null;

  @Field(() => ErasurePass, { nullable: true, description: "What the pass looked at. Null while PENDING." })
  pass!: ErasurePass | null;
}

@ObjectType({ simpleResolvers: true, description: "A page of certificates, the newest first." })
export class ErasureCertificateConnection extends connectionOf("ErasureCertificate", () => ErasureCertificate) {}
