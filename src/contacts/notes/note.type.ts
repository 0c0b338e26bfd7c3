import { Field, ID, InputType, Int, ObjectType } from "type-graphql";
import { connectionOf } from "../../platform/graphql/connection.js";
import { IdempotencyKey } from "../../platform/graphql/idempotency-key.js";
import { ContactChangeInput, versionDescription } from "../contact.inputs.js";
import { ContactNoticePayload, ContactPayload } from "../contact.payloads.js";

@ObjectType({ simpleResolvers: true, description: "A note on a contact: free text, never part of a target." })
export class Note {
  @Field(() => ID, { description: "Opaque and stable." })
  id!: string;

  @Field(() => String, { description: "The text." })
  text!: string;

  @Field(() => Date, { description: "When it was written." })
  createdAt!: Date;

  @Field(() => String, { description: "Login of who wrote it." })
  createdBy!: string;

  @Field(() => Date, { nullable: true, description: "When it was last changed; null when never." })
  updatedAt!: Date | null;

  @Field(() => String, { nullable: true, description: "Login of who last changed it." })
  updatedBy!: string | null;
}

@ObjectType({ simpleResolvers: true, description: "A page of notes." })
export class NoteConnection extends connectionOf("Note", () => Note) {}

const textDescription = "Free text, up to 4000 characters. Show the notice FREE_TEXT_CONTENT to who writes it.";

@InputType({ description: "A new note." })
export class AddNoteInput extends ContactChangeInput {
  @Field(() => String, { description: textDescription })
  text!: string;
}

@InputType()
abstract class NoteInput {
  @Field(() => ID, { description: "The note." })
  id!: string;

  @Field(() => Int, { nullable: true, description: versionDescription })
  version?: number | null;

  @IdempotencyKey()
  idempotencyKey?: string | null;
}

@InputType({ description: "A note's new text." })
export class UpdateNoteInput extends NoteInput {
  @Field(() => String, { description: textDescription })
  text!: string;
}

@InputType({ description: "Which note to remove." })
export class RemoveNoteInput extends NoteInput {}

@ObjectType({ simpleResolvers: true })
abstract class NotePayload extends ContactNoticePayload {
  @Field(() => Note, { nullable: true, description: "The note as it is now; null when nothing was written." })
  note!: Note | null;
}

@ObjectType({ simpleResolvers: true, description: "Answer to `addNote`." })
export class AddNotePayload extends NotePayload {}

@ObjectType({ simpleResolvers: true, description: "Answer to `updateNote`." })
export class UpdateNotePayload extends NotePayload {}

@ObjectType({ simpleResolvers: true, description: "Answer to `removeNote`." })
export class RemoveNotePayload extends ContactPayload {}
