import type { OperationContext } from "../../platform/context.js";
import { CodedError } from "../../platform/errors/coded-error.js";
import { assertFirst, type Connection, decodeCursor, notACursor, page } from "../../platform/graphql/connection.js";
import { maySee, windowOf } from "../contact-list.service.js";
import type { Window } from "../history.sql.js";
import { type DayRange, periodOf } from "../period.js";
import { countPlaces, type PlacePosition, type PlaceRow, selectPlaces } from "./place.sql.js";

interface PlacePage extends Connection<PlaceRow> {
  readonly period: DayRange | null;
  /** These count only when called, and the default resolver calls them only when they are selected. */
  readonly totalCount: () => Promise<number>;
  readonly contactCount: () => Promise<number>;
}

export interface PlaceArguments {
  readonly period?: { readonly from?: string | null; readonly to?: string | null } | null;
  readonly first: number;
  readonly after?: string | null;
}

/** What counting contacts by place gives away. */
const gives = ["Contact.addresses"];
/** What counting those who were active gives away beside it. */
const givesOfActive = ["Contact.purchaseHistory", "Contact.culturalHistory"];

/**
 * How many contacts come from which place, by their main address; the anonymized too, who keep it (F48). Only those whom
 * the caller sees. With a period, those who made an order in it or attend something dated in it; without one, everybody.
 * @throws CodedError BAD_USER_INPUT for a bad `first`, `after` or `period`, FIELD_NOT_AVAILABLE when addresses are
 *   withheld from the caller, or the histories that a period asks for
 */
export async function contactsByPlace(
  context: OperationContext,
  { first, after, period: asked }: PlaceArguments,
): Promise<PlacePage> {
  assertFirst(first);
  const period = placePeriod(context, asked);
  const field = withheldFromReport(context, period);
  if (field)
    throw new CodedError("FIELD_NOT_AVAILABLE", `You cannot count by ${field}: it is withheld from you.`, { field });
  const window = period && windowOf(period, context.caller.timeZone);
  const rows = await selectPlaces(context.db, { window, after: positionOf(after), limit: first + 1 });
  const counts = () => countOnce(context, window);
  return {
    ...page(rows, { first, after }, ({ contactCount, country, postcode, town }) => [
      ...[contactCount, country ?? "", postcode ?? "", town ?? ""],
    ]),
    period,
    totalCount: async () => (await counts()).totalCount,
    contactCount: async () => (await counts()).contactCount,
  };
}

/** What is withheld from the caller of that which the report would give away; undefined: nothing. */
export function withheldFromReport(context: OperationContext, period: PlaceArguments["period"]): string | undefined {
  return (period ? [...gives, ...givesOfActive] : gives).find((field) => !maySee(context, field));
}

/** The days that are reported on; null: every contact. @throws CodedError BAD_USER_INPUT for a bad period */
export function placePeriod(context: OperationContext, asked: PlaceArguments["period"]): DayRange | null {
  return asked ? periodOf(asked, context.today(), context.locale) : null;
}

const countsByPeriod = () => new Map<string, ReturnType<typeof countPlaces>>();

/** Both counts come from one statement, however often they are asked for. */
function countOnce(context: OperationContext, window: Window | null): ReturnType<typeof countPlaces> {
  const counts = context.once(countsByPeriod);
  const key = JSON.stringify(window);
  const found = counts.get(key) ?? countPlaces(context.db, window);
  counts.set(key, found);
  return found;
}

function positionOf(after: string | null | undefined): PlacePosition | null {
  const key = decodeCursor(after, 4);
  if (!key) return null;
  const [count, ...texts] = key;
  const isCount = Number.isInteger(count) && Number(count) > 0 && Number(count) <= 2_147_483_647;
  if (!isCount || texts.some((text) => typeof text !== "string")) throw notACursor();
  return key as unknown as PlacePosition;
}
