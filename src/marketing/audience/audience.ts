import type { OperationContext } from "../../platform/context.js";
import type { Sql } from "../../platform/database/sql.js";
import { StatementValues } from "../../platform/database/statement-values.js";
import type { Problem } from "../../platform/errors/user-error.js";
import type { GatedCampaign } from "../gates/gates.js";
import { membershipOf } from "../targets/target.membership.js";
import type { TargetRow } from "../targets/target.sql.js";
import type { Outcome } from "./audience.enums.js";
import {
  type AudiencePage,
  countAudience,
  countRecipients,
  type OutcomeRow,
  selectAudiencePage,
  selectOutcomes,
  selectRefusalByAddress,
} from "./audience.sql.js";
import { type AudienceParts, allOutcomes, allRecipients, consentBehind } from "./audience.statement.js";

/** What an audience follows from. */
export interface AudienceRules {
  /** The institution's setting `refusalByAddress` is read when it is left out. */
  readonly campaign: GatedCampaign;
  readonly targets: readonly TargetRow[];
  /**
   * Who else is in it, such as those who were added by hand, or who stands in a plan: a condition on `m`, a row of
   * `marketing.contact_marketing` (`m.contact_id`), in whose text values go through `values.add`.
   */
  members?(values: StatementValues): string;
  /** Who has received it in this run already, as such a condition: another one with his address does not (G7). */
  sent?(values: StatementValues): string;
}

/** An audience as pages and files show it, asked anew or as it was recorded. Times and rights are those of `db`. */
export interface ShownMembers {
  /** How many of each outcome there are; what is not there is 0. */
  count(db: Sql): Promise<ReadonlyMap<Outcome, number>>;
  /** How many receive it. */
  countRecipients(db: Sql): Promise<number>;
  /** In an order that stays. */
  page(db: Sql, wanted: AudiencePage): Promise<OutcomeRow[]>;
  /** What each {@link OutcomeRow.place} looks like. */
  readonly places: RegExp;
  /** Those who receive it, for a statement that works on from here: rows `contact_id, recipient_id, shipment_id`. */
  recipients(): string;
  /** What binds the statement that {@link recipients} is part of. */
  readonly values: StatementValues;
}

/**
 * Whom a campaign reaches and whom not, with the first reason of 5.2: for every contact of the targets and those who were
 * added, once each, whom the session sees. Asked anew each time, by one statement that is put together here.
 */
export class Audience implements ShownMembers {
  readonly places = /^\d{1,18}$/;

  constructor(private readonly parts: AudienceParts) {}

  /** How many of each outcome there are; what is not there is 0. */
  count(db: Sql): Promise<ReadonlyMap<Outcome, number>> {
    return countAudience(db, this.parts);
  }

  /** Of these contacts, as things are in the transaction; who is no member is left out. For explaining, and for chunks. */
  of(db: Sql, contactIds: readonly string[]): Promise<OutcomeRow[]> {
    return selectOutcomes(db, this.parts, contactIds);
  }

  /** In the order of the contacts' ids. */
  page(db: Sql, wanted: AudiencePage): Promise<OutcomeRow[]> {
    return selectAudiencePage(db, this.parts, wanted);
  }

  /**
   * Everybody, for a statement that works on from here: rows `contact_id, recipient_id, outcome`, and with `consent`
   * `consent_event_id`. Its text takes values from {@link values}, which binds the statement that it is part of.
   */
  everybody({ consent = false }: { readonly consent?: boolean } = {}): string {
    const behind = consentBehind(this.parts.campaign);
    const event = consent ? `, ${behind.id} AS consent_event_id` : "";
    return `SELECT o.contact_id, o.recipient_id, o.outcome${event} FROM (${allOutcomes(this.parts)}) o
      ${consent ? behind.joins : ""}`;
  }

  /** As {@link everybody}; faster, because nobody else needs a reason. */
  recipients(): string {
    return `SELECT o.contact_id, o.recipient_id, NULL::bigint AS shipment_id FROM (${allRecipients(this.parts)}) o`;
  }

  /** How many receive it. */
  countRecipients(db: Sql): Promise<number> {
    return countRecipients(db, this.parts);
  }

  get values(): StatementValues {
    return this.parts.values;
  }
}

/**
 * @param context of the campaign's owner, with his rights of today: what he does not see is not in it, and a target
 *   that asks for what he may not ask for is a problem
 */
export async function audienceOf(
  context: OperationContext,
  rules: AudienceRules,
): Promise<Audience | { readonly problems: readonly Problem[] }> {
  const values = new StatementValues(context.caller.institutionId);
  const found = await Promise.all(rules.targets.map((target) => membershipOf(context, target, values)));
  const problems = found.flatMap((each, index) =>
    "problems" in each ? each.problems.map((one) => ({ ...one, field: ["targets", String(index), ...one.field] })) : [],
  );
  if (problems.length > 0) return { problems };
  const members = found.flatMap((each) => ("condition" in each ? [each.condition] : []));
  const refusalByAddress = rules.campaign.refusalByAddress ?? (await selectRefusalByAddress(context.db));
  return new Audience({
    campaign: { ...rules.campaign, refusalByAddress },
    members: rules.members ? [...members, rules.members(values)] : members,
    sent: rules.sent?.(values) ?? null,
    values,
  });
}
