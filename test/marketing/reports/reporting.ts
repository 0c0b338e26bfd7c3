import { marketingModule } from "../../../src/marketing/index.js";
import type { Permission } from "../../../src/platform/access/permissions.js";
import type { OperationContext } from "../../../src/platform/context.js";
import type { Ports } from "../../../src/platform/ports.js";
import type { ContextWish, TestDatabase } from "../../support/database.js";
import { ask } from "../graph.js";

export type ReportMutation = "reportDeliveries" | "reportBounces" | "reportClicks" | "reportUnsubscribes";

/** What a batch of reports is answered. */
export interface ReportAnswer {
  recorded: number;
  repeated: number;
  notCounted?: number;
  userErrors: { code: string; field: string[]; elementIndex: number | null; message: string }[];
  warnings: { code: string }[];
}

/** The sender of the messages. */
export function senderOf(
  db: TestDatabase,
  ports: Partial<Ports> = {},
  ...wishes: (Permission | ContextWish)[]
): OperationContext {
  const services = db.services({ catalogue: marketingModule.fields, ports });
  const sender = { kind: "SERVICE", login: "sam", clearance: 2, services } as const;
  return db.contextWith("marketing:report", sender, ...wishes);
}

let events = 0;

/** An id that was never reported. */
export const newEventId = (): string => `event-${++events}`;

/** Reports a batch; what is left out of a report is made up: a new event, that has just happened. */
export async function report(
  context: OperationContext,
  mutation: ReportMutation,
  reports: readonly object[],
): Promise<ReportAnswer> {
  const type = mutation[0]!.toUpperCase() + mutation.slice(1);
  const document = `mutation ($input: ${type}Input!) { ${mutation}(input: $input) { recorded repeated
    ${mutation === "reportClicks" ? "notCounted" : ""} userErrors { code field elementIndex message } warnings { code } } }`;
  const occurredAt = context.now().toISOString();
  const input = { reports: reports.map((each) => ({ eventId: newEventId(), occurredAt, ...each })) };
  const { data, errors } = await ask(context, document, { input });
  if (errors) throw errors[0];
  return data?.[mutation];
}

export const codesOf = ({ userErrors }: ReportAnswer): string[] => userErrors.map(({ code }) => code);

export interface ShownBounce {
  bounceStatus: string | null;
  bounce: { bouncedAt: string; reason: string; statusCode: string | null } | null;
}

/** What marketing shows of a contact's address. */
export async function bounceOf(
  db: TestDatabase,
  opaqueId: string,
  ...wishes: (Permission | ContextWish)[]
): Promise<ShownBounce> {
  const services = db.services({ catalogue: marketingModule.fields });
  const { data } = await ask(
    db.contextWith("contact:read", { services, clearance: 2 }, ...wishes),
    `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Contact {
      bounceStatus bounce { bouncedAt reason statusCode } } } }`,
    { r: [{ __typename: "Contact", id: opaqueId }] },
  );
  return data?._entities[0];
}
