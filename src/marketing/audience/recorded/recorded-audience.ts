import type { Sql } from "../../../platform/database/sql.js";
import type { StatementValues } from "../../../platform/database/statement-values.js";
import type { Outcome } from "../audience.enums.js";
import type { ShownMembers } from "../audience.js";
import type { AudiencePage, OutcomeRow } from "../audience.sql.js";
import {
  countRecorded,
  countRecordedRecipients,
  type RecordedParts,
  recordedRecipients,
  selectRecordedPage,
} from "./recorded.sql.js";

/**
 * Whom a campaign was sent to and whom not, as its runs recorded it in their manifests: its targets are not asked again. Who
 * was erased since is in none; who may not be sent to any more, though he was, has the reason of today.
 */
export class RecordedAudience implements ShownMembers {
  readonly places = /^\d{1,18}\.\d{1,18}$/;

  constructor(private readonly parts: RecordedParts) {}

  count(db: Sql): Promise<ReadonlyMap<Outcome, number>> {
    return countRecorded(db, this.parts);
  }

  countRecipients(db: Sql): Promise<number> {
    return countRecordedRecipients(db, this.parts);
  }

  /** In the order in which they were dealt with. */
  page(db: Sql, wanted: AudiencePage): Promise<OutcomeRow[]> {
    return selectRecordedPage(db, this.parts, wanted);
  }

  recipients(): string {
    return `SELECT o.contact_id, o.recipient_id, o.shipment_id FROM (${recordedRecipients(this.parts)}) o`;
  }

  get values(): StatementValues {
    return this.parts.values;
  }
}
