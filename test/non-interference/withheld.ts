import type pg from "pg";
import {
  auditOf,
  type Change,
  checkOf,
  column,
  contactText,
  indicators,
  orderOf,
  swapPeople,
  ticketOf,
} from "./withheld.statements.js";

/*
 * What differs in a field that is withheld, on contacts that are seen: one database has other values. `$1` is the
 * institution. Fields that derive from others differ with them.
 */

/** By `Type.field`. Empty: what it shows is shown elsewhere as well, or never differs. */
const changes: Readonly<Record<string, Change>> = {
  // shown with the campaigns as well, and in their manifests
  "Contact.campaigns": [],
  "ContactCampaign.decidedAt": [],
  "ContactCampaign.isAddedByHand": [],
  "AudienceEntry.recipient": [],
  "AudienceEntry.address": [],
  "AudienceEntry.letterAddress": [],
  "AudienceEntry.title": [],
  "AudienceEntry.firstName": [],
  "AudienceEntry.lastName": [],
  "AudienceEntry.structureName": [],
  "AudienceEntry.language": [],
  "AudienceEntry.unsubscribeLink": [],
  "AudienceEntry.authorizationEventId": [],
  "AudienceEntry.shipmentId": [],
  "Contact.title": [
    ...column("contacts.contact", "title", "CASE contact_type WHEN 'INDIVIDUAL' THEN 'MR_AND_MRS' END"),
    ...auditOf("Contact", "title"),
  ],
  "Contact.firstName": contactText("firstName", "first_name"),
  "Contact.lastName": contactText("lastName", "last_name"),
  "Contact.structureName": contactText("structureName", "structure_name"),
  "Contact.email": contactText("email", "email"),
  "Contact.phone": [...contactText("phone", "phone"), ...column("contacts.contact", "phone_key", "'9' || phone_key")],
  "Contact.mobile": [
    ...contactText("mobile", "mobile"),
    ...column("contacts.contact", "mobile_key", "'9' || mobile_key"),
  ],
  "Contact.birthDate": column("contacts.contact", "birth_date", "birth_date + 1"),
  "Contact.language": column("contacts.contact", "language", "'en'"),
  "Contact.referenceCode": contactText("referenceCode", "reference_code"),
  // isValid is never withheld: it stays the same
  "Contact.disabilityType": column("contacts.contact", "disability_type", "'WHEELCHAIR'"),
  "Contact.remark": contactText("remark", "remark"),
  // written by insertDocuments, because only the application seals
  "Contact.identityDocumentNumber": [],
  "Contact.identityDocumentMasked": [],
  "Contact.validityEndDate": column("contacts.contact", "validity_end_date", "validity_end_date - 1"),
  "Contact.createdAt": column("contacts.contact", "created_at", "created_at + interval '1 hour'"),
  "Contact.updatedAt": column("contacts.contact", "updated_at", "updated_at + interval '1 hour'"),
  "Contact.addresses": [
    ...column("contacts.contact_address", "town", "'Genève'"),
    "DELETE FROM contacts.contact_address WHERE institution_id = $1 AND contact_id IN (13, 16)",
    ...auditOf("Address", null),
    ...checkOf("town"),
  ],
  "Contact.roles": [
    "INSERT INTO contacts.contact_role SELECT institution_id, id, 'GUIDE' FROM contacts.contact WHERE institution_id = $1",
    "DELETE FROM contacts.contact_role WHERE institution_id = $1 AND contact_id = 14 AND role = 'PUBLIC'",
  ],
  "Contact.connections": [
    "DELETE FROM contacts.contact_connection WHERE institution_id = $1",
    ...auditOf("Connection", null),
  ],
  "Contact.internetAccount": [
    ...column("contacts.internet_account", "login", "'q' || login"),
    ...auditOf("InternetAccount", null),
  ],
  "Contact.isBlocked": [
    `UPDATE contacts.contact SET blocked_since = '2026-02-02', blocked_reason = 'W' WHERE institution_id = $1 AND id = 11`,
    `UPDATE contacts.contact SET blocked_since = NULL, blocked_reason = NULL WHERE institution_id = $1 AND id = 16`,
  ],
  "Contact.blockedReason": column("contacts.contact", "blocked_reason", "'W' || blocked_reason"),
  "Contact.paymentAliases": ["DELETE FROM contacts.payment_alias WHERE institution_id = $1"],
  "PaymentAlias.alias": column("contacts.payment_alias", "alias", "'w' || alias"),
  "PaymentAlias.provider": column("contacts.payment_alias", "provider", "'w'"),
  "PaymentAlias.maskedNumber": column("contacts.payment_alias", "masked_number", "'****1111'"),
  "PaymentAlias.expiryMonth": column("contacts.payment_alias", "expiry_month", "6"),
  "PaymentAlias.expiryYear": column("contacts.payment_alias", "expiry_year", "2020"),
  "Contact.community": ["DELETE FROM contacts.community_member WHERE institution_id = $1"],
  "Contact.notes": [
    "DELETE FROM contacts.note WHERE institution_id = $1 AND contact_id = 17",
    ...column("contacts.note", "text", "'w' || text"),
  ],
  "Contact.criteria": [
    "DELETE FROM contacts.contact_criterion WHERE institution_id = $1",
    ...auditOf("Criterion", null),
    ...column("contacts.import_row", "criteria", "replace(criteria::text, 'OPERA', 'OPER')::jsonb"),
  ],
  "Contact.preferredSeats": ["DELETE FROM contacts.preferred_seat WHERE institution_id = $1"],
  "Contact.mails": ["DELETE FROM platform.mail WHERE institution_id = $1"],
  // what they show is other fields
  "Contact.summary": [],
  "Contact.balances": [],
  "Contact.isProspect": [],
  "Contact.indicators": [
    `INSERT INTO history.contact_indicator (institution_id, contact_id, assiduity, is_member, first_sale_on)
     SELECT institution_id, id, 3, true, '2020-02-02' FROM contacts.contact WHERE institution_id = $1
     ON CONFLICT (institution_id, contact_id) DO UPDATE SET assiduity = 3, is_member = true`,
  ],
  "Contact.retentionHold": [
    ...column("privacy.retention_hold", "reason", "'W' || reason"),
    "DELETE FROM privacy.retention_hold WHERE institution_id = $1 AND contact_id = 11",
  ],
  "Contact.gdprRecency": [
    "UPDATE privacy.gdpr_recency SET day = day - 400, kind = 'CLICK', record_id = NULL WHERE institution_id = $1",
  ],
  // shows a part of it
  "Contact.gdprRecencyMonth": [],
  "Contact.symbols": [],
  "Contact.authorizations": [
    ...column("marketing.contact_marketing", "sms", "true"),
    "UPDATE marketing.authorization_change SET is_true = is_false, is_false = is_true WHERE institution_id = $1",
    "UPDATE contacts.import_row SET was_agreed = was_refused, was_refused = was_agreed WHERE institution_id = $1",
    "UPDATE contacts.import_row SET is_agreed = is_refused, is_refused = is_agreed WHERE institution_id = $1",
  ],
  "Contact.authorizationHistory": [],
  // made of the id
  "Contact.unsubscribeLink": [],
  "Contact.consentAsOf": [],
  "Contact.bounceStatus": [
    ...column("marketing.contact_marketing", "bounce_status", "1"),
    ...column("marketing.audit_bounce", "new_status", "1"),
    "DELETE FROM marketing.address_bounce WHERE institution_id = $1",
    `INSERT INTO marketing.address_bounce
       (institution_id, contact_id, address_digest, is_current, bounce_status, bounced_at, reason)
     SELECT $1, id, '\\x01', true, 1, '2026-03-01', 'AUTOMATIC_REPLY' FROM contacts.contact WHERE institution_id = $1`,
  ],
  // shows more of the same
  "Contact.bounce": [],
  // what it shows of authorizations is their history
  "Contact.audit": ["contacts.audit_contact", "history.audit_contact", "marketing.audit_bounce"].map(
    (table) => `DELETE FROM ${table} WHERE institution_id = $1`,
  ),
  "Contact.purchaseHistory": [
    ...indicators,
    ...auditOf("Order", null, "history.audit_contact"),
    orderOf(901, "W-901", "2026-02-07T10:00:00Z", 11),
    orderOf(905, "W-905", "2026-02-07T10:00:00Z", 17),
  ],
  // the orders of its tickets show them as well
  "Contact.culturalHistory": [...indicators],
  "Contact.financialHistory": [
    `INSERT INTO history.payment (institution_id, id, organization, external_id, payer_id, paid_at, payment_method, amount,
       currency) VALUES ($1, 903, 'OPERA', '903', 11, '2026-02-07T10:00:00Z', 'CASH', 7, 'CHF')`,
  ],
  "Order.orderNumber": column("history.sales_order", "order_number", "'W' || order_number"),
  "Order.organization": column("history.sales_order", "organization", "'W' || organization"),
  "Order.operationKind": column("history.sales_order", "operation_kind", "'RESERVATION'"),
  "Order.orderedAt": column("history.sales_order", "ordered_at", "ordered_at + interval '1 minute'"),
  "Order.total": column("history.sales_order", "total", "total + 1"),
  "Order.currency": column("history.sales_order", "currency", "'USD'"),
  "Order.purchaser": swapPeople("history.sales_order", "purchaser_id"),
  "Order.lines": [
    "INSERT INTO history.order_line SELECT institution_id, id, 9, 4, 1, 5 FROM history.sales_order WHERE institution_id = $1",
  ],
  "Order.ipAddress": column("history.sales_order", "ip_address", "'198.51.100.7'"),
  "Order.remark": [
    ...column("history.sales_order", "remark", "'W'"),
    ...auditOf("Order", null, "history.audit_contact"),
  ],
  "Order.state": column("history.sales_order", "order_state", "'CONFIRMED'"),
  "Order.payer": swapPeople("history.sales_order", "payer_id"),
  // another product of the same day: the lists tell the day
  "OrderLine.product": column("history.order_line", "product_id", "CASE product_id WHEN 1 THEN 2 ELSE product_id END"),
  "OrderLine.quantity": column("history.order_line", "quantity", "quantity + 1"),
  "OrderLine.amount": column("history.order_line", "amount", "amount + 1"),
  "OrderLine.tariffCode": column("history.order_line", "tariff_code", "'W'"),
  "OrderLine.isChildrenTariff": column("history.order_line", "is_children_tariff", "NOT is_children_tariff"),
  "OrderLine.tickets": [ticketOf(904, "1", "NULL")],
  "Ticket.product": column("history.ticket", "product_id", "CASE product_id WHEN 1 THEN 2 ELSE product_id END"),
  "Ticket.culturalContact": swapPeople("history.ticket", "cultural_contact_id"),
  "Ticket.state": column("history.ticket", "ticket_state", "'CANCELLED'"),
  "Ticket.price": column("history.ticket", "price", "price + 1"),
  "Ticket.seat": column("history.ticket", "seat", "'W' || seat"),
  "Ticket.ticketNumber": column("history.ticket", "ticket_number", "ticket_number + 100"),
  "Ticket.beneficiary": ["DELETE FROM history.ticket_beneficiary WHERE institution_id = $1"],
  "Ticket.answers": ["DELETE FROM history.ticket_answer WHERE institution_id = $1"],
  "Ticket.order": [],
  "Beneficiary.firstName": column("history.ticket_beneficiary", "first_name", "'W'"),
  "Beneficiary.lastName": column("history.ticket_beneficiary", "last_name", "'W'"),
  "Beneficiary.birthDate": column("history.ticket_beneficiary", "birth_date", "birth_date + 1"),
  "Beneficiary.email": column("history.ticket_beneficiary", "email", "'w' || email"),
  "Beneficiary.phone": column("history.ticket_beneficiary", "phone", "'0' || phone"),
  "Beneficiary.countryCode": column("history.ticket_beneficiary", "country_code", "'FR'"),
  "TicketAnswer.questionLabel": column("history.ticket_answer", "question_label", "'W'"),
  "TicketAnswer.questionType": column("history.ticket_answer", "question_type", "'CHOICE'"),
  "TicketAnswer.value": column("history.ticket_answer", "value", "'W' || value"),
  "Product.code": column("history.product", "code", "'W' || code"),
  "Product.name": column("history.product", "name", "'W' || name"),
  "Product.kind": column("history.product", "product_kind", "'GIFT'"),
  "Product.startsAt": column("history.product", "starts_at", "starts_at + interval '1 hour'"),
  "Product.validityEndDate": column("history.product", "validity_end", "validity_end + 1"),
  "Product.organization": column("history.product", "organization", "'W' || organization"),
  "Product.season": column("history.product", "season_id", "NULL"),
  "Product.parts": ["DELETE FROM history.product_part WHERE institution_id = $1"],
  // made of the other lists
  "Contact.timeline": [],
  "Contact.waitingList": ["DELETE FROM history.waiting_list_entry WHERE institution_id = $1"],
  "Contact.memberships": [...indicators, "DELETE FROM history.membership WHERE institution_id = $1"],
  "Contact.advantages": ["DELETE FROM history.advantage WHERE institution_id = $1"],
  "WaitingListEntry.contact": swapPeople("history.waiting_list_entry", "contact_id"),
  "WaitingListEntry.organization": column("history.waiting_list_entry", "organization", "'W' || organization"),
  "WaitingListEntry.product": column("history.waiting_list_entry", "product_id", "2"),
  "WaitingListEntry.quantity": column("history.waiting_list_entry", "quantity", "quantity + 1"),
  "WaitingListEntry.requestedAt": column(
    "history.waiting_list_entry",
    "requested_at",
    "requested_at - interval '1 hour'",
  ),
  "WaitingListEntry.state": column("history.waiting_list_entry", "entry_state", "'SERVED'"),
  "Membership.contact": swapPeople("history.membership", "contact_id"),
  "Membership.organization": column("history.membership", "organization", "'W' || organization"),
  "Membership.product": column("history.membership", "product_id", "2"),
  "Membership.validFromDate": column("history.membership", "valid_from", "valid_from - 1"),
  "Membership.validToDate": column("history.membership", "valid_to", "valid_to + 1"),
  "Membership.state": column("history.membership", "membership_state", "'CANCELLED'"),
  "Membership.order": column("history.membership", "order_id", "NULL"),
  "Advantage.contact": swapPeople("history.advantage", "contact_id"),
  "Advantage.organization": column("history.advantage", "organization", "'W' || organization"),
  "Advantage.code": column("history.advantage", "code", "'W' || code"),
  "Advantage.name": column("history.advantage", "name", "'W' || name"),
  "Advantage.validFromDate": column("history.advantage", "valid_from", "valid_from - 1"),
  "Advantage.validToDate": column("history.advantage", "valid_to", "valid_to + 1"),
  "Advantage.state": column("history.advantage", "advantage_state", "'USED'"),
  "Season.code": column("history.season", "code", "'W' || code"),
  "Season.name": column("history.season", "name", "'W' || name"),
  "Season.startDate": column("history.season", "starts_on", "starts_on + 1"),
  "Season.endDate": column("history.season", "ends_on", "ends_on + 1"),
  "Season.organization": column("history.season", "organization", "'W' || organization"),
  "Payment.organization": column("history.payment", "organization", "'W' || organization"),
  "Payment.paidAt": column("history.payment", "paid_at", "paid_at + interval '1 minute'"),
  "Payment.method": column("history.payment", "payment_method", "'VOUCHER'"),
  "Payment.amount": column("history.payment", "amount", "amount + 1"),
  "Payment.currency": column("history.payment", "currency", "'USD'"),
  "Payment.payer": swapPeople("history.payment", "payer_id"),
  // both are seen for others of their people as well
  "Payment.order": column("history.payment", "order_id", "CASE order_id WHEN 1 THEN 2 WHEN 2 THEN 1 ELSE order_id END"),
  "CulturalItem.ticket": [],
  // with the interactions that they made
  "Contact.shipments": ["DELETE FROM history.shipment WHERE institution_id = $1"],
  "Contact.interactions": [
    "DELETE FROM history.interaction WHERE institution_id = $1",
    ...auditOf("Interaction", null, "history.audit_contact"),
  ],
  "Shipment.contact": swapPeople("history.shipment", "contact_id"),
  "Shipment.organization": column("history.shipment", "organization", "NULL"),
  "Shipment.kind": column("history.shipment", "shipment_kind", "'OTHER'"),
  "Shipment.channel": column("history.shipment", "channel", "'LETTER'"),
  "Shipment.subject": column("history.shipment", "subject", "'W' || subject"),
  "Shipment.createdAt": column("history.shipment", "created_at", "created_at + interval '1 minute'"),
  "Shipment.sentAt": column("history.shipment", "sent_at", "sent_at + interval '1 minute'"),
  "Shipment.state": column("history.shipment", "shipment_state", "'BOUNCED'"),
  "Shipment.campaign": column("history.shipment", "campaign_id", "NULL"),
  "Shipment.order": column("history.shipment", "order_id", "NULL"),
  "Interaction.contact": swapPeople("history.interaction", "contact_id"),
  "Interaction.organization": column("history.interaction", "organization", "NULL"),
  "Interaction.medium": column("history.interaction", "medium", "'VISIT'"),
  "Interaction.status": column("history.interaction", "interaction_status", "'ARCHIVED'"),
  "Interaction.occurredAt": column("history.interaction", "occurred_at", "occurred_at + interval '1 minute'"),
  "Interaction.description": [
    ...column("history.interaction", "description", "'W' || description"),
    ...auditOf("Interaction", "description", "history.audit_contact"),
  ],
};

/** @throws Error that names the fields for which nobody has said how their values differ */
export function assertChangesKnown(fields: readonly string[], isDerived: (field: string) => boolean): void {
  const unknown = fields.filter((field) => !changes[field] && !isDerived(field));
  if (unknown.length > 0)
    throw new Error(
      `say in test/non-interference/withheld.ts how values of these fields differ: ${unknown.join(", ")}`,
    );
}

/** Gives these fields other values, everywhere in the institution. */
export async function changeWithheld(owner: pg.Pool, institutionId: number, fields: readonly string[]): Promise<void> {
  for (const statement of fields.flatMap((field) => changes[field] ?? []))
    await owner.query(statement, [institutionId]);
}
