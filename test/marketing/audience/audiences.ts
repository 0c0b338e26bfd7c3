import { Audience, type Outcome } from "../../../src/marketing/audience/index.js";
import type { GatedCampaign } from "../../../src/marketing/gates/gates.js";
import type { Sql } from "../../../src/platform/database/sql.js";
import { StatementValues } from "../../../src/platform/database/statement-values.js";
import type { TestDatabase } from "../../support/database.js";
import type { TestInstitution } from "../../support/rows.js";

/** An audience of everybody whom the caller sees. */
export function audienceOfEverybody(
  db: TestDatabase,
  campaign: GatedCampaign,
  institution: TestInstitution = db.home,
  members: readonly string[] = ["true"],
): Audience {
  return new Audience({ campaign, members, sent: null, values: new StatementValues(institution.id) });
}

/** All outcomes by contact, as a run works them out together. */
export async function everybodysOutcomes(sql: Sql, audience: Audience): Promise<Map<string, Outcome>> {
  const [text, values] = audience.values.bind(`/* everybodysOutcomes */ ${audience.everybody({ consent: true })}`);
  const { rows } = await sql.query<{ contact_id: string; outcome: Outcome }>(text, values, "BY_VALUES");
  return new Map(rows.map(({ contact_id, outcome }) => [contact_id, outcome]));
}

/** Those who receive it, as an export works them out, in the order of their ids. */
export async function recipientsOf(sql: Sql, audience: Audience): Promise<string[]> {
  const [text, values] = audience.values.bind(`/* recipientsOf */ ${audience.recipients()} ORDER BY o.contact_id`);
  const { rows } = await sql.query<{ contact_id: string }>(text, values, "BY_VALUES");
  return rows.map(({ contact_id }) => contact_id);
}
