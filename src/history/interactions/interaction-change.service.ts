import "./interaction.messages.js";
import {
  contactAnonymized,
  contactNotFound,
  fieldNotAvailable,
  freeTextProblems,
  lockVisibleContacts,
  type VisibleContactIds,
  versionConflict,
} from "../../contacts/index.js";
import type { OperationContext } from "../../platform/context.js";
import type { Sql } from "../../platform/database/sql.js";
import { type Problem, problem, userErrors } from "../../platform/errors/user-error.js";
import { decodeId, encodeId } from "../../platform/graphql/opaque-id.js";
import { idempotent, refuse } from "../../platform/idempotency.js";
import { legalNotice } from "../../platform/legal-notices.js";
import type { AddInteractionInput, UpdateInteractionInput } from "./interaction.inputs.js";
import { findInteraction, interactionAnswer } from "./interaction.service.js";
import type { InteractionRow } from "./interaction.sql.js";
import { InteractionStatus } from "./interaction.type.js";
import {
  type InteractionValues,
  insertInteraction,
  selectIsAnonymized,
  updateInteractionValues,
} from "./interaction-change.sql.js";

const longestDescription = 4_000;
/** What an operator writes; of an automatic interaction, only the status. */
const facts = ["medium", "occurredAt", "description"] as const;
const written = ["status", ...facts] as const;

/** Registers a call, a visit or the like (F26). */
export function addInteraction(context: OperationContext, input: AddInteractionInput) {
  const organization = input.organizationId ?? context.caller.organizations[0] ?? null;
  const description = tidy(input.description) ?? null;
  const problems = [
    ...inputProblems(context, input, "contactId"),
    ...(organization === null || context.caller.organizations.includes(organization)
      ? []
      : [problem("UNKNOWN_ORGANIZATION", ["organizationId"])]),
  ];
  return change(context, { mutation: "addInteraction", input, problems }, async (db) => {
    const contact = await lockOwner(db, decodeId("Contact", input.contactId), contactNotFound("contactId"));
    if (await selectIsAnonymized(db, contact)) refuse(contactAnonymized("contactId"));
    const { medium, status } = input;
    const occurredAt = (input.occurredAt ?? context.now()).toISOString();
    const values = { medium, status: status ?? InteractionStatus.OPEN, occurredAt, description };
    return await insertInteraction(db, contact, organization, values);
  });
}

/** Changes an interaction: any status to any, but from ARCHIVED only with a permission of its own (F26). */
export function updateInteraction(context: OperationContext, input: UpdateInteractionInput) {
  const given = written.filter((field) => input[field] !== undefined);
  const problems = [
    ...inputProblems(context, input, "id"),
    ...(given.length === 0 ? [problem("NOTHING_TO_CHANGE")] : []),
    // a null clears, and these cannot be without a value
    ...(["status", "medium", "occurredAt"] as const).flatMap((field) =>
      input[field] === null ? [problem("FIELD_REQUIRED", [field])] : [],
    ),
  ];
  return change(context, { mutation: "updateInteraction", input, problems }, async (db) => {
    const id = decodeId("Interaction", input.id);
    const found = id === null ? null : await findInteraction(context, id, db);
    const contact = await lockOwner(db, found?.withContact ?? null, problem("INTERACTION_NOT_FOUND", ["id"]));
    // read again, now that nobody else changes it
    const row = await findInteraction(context, found!.id, db);
    if (!row) return refuse(problem("INTERACTION_NOT_FOUND", ["id"]));
    if (row.version !== input.version) refuse(versionConflict(row.version));
    const refused = changeProblems(context, row, input);
    if (refused.length > 0) refuse(...refused);
    const values = changedValues(row, input);
    if (written.some((field) => values[field] !== row[field])) await updateInteractionValues(db, contact, row, values);
    return row.id;
  });
}

/** Locks a contact, as the first lock of the transaction. */
async function lockOwner(db: Sql, contactId: string | null, notFound: Problem): Promise<VisibleContactIds> {
  const contact = contactId === null ? [] : await lockVisibleContacts(db, [contactId]);
  return contact.length > 0 ? (contact as VisibleContactIds) : refuse(notFound);
}

function changeProblems({ caller }: OperationContext, row: InteractionRow, input: UpdateInteractionInput): Problem[] {
  const isReopened = row.status === InteractionStatus.ARCHIVED && (input.status ?? row.status) !== row.status;
  const fixed = row.shipmentId === null ? [] : facts.filter((field) => input[field] !== undefined);
  return [
    ...fixed.map((field) => problem("INTERACTION_AUTOMATIC", [field])),
    ...(isReopened && !caller.permissions.has("interaction:reopen")
      ? [problem("REOPEN_NOT_PERMITTED", ["status"])]
      : []),
  ];
}

function changedValues(row: InteractionRow, input: UpdateInteractionInput): InteractionValues {
  const description = tidy(input.description);
  return {
    medium: input.medium ?? row.medium,
    status: input.status ?? row.status,
    // the row knows microseconds, the input milliseconds
    occurredAt:
      input.occurredAt && +input.occurredAt !== +new Date(row.occurredAt)
        ? input.occurredAt.toISOString()
        : row.occurredAt,
    description: description === undefined ? row.description : description,
  };
}

/** Trimmed; a blank text counts as none. Undefined stays. */
const tidy = (text: string | null | undefined) => (typeof text === "string" ? text.trim() || null : text);

type Input = AddInteractionInput | UpdateInteractionInput;

function inputProblems({ fields }: OperationContext, input: Input, target: string): Problem[] {
  if (!fields.may("Contact", "interactions")) return [fieldNotAvailable(target)];
  const withheld = written.filter((field) => input[field] !== undefined && !fields.may("Interaction", field));
  const description = tidy(input.description);
  return [
    ...withheld.map(fieldNotAvailable),
    ...(description ? freeTextProblems(description, "description", longestDescription) : []),
  ];
}

/** Runs the mutation once per idempotency key, and answers with the interaction as the caller sees it afterwards. */
async function change(
  context: OperationContext,
  { mutation, input, problems }: { mutation: string; input: Input; problems: readonly Problem[] },
  work: (db: Sql) => Promise<string>,
) {
  const call = { mutation, key: input.idempotencyKey, input };
  const done =
    problems.length > 0
      ? { problems }
      : await idempotent(context, call, async (db) => ({ interaction: await work(db) }));
  const row = "problems" in done ? null : await findInteraction(context, done.ids.interaction);
  return {
    interaction: row && interactionAnswer(context, row),
    contact: row && { id: encodeId("Contact", row.withContact) },
    userErrors: "problems" in done ? userErrors(done.problems, context.locale) : [],
    warnings: [],
    // also when it is refused: who enters it reads it
    legalNotice: input.description ? await legalNotice(context, "FREE_TEXT_CONTENT") : null,
  };
}
