import type { Calendar } from "./demo-calendar.js";
import { ids } from "./demo-people.js";

interface Sent {
  readonly to: number;
  /** Days from today. */
  readonly day: number;
  readonly organization?: string;
  readonly kind: string;
  readonly channel?: string;
  readonly subject: string;
  readonly recipient: string | null;
  readonly state?: string;
  readonly code?: string;
}

const season = { kind: "CAMPAIGN", subject: "La nouvelle saison est là" };
const museum = { organization: "MUSEUM", kind: "QUOTATION", subject: "Devis : visite guidée pour les écoles" };

const sent: readonly Sent[] = [
  { ...season, to: ids.camille, day: -20, recipient: "camille.favre@mail.example", state: "DELIVERED", code: "OPENED" },
  { to: ids.camille, day: -10, kind: "TICKETS", subject: "Vos billets", recipient: "camille.favre@mail.example" },
  { ...museum, to: ids.school, day: -15, channel: "LETTER", recipient: "École des Tilleuls" },
  { ...museum, to: ids.teacher, day: -15, recipient: "helene.rochat@tilleuls.example", state: "DELIVERED" },
  // of the relay who is not to be seen in the file of his school
  { ...museum, to: ids.otherTeacher, day: -6, recipient: null },
  { ...season, to: ids.couple[0], day: -20, recipient: "mueller@mail.example", state: "BOUNCED", code: "SOFT_BOUNCED" },
  { to: ids.julien, day: 0, kind: "REMINDER", channel: "SMS", subject: "Rappel", recipient: null, state: "QUEUED" },
  { ...season, to: ids.confidential, day: -20, recipient: null },
];

/** What was sent to some, with ids from 1 on. */
export function shipments(calendar: Calendar): object[] {
  return sent.map(({ to, day, organization = "OPERA", kind, channel = "EMAIL", state = "SENT", ...each }, index) => ({
    ...{ id: index + 1, organization, external_id: `DEMO-${index + 1}`, version: 1, contact_id: to, cleaned: false },
    ...{ shipment_kind: kind, channel, subject: each.subject, recipient: each.recipient, shipment_state: state },
    ...{ response_code: each.code ?? null, created_at: calendar.instant(day, "08:00") },
    sent_at: state === "QUEUED" ? null : calendar.instant(day, "08:01"),
  }));
}

const spoken = [
  {
    with: ids.camille,
    day: -3,
    organization: "OPERA",
    medium: "PHONE",
    status: "OPEN",
    text: "À rappeler pour l'échange de ses places.",
  },
  {
    with: ids.school,
    day: -12,
    organization: "MUSEUM",
    medium: "VISIT",
    status: "CLOSED",
    text: "Programme de la visite convenu.",
  },
  {
    with: ids.confidential,
    day: -2,
    organization: "OPERA",
    medium: "EMAIL",
    status: "OPEN",
    text: "Attend une réponse.",
  },
];

/** One for each shipment that was sent (F25), and what operators registered (F26). */
export function interactions(calendar: Calendar): object[] {
  const automatic = sent.flatMap(({ to, day, organization = "OPERA", kind, channel = "EMAIL", state }, index) => {
    if (state === "QUEUED") return [];
    const status = kind === "QUOTATION" ? "OPEN" : "CLOSED";
    return [
      { shipment_id: index + 1, contact_id: to, organization, medium: channel, status, at: [day, "08:01"], text: null },
    ];
  });
  const manual = spoken.map(({ with: contact_id, day, text, ...each }) => ({
    ...{ ...each, shipment_id: null, contact_id, at: [day, "14:30"], text },
  }));
  return [...automatic, ...manual].map(({ at, status, text, ...row }) => ({
    ...{ ...row, interaction_status: status, description: text, version: 1 },
    ...{
      created_by: row.shipment_id === null ? "op-1042" : "system",
      occurred_at: calendar.instant(...(at as [number, string])),
    },
  }));
}
