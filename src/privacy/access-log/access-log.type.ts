import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { connectionOf } from "../../platform/graphql/connection.js";
import { Contact } from "../contact.type.js";

export enum AccessKind {
  READ = "READ",
  EXPORT = "EXPORT",
}

registerEnumType(AccessKind, {
  name: "AccessKind",
  description: "What was done with data.",
  valuesConfig: {
    READ: { description: "A contact of level CONFIDENTIAL was shown." },
    EXPORT: { description: "Personal data were taken out of the system, as a file." },
  },
});

@ObjectType({ simpleResolvers: true, description: "One access to data that is worth remembering." })
export class AccessLogEntry {
  @Field(() => ID, { description: "Opaque and stable." })
  id!: string;

  @Field(() => Date, { description: "When." })
  at!: Date;

  @Field(() => String, { description: "Who: a login." })
  actor!: string;

  @Field(() => String, { description: "What kind of caller: `OPERATOR`, `SERVICE`, `PARTNER` or `CONTACT`." })
  actorKind!: string;

  @Field(() => AccessKind, { description: "What was done." })
  kind!: AccessKind;

  @Field(() => Contact, { nullable: true, description: "Whom it was about; null for an export about many." })
  contact!: Contact | null;

  @Field(() => String, { nullable: true, description: "Of an export: what was taken out. Null for a read." })
  subject!: string | null;

  @Field(() => Int, { nullable: true, description: "Of an export: how many contacts were in it; null when unknown." })
  contactCount!: number | null;

  @Field(() => String, { nullable: true, description: "The id of the request, as answers and logs carry it." })
  requestId!: string | null;

  @Field(() => Int, {
    nullable: true,
    description: "Of an export: the version of the notice DATA_EXPORT that was shown for it; null when none was.",
  })
  noticeVersion!: number | null;
}

@ObjectType({ simpleResolvers: true, description: "A page of the access log, newest first." })
export class AccessLogEntryConnection extends connectionOf("AccessLogEntry", () => AccessLogEntry) {}
