import type { GraphQLSchema } from "graphql";
import { contactsModule } from "../../../src/contacts/index.js";
import { historyModule, historyPort } from "../../../src/history/index.js";
import { mergeCatalogues } from "../../../src/platform/access/fields.js";
import type { Permission } from "../../../src/platform/access/permissions.js";
import type { OperationContext } from "../../../src/platform/context.js";
import type { ShipmentOutcome, ShipmentRecord } from "../../../src/platform/ports.js";
import { ask } from "../../support/ask.js";
import type { ContextWish, TestDatabase } from "../../support/database.js";
import type { TestContact } from "../../support/rows.js";

let built: Promise<GraphQLSchema> | undefined;

/** The history subgraph, built once. */
export async function historySchema(): Promise<GraphQLSchema> {
  built ??= historyModule.buildSubgraph().then(({ schema }) => schema);
  return built;
}

/** An operator of the opera; wishes say otherwise. */
export function operatorOf(db: TestDatabase, ...wishes: (Permission | ContextWish)[]): OperationContext {
  const services = db.services({ catalogue: mergeCatalogues([contactsModule.fields, historyModule.fields]) });
  return db.contextWith(
    "contact:read",
    "history:read",
    "target:read",
    { services, organizations: ["OPERA"] },
    ...wishes,
  );
}

/** `fields` of a contact, as the gateway asks for them; null when he does not exist for the caller. */
export async function readContact(context: OperationContext, contact: TestContact, fields: string) {
  const query = `query ($contacts: [_Any!]!) { _entities(representations: $contacts) { ... on Contact { ${fields} } } }`;
  const contacts = [{ __typename: "Contact", id: contact.opaqueId }];
  return (await ask(await historySchema(), context, query, { contacts }))._entities[0];
}

let numbers = 0;

/** Records a shipment, and what was reported on it. Returns its database id. */
export async function ship(
  db: TestDatabase,
  contact: TestContact,
  wish: Partial<ShipmentRecord> = {},
  ...outcomes: readonly ShipmentOutcome[]
): Promise<string> {
  const at = wish.createdAt ?? new Date("2026-03-01T10:00:00Z");
  const record: ShipmentRecord = {
    ...{ organization: "OPERA", externalId: `M-${++numbers}`, contactId: contact.id, kind: "CAMPAIGN" },
    ...{ channel: "EMAIL", state: "SENT", createdAt: at, sentAt: at, subject: "Spring", ...wish },
  };
  return db.contextWith({ clearance: 2 }).transaction(async (sql) => {
    const [id] = await historyPort.recordShipments(sql, [record]);
    const reports = outcomes.map((outcome) => ({ shipmentId: id!, outcome, at }));
    await historyPort.updateShipmentStates(sql, reports);
    return id!;
  });
}

/** An interaction as an operator wrote it. Returns its database id. */
export async function insertInteraction(
  db: TestDatabase,
  { id }: TestContact,
  organization: string | null,
  occurredAt: string,
): Promise<string> {
  const { rows } = await db.owner.query<{ id: string }>(
    `INSERT INTO history.interaction (institution_id, organization, contact_id, medium, interaction_status, occurred_at,
       created_by) VALUES ($1, $2, $3, 'PHONE', 'OPEN', $4, 'op-7') RETURNING id`,
    [db.home.id, organization, id, occurredAt],
  );
  return rows[0]!.id;
}
