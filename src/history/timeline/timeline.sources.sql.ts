import { withinWindow } from "../history.sql.js";
import { TimelineKind } from "./timeline.kinds.js";

/** Where the entries of one kind come from. */
export interface TimelineSource {
  readonly kind: TimelineKind;
  /** Breaks the tie between entries of the same moment; stands in cursors. Never given to another kind. */
  readonly rank: number;
  /** The list of `Contact` that shows the same: withheld with it. */
  readonly field: string;
  /** The field (`Type.field`) that choosing by organization gives away. */
  readonly organizationField: string;
  /** SQL: FROM and WHERE of the rows of contact `owner` in the window ($3 to $5). */
  readonly rows: string;
  /** SQL: id, moment and organization of a row. */
  readonly id: string;
  readonly at: string;
  readonly organization: string;
  /** Kept by each organization: the caller is shown those of his own, and the institution's (F28). */
  readonly isOfOrganization?: true;
}

/** The beginning of a day where the institution is. */
const morningOf = (day: string) => `(${day})::timestamp AT TIME ZONE $5`;

/** Days need no time zone; $5 is named all the same, because a count of these alone names it nowhere else. */
const days = (column: string) => `${column} BETWEEN $3::date AND $4::date AND $5::text IS NOT NULL`;

export const timelineSources: readonly TimelineSource[] = [
  {
    kind: TimelineKind.ORDER,
    ...{ rank: 1, field: "purchaseHistory", organizationField: "Order.organization" },
    ...{ id: "o.id", at: "o.ordered_at", organization: "o.organization" },
    rows: `history.sales_order o
      WHERE o.institution_id = $1 AND o.purchaser_id = owner.id AND ${withinWindow("o.ordered_at")}`,
  },
  {
    kind: TimelineKind.ATTENDANCE,
    ...{ rank: 2, field: "culturalHistory", organizationField: "Product.organization" },
    ...{ id: "t.id", at: "held.at", organization: "p.organization" },
    // under the day of the cultural history, at the hour at which it begins if that is the same day
    rows: `history.ticket t
      JOIN history.product p ON p.institution_id = $1 AND p.id = t.product_id
      CROSS JOIN LATERAL (
        SELECT (p.starts_at AT TIME ZONE $5)::date AS first_day,
          coalesce(p.validity_end, (p.starts_at AT TIME ZONE $5)::date) AS day) dated
      CROSS JOIN LATERAL (
        SELECT CASE WHEN dated.first_day = dated.day THEN p.starts_at ELSE ${morningOf("dated.day")} END AS at) held
      WHERE t.institution_id = $1 AND t.cultural_contact_id = owner.id AND t.ticket_state = 'VALID'
        AND ${days("dated.day")}`,
  },
  {
    kind: TimelineKind.PAYMENT,
    ...{ rank: 3, field: "financialHistory", organizationField: "Payment.organization" },
    ...{ id: "p.id", at: "p.paid_at", organization: "p.organization" },
    rows: `history.payment p
      WHERE p.institution_id = $1 AND p.payer_id = owner.id AND ${withinWindow("p.paid_at")}`,
  },
  {
    kind: TimelineKind.WAITING_LIST,
    ...{ rank: 4, field: "waitingList", organizationField: "WaitingListEntry.organization" },
    ...{ id: "w.id", at: "w.requested_at", organization: "w.organization" },
    rows: `history.waiting_list_entry w
      WHERE w.institution_id = $1 AND w.contact_id = owner.id AND ${withinWindow("w.requested_at")}`,
  },
  {
    kind: TimelineKind.MEMBERSHIP,
    ...{ rank: 5, field: "memberships", organizationField: "Membership.organization" },
    ...{ id: "m.id", at: morningOf("m.valid_from"), organization: "m.organization" },
    rows: `history.membership m
      WHERE m.institution_id = $1 AND m.contact_id = owner.id AND ${days("m.valid_from")}`,
  },
  {
    kind: TimelineKind.ADVANTAGE,
    ...{ rank: 6, field: "advantages", organizationField: "Advantage.organization" },
    ...{ id: "a.id", at: morningOf("a.valid_from"), organization: "a.organization" },
    rows: `history.advantage a
      WHERE a.institution_id = $1 AND a.contact_id = owner.id AND ${days("a.valid_from")}`,
  },
  {
    kind: TimelineKind.SHIPMENT,
    ...{ rank: 7, field: "shipments", organizationField: "Shipment.organization", isOfOrganization: true },
    ...{ id: "s.id", at: "s.created_at", organization: "s.organization" },
    rows: `history.shipment s
      WHERE s.institution_id = $1 AND s.contact_id = owner.id AND ${withinWindow("s.created_at")}`,
  },
  {
    kind: TimelineKind.INTERACTION,
    ...{ rank: 8, field: "interactions", organizationField: "Interaction.organization", isOfOrganization: true },
    ...{ id: "i.id", at: "i.occurred_at", organization: "i.organization" },
    // the automatic ones are there as shipments
    rows: `history.interaction i
      WHERE i.institution_id = $1 AND i.contact_id = owner.id AND i.shipment_id IS NULL
        AND ${withinWindow("i.occurred_at")}`,
  },
];
