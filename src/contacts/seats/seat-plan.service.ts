import { selectIsOrganization } from "../institution.sql.js";
import "./seat.messages.js";
import type { OperationContext } from "../../platform/context.js";
import { type Problem, problem, userErrors } from "../../platform/errors/user-error.js";
import { idempotent, refuse } from "../../platform/idempotency.js";
import { countSeats, deleteOtherSeats, insertSeats, lockBlock } from "./seat.sql.js";
import type { SetSeatBlockInput, SetSeatBlockPayload } from "./seat.type.js";
import { invalidSeat, isSeatName } from "./seat.validation.js";

const mostSeats = 10_000;

/** Tells which seats a block has (F23). Preferred seats that are no longer among them are shown as stale. */
export async function setSeatBlock(context: OperationContext, input: SetSeatBlockInput): Promise<SetSeatBlockPayload> {
  const { organization, venue, block } = input;
  const places = input.rows.flatMap(({ row, seats }) => seats.map((seat) => ({ row, seat })));
  const problems = planProblems(input, places);
  if (problems.length > 0) return refused(context, problems);
  const rows = places.map(({ row }) => row);
  const seats = places.map(({ seat }) => seat);
  const call = { mutation: "setSeatBlock", key: input.idempotencyKey, input };
  const done = await idempotent(context, call, async (db) => {
    if (!(await selectIsOrganization(db, organization))) refuse(problem("UNKNOWN_ORGANIZATION", ["organization"]));
    await lockBlock(db, { organization, venue, block });
    await deleteOtherSeats(db, { organization, venue, block }, rows, seats);
    await insertSeats(db, { organization, venue, block }, rows, seats);
    return {};
  });
  if ("problems" in done) return refused(context, done.problems);
  return { seatCount: await countSeats(context.db, { organization, venue, block }), userErrors: [], warnings: [] };
}

function planProblems(
  { venue, block }: SetSeatBlockInput,
  places: readonly { row: string; seat: string }[],
): Problem[] {
  if (places.length > mostSeats) return [problem("TOO_MANY_SEATS", ["rows"], { maximum: mostSeats })];
  const names = { venue: [venue], block: [block], rows: places.flatMap(({ row, seat }) => [row, seat]) };
  return Object.entries(names)
    .filter(([, given]) => !given.every(isSeatName))
    .map(([field]) => invalidSeat(field));
}

function refused({ locale }: OperationContext, problems: readonly Problem[]): SetSeatBlockPayload {
  return { seatCount: null, userErrors: userErrors(problems, locale), warnings: [] };
}
