import type { View } from "./belongings.js";
import type { Row, Rows } from "./rows.js";

const at = "2026-01-15T10:00:00Z";

/** Of the addresses of today: 2 refuse every mail, 1 refuse some. One whom everybody sees has bounced. */
export const bounceOf = (contactId: number, isElse: boolean): number => (isElse ? 1 : contactId === 17 ? 2 : 0);

/** What the product has worked out for contacts, and what was reported or written in what is theirs. */
export function workingsOf(view: View, peopleHere: readonly number[]): Rows {
  const { isElse } = view;
  const bounced = peopleHere.filter((id) => bounceOf(id, isElse(id)) > 0);
  return [
    // worked out for today already, so that no run of the background changes one database before the other
    ["history.indicator_run", [{ ...run, started_at: at, finished_at: at }]],
    ["history.contact_indicator", peopleHere.map((id) => indicatorOf(id, isElse(id)))],
    [
      "privacy.retention_hold",
      [11, 102, 103]
        .filter((id) => peopleHere.includes(id))
        .map((contact_id) => ({
          ...{ contact_id, reason: isElse(contact_id) ? "else" : "claim", set_by: "somebody", set_at: at },
          until_date: isElse(contact_id) ? null : "2027-01-01",
        })),
    ],
    ["privacy.gdpr_recency", peopleHere.map((id) => recencyOf(id, isElse(id)))],
    [
      "marketing.address_bounce",
      bounced.map((contact_id) => ({
        ...{ contact_id, address_digest: "\\x01", is_current: true, bounced_at: at, reason: "PERMANENT_FAILURE" },
        ...{ bounce_status: bounceOf(contact_id, isElse(contact_id)), status_code: "5.1.0" },
      })),
    ],
    [
      "marketing.audit_bounce",
      bounced.map((id) => ({ ...trailOf(id), old_status: 0, new_status: bounceOf(id, isElse(id)) })),
    ],
    [
      "history.audit_contact",
      [11, 102, 103]
        .filter((id) => peopleHere.includes(id))
        .map((id) => ({
          ...{ ...trailOf(id), id: id + 1_000, entity: "Order", key: "1", field: "remark", old_value: null },
          new_value: isElse(id) ? "else" : "at the window",
        })),
    ],
  ];
}

const run = { id: 1, status: "DONE", reason: "DAY", day: "2026-03-10", started_by: "somebody", total: 0 };

const trailOf = (id: number): Row => ({
  ...{ id, contact_id: id, at, actor: "somebody", actor_kind: "OPERATOR", source: "OPERATOR" },
});

function recencyOf(contact_id: number, isElse: boolean): Row {
  const order = { kind: "SALE", organization: "OPERA", record_id: 1 };
  return isElse
    ? { contact_id, day: "2020-02-02", kind: "CLICK", computed_at: at }
    : { contact_id, day: "2025-12-31", ...order, computed_at: at };
}

function indicatorOf(contact_id: number, isElse: boolean): Row {
  const yes = !isElse;
  return {
    ...{ contact_id, assiduity: isElse ? 9 : 3, has_children_product: yes, is_member: yes, computed_at: at },
    ...{ is_season_ticket_holder: yes, revenue: isElse ? "5.00" : "120.50", sml_level: isElse ? "LARGE" : "SMALL" },
    first_sale_on: isElse ? "2025-01-01" : "2020-01-01",
  };
}
