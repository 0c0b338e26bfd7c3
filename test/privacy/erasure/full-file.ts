import { encodeId } from "../../../src/platform/graphql/opaque-id.js";
import type { TestDatabase } from "../../support/database.js";
import { ticketing } from "../../support/ingest.js";
import { fillImports } from "./full-imports.js";
import { Markers } from "./markers.js";
import type { ProductGraph } from "./product-graph.js";

/** A contact whose file and histories are full, written through the API, with a marker in each text. */
export interface FullFile {
  readonly id: string;
  readonly opaqueId: string;
  readonly markers: Markers;
  /** Country, town and postcode of his addresses, which stay. */
  readonly places: Markers;
  readonly orderNumber: string;
}

let files = 0;

/** Everything that a contact of the public can have. */
export async function fillFile(db: TestDatabase, graph: ProductGraph): Promise<FullFile> {
  const own = "bcdfghjklm"[files++ % 10]!;
  const [markers, places] = [new Markers(`zqwx${own}`), new Markers(`qzxw${own}`)];
  await ticketing(db);
  const { id, opaqueId } = await createContact(db, graph, markers, places);
  await fillTabs(graph, opaqueId, markers);
  await fillGeneral(db, graph, opaqueId, markers);
  await fillCommunity(db, graph, opaqueId, markers);
  const orderNumber = await fillHistory(db, graph, opaqueId, markers);
  await fillMarketing(graph, opaqueId, markers);
  await holdAndLift(graph, opaqueId, markers);
  await fillImports(db, id, markers);
  return { id, opaqueId, markers, places, orderNumber };
}

async function createContact(db: TestDatabase, graph: ProductGraph, markers: Markers, places: Markers) {
  const address = (kind: string) => ({
    kind,
    street1: markers.text(`${kind}.street1`),
    street2: markers.text(`${kind}.street2`),
    street3: markers.text(`${kind}.street3`),
    town: places.text(`${kind}.town`),
    postcode: places.text(`${kind}.postcode`),
    country: "FR",
  });
  const { contact } = await graph.change(
    "contacts",
    "createContact",
    {
      type: "INDIVIDUAL",
      title: "MRS",
      firstName: markers.text("firstName"),
      lastName: markers.text("lastName"),
      email: markers.email("former email"),
      phone: markers.phone("former phone"),
      mobile: markers.phone("former mobile"),
      birthDate: markers.keep("birthDate", "1913-07-19"),
      language: "fr",
      referenceCode: markers.text("former referenceCode"),
      remark: markers.text("former remark"),
      addresses: ["MAIN", "DELIVERY", "INVOICE"].map(address),
      idempotencyKey: markers.text("idempotencyKey"),
    },
    {},
    "contact { id version }",
  );
  await graph.change("contacts", "updateContact", {
    id: contact.id,
    version: contact.version,
    email: markers.email("email"),
    phone: markers.phone("phone"),
    mobile: markers.phone("mobile"),
    referenceCode: markers.text("referenceCode"),
    remark: markers.text("remark"),
    disabilityType: "WHEELCHAIR",
  });
  const { rows } = await db.owner.query("SELECT id FROM contacts.contact ORDER BY id DESC LIMIT 1");
  return { id: rows[0].id as string, opaqueId: contact.id as string };
}

async function fillTabs(graph: ProductGraph, contactId: string, markers: Markers): Promise<void> {
  const { note } = await graph.change(
    "contacts",
    "addNote",
    { contactId, text: markers.text("former note") },
    {},
    "note { id }",
  );
  await graph.change("contacts", "updateNote", { id: note.id, text: markers.text("note") });
  await graph.change("contacts", "addNote", { contactId, text: markers.text("other note") });
  const seat = { venue: "venue", block: "block", row: "row", seat: "seat" };
  const seatRef = Object.fromEntries(Object.keys(seat).map((part) => [part, markers.text(`seat ${part}`)]));
  await graph.change("contacts", "addPreferredSeat", { contactId, organization: "OPERA", seatRef });
  await graph.change("contacts", "addPaymentAlias", {
    contactId,
    alias: markers.text("alias"),
    provider: markers.text("provider"),
    maskedNumber: "************0002",
    expiryMonth: 12,
    expiryYear: 2031,
    buyerConsentConfirmed: true,
  });
  await graph.change("contacts", "blockContact", { contactId, reason: markers.text("block reason") });
}

async function fillGeneral(db: TestDatabase, graph: ProductGraph, contactId: string, markers: Markers): Promise<void> {
  const code = `C${++files}`;
  await graph.change("contacts", "defineCriterion", {
    code,
    kind: "FREE_TEXT",
    applicability: "BOTH",
    labels: { en: code },
  });
  for (const text of [markers.text("former criterion"), markers.text("criterion")])
    await graph.change("contacts", "setCriteria", { contactId, criteria: [{ code, text }] });
  await graph.change("contacts", "setIdentityDocument", {
    contactId,
    identityDocumentNumber: markers.text("document").toUpperCase(),
  });
  await graph.change("contacts", "createInternetAccount", { contactId, login: markers.email("login") });
  const structure = await db.insertContact({ structureName: "Ensemble" });
  await graph.change("contacts", "addConnection", { fromId: contactId, toId: structure.opaqueId, type: "MEMBER_OF" });
}

/** He owns a community, and is in one. */
async function fillCommunity(
  db: TestDatabase,
  graph: ProductGraph,
  contactId: string,
  markers: Markers,
): Promise<void> {
  await graph.change("contacts", "unblockContact", { contactId });
  await graph.change("contacts", "createContactOnBehalf", {
    ownerId: contactId,
    lastName: "Friend",
    createLogin: false,
    legalMentionAcknowledged: true,
  });
  const owner = await db.insertContact();
  await db.owner.query(
    `INSERT INTO contacts.community_member (institution_id, owner_id, member_id, consent_status, created_by_owner)
     SELECT $1, $2, id, 'ACTIVE', false FROM contacts.contact WHERE institution_id = $1 AND birth_date = '1913-07-19'
     ON CONFLICT DO NOTHING`,
    [db.home.id, owner.id],
  );
  await graph.change("contacts", "blockContact", { contactId, reason: markers.text("later block reason") });
}

const orderedAt = "2024-03-01T12:00:00Z";

async function fillHistory(
  db: TestDatabase,
  graph: ProductGraph,
  contactId: string,
  markers: Markers,
): Promise<string> {
  const contact = { contactId };
  const number = `F${++files}`;
  const beneficiary = (name: string) => ({
    firstName: markers.text(`${name} firstName`),
    lastName: markers.text(`${name} lastName`),
    email: markers.email(`${name} email`),
    phone: markers.phone(`${name} phone`),
    birthDate: "1913-07-19",
    countryCode: "ES",
  });
  const answers = (name: string) =>
    ["TEXT", "EMAIL", "ADDRESS"].map((questionType) => ({
      questionCode: questionType,
      questionLabel: `Question ${questionType}`,
      questionType,
      value: markers.text(`${name} ${questionType}`),
    }));
  const ticket = (ticketNumber: number, name: string) => ({
    ...{ ticketNumber, price: "20.00", culturalContact: contact },
    ...{ beneficiary: beneficiary(name), answers: answers(name) },
  });
  const base = { organization: "OPERA", version: 1 };
  const records = [
    { product: { ...base, code: number, name: number, kind: "PERFORMANCE", validityEndDate: "2024-06-01" } },
    {
      order: {
        ...{ ...base, orderNumber: number, operationKind: "SALE", orderedAt, currency: "CHF", total: "40.00" },
        ...{
          purchaser: contact,
          ipAddress: markers.keep("ip", "203.0.113.77"),
          remark: markers.text("delivered remark"),
        },
        lines: [
          {
            ...{ lineNumber: 1, product: number, quantity: 2, amount: "40.00" },
            tickets: [ticket(1, "beneficiary"), ticket(2, "second beneficiary")],
          },
        ],
      },
    },
    {
      payment: {
        ...{ ...base, externalId: number, order: number, payer: contact, paidAt: orderedAt, method: "CARD" },
        ...{ amount: "40.00", currency: "CHF" },
      },
    },
    {
      waitingListEntry: {
        ...base,
        externalId: number,
        contact,
        product: number,
        quantity: 1,
        requestedAt: orderedAt,
        state: "WAITING",
      },
    },
    {
      membership: {
        ...base,
        externalId: number,
        contact,
        product: number,
        validFrom: "2024-01-01",
        validTo: "2024-12-31",
      },
    },
    {
      advantage: {
        ...base,
        externalId: number,
        contact,
        code: markers.text("advantage code"),
        name: markers.text("advantage name"),
      },
    },
    {
      shipment: {
        ...{
          ...base,
          externalId: number,
          contact,
          kind: "INVOICE",
          channel: "EMAIL",
          createdAt: orderedAt,
          sentAt: orderedAt,
        },
        ...{ subject: markers.text("subject"), recipient: markers.email("recipient"), state: "SENT" },
      },
    },
  ];
  await graph.change("history", "ingestHistory", { records }, { kind: "SERVICE", login: "svc-ticketing" });
  await remark(db, graph, number, markers);
  const { interaction } = await graph.change(
    "history",
    "addInteraction",
    { contactId, medium: "PHONE", description: markers.text("former interaction") },
    {},
    "interaction { id version }",
  );
  await graph.change("history", "updateInteraction", { ...interaction, description: markers.text("interaction") });
  return number;
}

async function remark(db: TestDatabase, graph: ProductGraph, number: string, markers: Markers): Promise<void> {
  const { rows } = await db.owner.query("SELECT id FROM history.sales_order WHERE order_number = $1", [number]);
  const orderId = encodeId("Order", rows[0].id);
  for (const [version, name] of ["former own remark", "own remark"].entries())
    await graph.change("history", "setOrderRemark", { orderId, version, remark: markers.text(name) });
}

async function fillMarketing(graph: ProductGraph, contactId: string, markers: Markers): Promise<void> {
  const say = (code: string, value: string) =>
    graph.change("marketing", "setAuthorizations", { contactId, authorizations: [{ code, value }] });
  await say("INSTITUTION_EMAIL", "TRUE");
  await say("SMS", "TRUE");
  await say("SMS", "FALSE");
  const sam = { kind: "SERVICE", login: "svc-sam" } as const;
  const occurredAt = "2026-03-01T10:00:00Z";
  const address = markers.email("bounced address");
  const report = (eventId: string) => ({ contactId, eventId: markers.text(eventId), occurredAt });
  await graph.change(
    "marketing",
    "reportBounces",
    { reports: [{ ...report("bounce id"), address, kind: "FAILURE", statusCode: "5.1.1" }] },
    sam,
  );
  await graph.change("marketing", "reportDeliveries", { reports: [{ ...report("delivery id"), address }] }, sam);
  await graph.change("marketing", "reportClicks", { reports: [{ ...report("click id"), method: "GET" }] }, sam);
  await graph.change("marketing", "requestDoubleOptIn", { contactId, codes: ["PARTNER_COMMUNICATION"] });
}

/** A hold that is lifted again leaves its reason in the audit alone; that of one which has run out stays in its row. */
async function holdAndLift(graph: ProductGraph, contactId: string, markers: Markers): Promise<void> {
  const hold = (reason: string | null) => graph.change("privacy", "setRetentionHold", { contactId, reason });
  await hold(markers.text("hold reason"));
  await hold(null);
}
