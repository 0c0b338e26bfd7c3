import type pg from "pg";
import { encodeId } from "../../src/platform/graphql/opaque-id.js";
import { insertProduct, type TestRow } from "./history-rows.js";
import type { TestContact, TestInstitution } from "./rows.js";

interface Place {
  readonly owner: pg.Pool;
  readonly home: TestInstitution;
}

export interface WaitingWish {
  readonly organization?: string;
  readonly product?: TestRow;
  readonly quantity?: number;
  /** 2026-03-01 when left out. */
  readonly requestedAt?: string;
  /** WAITING when left out. */
  readonly state?: string;
}

export interface MembershipWish {
  readonly organization?: string;
  readonly product?: TestRow;
  readonly order?: TestRow;
  /** YYYY-MM-DD; 2026-01-01 when left out. */
  readonly validFrom?: string;
  readonly validTo?: string;
  /** ACTIVE when left out. */
  readonly state?: string;
}

export interface AdvantageWish {
  readonly organization?: string;
  readonly code?: string;
  readonly validFrom?: string;
  readonly validTo?: string;
  /** ASSIGNED when left out. */
  readonly state?: string;
}

let numbers = 0;
const rowOf = (type: string, id: string): TestRow => ({ id, opaqueId: encodeId(type, id) });

export async function insertWaiting(place: Place, contact: TestContact, wish: WaitingWish = {}): Promise<TestRow> {
  const product = wish.product ?? (await insertProduct(place));
  const { rows } = await place.owner.query<{ id: string }>(
    `INSERT INTO history.waiting_list_entry (institution_id, organization, external_id, contact_id, product_id, quantity,
       requested_at, entry_state)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id`,
    [
      ...[place.home.id, wish.organization ?? "OPERA", `W${++numbers}`, contact.id, product.id, wish.quantity ?? 1],
      ...[wish.requestedAt ?? "2026-03-01T12:00:00Z", wish.state ?? "WAITING"],
    ],
  );
  return rowOf("WaitingListEntry", rows[0]!.id);
}

export async function insertMembership(
  place: Place,
  contact: TestContact,
  wish: MembershipWish = {},
): Promise<TestRow> {
  const product = wish.product ?? (await insertProduct(place, { kind: "MEMBERSHIP" }));
  const { rows } = await place.owner.query<{ id: string }>(
    `INSERT INTO history.membership (institution_id, organization, external_id, contact_id, product_id, order_id,
       valid_from, valid_to, membership_state)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id`,
    [
      ...[place.home.id, wish.organization ?? "OPERA", `M${++numbers}`, contact.id, product.id, wish.order?.id],
      ...[wish.validFrom ?? "2026-01-01", wish.validTo, wish.state ?? "ACTIVE"],
    ],
  );
  return rowOf("Membership", rows[0]!.id);
}

export async function insertAdvantage(place: Place, contact: TestContact, wish: AdvantageWish = {}): Promise<TestRow> {
  const code = wish.code ?? `A${++numbers}`;
  const { rows } = await place.owner.query<{ id: string }>(
    `INSERT INTO history.advantage (institution_id, organization, external_id, contact_id, code, name, valid_from,
       valid_to, advantage_state)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id`,
    [
      ...[place.home.id, wish.organization ?? "OPERA", `V${++numbers}`, contact.id, code, `Advantage ${code}`],
      ...[wish.validFrom, wish.validTo, wish.state ?? "ASSIGNED"],
    ],
  );
  return rowOf("Advantage", rows[0]!.id);
}
