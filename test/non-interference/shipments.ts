import type { Rows } from "./rows.js";

const at = "2026-02-10T10:00:00Z";

/** To whom something was sent, and with whom an operator spoke: to those who are seen, to strangers and to a relay. */
const sentTo: readonly (readonly [id: number, contact: number])[] = [
  ...([
    [1, 11],
    [2, 102],
    [3, 103],
    [4, 17],
    [5, 12],
    [6, 101],
  ] as const),
];
const spokenWith: readonly (readonly [id: number, contact: number])[] = [
  [11, 11],
  [12, 102],
  [13, 103],
  [14, 12],
];

interface View {
  isHere(contactId: number): boolean;
  isElse(contactId: number): boolean;
}

/** Shipments with the interactions that they made, and interactions that operators wrote, with their audit. */
export function shipmentsOf({ isHere, isElse }: View): Rows {
  const sent = sentTo.filter(([, contact]) => isHere(contact));
  const spoken = spokenWith.filter(([, contact]) => isHere(contact));
  const mark = (contact: number) => (isElse(contact) ? "q" : "");
  return [
    [
      "history.shipment",
      sent.map(([id, contact_id]) => ({
        ...{
          id,
          contact_id,
          organization: "OPERA",
          external_id: `S${id}`,
          version: 1,
          campaign_id: 4,
          shipment_kind: "CAMPAIGN",
        },
        ...{ channel: isElse(contact_id) ? "SMS" : "EMAIL", subject: `${mark(contact_id)}subject`, created_at: at },
        ...{ recipient: `${mark(contact_id)}${id}@example.org`, sent_at: at, order_id: id === 1 ? 1 : null },
        ...{ shipment_state: isElse(contact_id) ? "SENT" : "DELIVERED", cleaned: false },
      })),
    ],
    [
      "history.interaction",
      [
        ...sent.map(([id, contact_id]) => ({
          ...{ id, contact_id, organization: "OPERA", shipment_id: id, medium: isElse(contact_id) ? "SMS" : "EMAIL" },
          ...{ interaction_status: "CLOSED", occurred_at: at, description: null, created_by: "somebody", version: 1 },
        })),
        ...spoken.map(([id, contact_id]) => ({
          ...{ id, contact_id, organization: "OPERA", shipment_id: null, medium: "PHONE", created_by: "somebody" },
          ...{ interaction_status: isElse(contact_id) ? "CLOSED" : "OPEN", occurred_at: at, version: 1 },
          description: `${mark(contact_id)}spoke ${id}`,
        })),
      ],
    ],
    [
      "history.audit_contact",
      spoken.map(([id, contact_id]) => ({
        ...{ id, contact_id, at, actor: "somebody", actor_kind: "OPERATOR", source: "OPERATOR", job_id: null },
        ...{ entity: "Interaction", key: String(id), field: "description", old_value: null },
        new_value: `${mark(contact_id)}spoke ${id}`,
      })),
    ],
  ];
}
