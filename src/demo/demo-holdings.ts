import type { Calendar } from "./demo-calendar.js";
import { ids } from "./demo-people.js";
import type { Programme } from "./demo-products.js";
import type { Sales } from "./demo-sales.js";

/** By table, what contacts wait for and hold, and what was typed in on tickets; none of them is read by others. */
export function holdingRows(sales: Sales, programme: Programme, calendar: Calendar): Record<string, object[]> {
  return {
    "history.membership": membershipRows(sales, programme),
    "history.waiting_list_entry": waitingRows(programme, calendar),
    "history.advantage": advantageRows(calendar),
    ...holderRows(sales),
  };
}

/** Friends of the opera, from the day on which they bought it. */
function membershipRows({ orders, lines }: Sales, { membership }: Programme): object[] {
  const bought = new Set(
    lines.flatMap(({ order_id, product_id }) => (product_id === membership.row.id ? [order_id] : [])),
  );
  return orders
    .filter(({ id }) => bought.has(id))
    .map(({ id, purchaser_id, ordered_at }) => ({
      ...{ organization: "OPERA", external_id: `M${id}`, contact_id: purchaser_id, product_id: membership.row.id },
      ...{ order_id: id, valid_from: ordered_at.slice(0, 10), valid_to: membership.row.validity_end },
      membership_state: "ACTIVE",
    }));
}

function waitingRows({ dated }: Programme, calendar: Calendar): object[] {
  const next = dated.filter(({ row, day }) => row.product_kind === "PERFORMANCE" && day! > 10)[0]!.row;
  const last = dated.filter(({ row, day }) => row.product_kind === "PERFORMANCE" && day! < -10).at(-1)!.row;
  return [
    { contact_id: ids.camille, product: next, quantity: 2, day: -4, entry_state: "WAITING" },
    { contact_id: ids.julien, product: last, quantity: 1, day: -60, entry_state: "SERVED" },
  ].map(({ product, day, ...entry }, index) => ({
    ...{ ...entry, organization: product.organization, external_id: `W${index + 1}`, product_id: product.id },
    requested_at: calendar.instant(day, "09:30"),
  }));
}

function advantageRows(calendar: Calendar): object[] {
  return [
    {
      contact_id: ids.camille,
      organization: "OPERA",
      code: "AMIS-10",
      name: "Dix pour cent pour les Amis",
      from: -160,
    },
    {
      contact_id: ids.school,
      organization: "MUSEUM",
      code: "ECOLE",
      name: "Entrée libre pour les classes",
      from: -400,
    },
  ].map(({ from, ...advantage }, index) => ({
    ...{ ...advantage, external_id: `V${index + 1}`, advantage_state: "ASSIGNED" },
    ...{ valid_from: calendar.day(from), valid_to: calendar.day(200) },
  }));
}

/** Of tickets in Camille's orders that are for nobody with a file. */
function holderRows({ orders, tickets }: Sales): Record<string, object[]> {
  const hers = new Set(orders.filter(({ purchaser_id }) => purchaser_id === ids.camille).map(({ id }) => id));
  const held = tickets.filter(({ order_id, cultural_contact_id: attends }) => attends === null && hers.has(order_id));
  return {
    "history.ticket_beneficiary": held.map(({ id }) => ({
      ...{ ticket_id: id, first_name: "Lou", last_name: "Favre", email: "lou.favre@example.org", country_code: "CH" },
    })),
    "history.ticket_answer": held.map(({ id }) => ({
      ...{ ticket_id: id, question_code: "ARRIVAL", question_label: "Comment venez-vous ?", question_type: "CHOICE" },
      value: "En train",
    })),
  };
}
