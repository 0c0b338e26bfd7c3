import { Arg, Ctx, FieldResolver, Int, Mutation, Resolver, Root } from "type-graphql";
import { Allow } from "../../platform/access/allow.js";
import type { OperationContext } from "../../platform/context.js";
import type { VisibleContact } from "../contact.loaders.js";
import { Contact } from "../contact.type.js";
import { addNote, contactNotes, hasNotes, removeNote, updateNote } from "./note.service.js";
import {
  AddNoteInput,
  AddNotePayload,
  NoteConnection,
  RemoveNoteInput,
  RemoveNotePayload,
  UpdateNoteInput,
  UpdateNotePayload,
} from "./note.type.js";

@Resolver(() => Contact)
export class NoteResolver {
  @FieldResolver(() => NoteConnection, { nullable: true, description: "Notes on the contact, the newest first." })
  notes(
    @Root() contact: VisibleContact,
    @Arg("first", () => Int, { description: "How many, from 1 to 100." }) first: number,
    @Arg("after", () => String, { nullable: true, description: "The `endCursor` of the page before." }) after:
      | string
      | null,
    @Ctx() context: OperationContext,
  ) {
    return contactNotes(context, contact, { first, after });
  }

  @FieldResolver(() => Boolean, {
    nullable: true,
    description: "True when there is a note: the tab is marked then. The remark of the general tab does not count.",
  })
  hasNotes(@Root() contact: VisibleContact, @Ctx() context: OperationContext) {
    return hasNotes(context, contact);
  }

  @Allow("contact:write")
  @Mutation(() => AddNotePayload, { description: "Writes a note on a contact." })
  addNote(
    @Arg("input", () => AddNoteInput, { description: "The contact and the text." }) input: AddNoteInput,
    @Ctx() context: OperationContext,
  ) {
    return addNote(context, input);
  }

  @Allow("contact:write")
  @Mutation(() => UpdateNotePayload, { description: "Changes the text of a note." })
  updateNote(
    @Arg("input", () => UpdateNoteInput, { description: "The note and its text." }) input: UpdateNoteInput,
    @Ctx() context: OperationContext,
  ) {
    return updateNote(context, input);
  }

  @Allow("contact:write")
  @Mutation(() => RemoveNotePayload, { description: "Removes a note." })
  removeNote(
    @Arg("input", () => RemoveNoteInput, { description: "The note." }) input: RemoveNoteInput,
    @Ctx() context: OperationContext,
  ) {
    return removeNote(context, input);
  }
}
