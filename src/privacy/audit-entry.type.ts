import { Field, ID, ObjectType } from "type-graphql";
import type { Redaction } from "../platform/access/fields.js";
import type { ChangeSource as Source } from "../platform/database/sql.js";
import { ChangeSource } from "../platform/graphql/change-source.js";
import { connectionOf } from "../platform/graphql/connection.js";
import { RedactionType } from "../platform/graphql/shared-types.js";

@ObjectType({ simpleResolvers: true, description: "One change of one field of a contact file." })
export class AuditEntry {
  @Field(() => ID, { description: "Opaque and stable." })
  id!: string;

  @Field(() => Date, { description: "When." })
  at!: Date;

  @Field(() => String, { description: "Who: a login." })
  actor!: string;

  @Field(() => String, {
    description: "What kind of caller: `OPERATOR`, `SERVICE`, `PARTNER`, `CONTACT`, or `SYSTEM`.",
  })
  actorKind!: string;

  @Field(() => ChangeSource, { description: "How the change came in." })
  source!: Source;

  @Field(() => String, {
    description:
      "What changed: `Contact` itself, or its `Address`, `Role`, `Connection`, `InternetAccount`, `Authorization` or `Criterion`.",
  })
  entity!: string;

  @Field(() => String, {
    nullable: true,
    description: "Which one, such as the kind of an address, or the id of the connected contact. Null when withheld.",
  })
  key!: string | null;

  @Field(() => String, { description: "The field that changed; for an authorization or a criterion, its code." })
  field!: string;

  @Field(() => String, { nullable: true, description: "The value before. Null for none, and when withheld." })
  oldValue!: string | null;

  @Field(() => String, { nullable: true, description: "The value after. Null for none, and when withheld." })
  newValue!: string | null;

  @Field(() => [RedactionType], {
    description: "What is withheld of this entry: it tells of a field that the caller may not see.",
  })
  redactions!: readonly Redaction[];
}

@ObjectType({ simpleResolvers: true, description: "A page of changes of a contact file, newest first." })
export class AuditEntryConnection extends connectionOf("AuditEntry", () => AuditEntry) {}
