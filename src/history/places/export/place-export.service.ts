import { isPermitted } from "../../../platform/access/allow.js";
import type { OperationContext } from "../../../platform/context.js";
import { spreadsheetDialect } from "../../../platform/csv/index.js";
import { type Problem, problem, userErrors } from "../../../platform/errors/user-error.js";
import type { StoredFile } from "../../../platform/files/file-store.js";
import { decodeId, encodeId } from "../../../platform/graphql/opaque-id.js";
import type { Download } from "../../../platform/http/download.js";
import { idempotent } from "../../../platform/idempotency.js";
import { legalNotice } from "../../../platform/legal-notices.js";
import { zippedCsv } from "../../../platform/zip/index.js";
import { windowOf } from "../../contact-list.service.js";
import { type DayRange, isReversed } from "../../period.js";
import { placePeriod, withheldFromReport } from "../place.service.js";
import { type PlaceValues, readPlaces } from "../place.sql.js";
import { insertPlaceExport, type PlaceExportRow, selectPlaceExport } from "./place-export.sql.js";
import type {
  ContactsByPlaceExport,
  ExportContactsByPlaceInput,
  ExportContactsByPlacePayload,
} from "./place-export.type.js";

/** Where files of this report are fetched. */
export const placePath = "/contacts-by-place/file";

const keptMs = 24 * 3_600_000;
const mostBytes = 1024 ** 3;
const header = ["country", "postcode", "town", "contactCount", "anonymizedCount"];

interface Made {
  readonly file: StoredFile;
  readonly placeCount: number;
  readonly contactCount: number;
}

/**
 * Writes the whole report of `contactsByPlace` into a file, with the notice of F65 and an entry in the access log. It holds
 * counts alone, and only of contacts whom the caller sees.
 */
export async function exportContactsByPlace(
  context: OperationContext,
  input: ExportContactsByPlaceInput,
): Promise<ExportContactsByPlacePayload> {
  const notice = await legalNotice(context, "DATA_EXPORT");
  const { services, caller, requestId } = context;
  const wrong = inputProblem(context, input);
  if (wrong) {
    const refused = userErrors([wrong], context.locale);
    return { contactsByPlaceExport: null, legalNotice: notice, userErrors: refused, warnings: [] };
  }
  const period = placePeriod(context, input.period);
  const made = await writeFile(context, period);
  const expiresAt = new Date(context.now().getTime() + keptMs);
  const call = { mutation: "exportContactsByPlace", key: input.idempotencyKey, input };
  const done = await idempotent(context, call, async (db) => {
    const taken = { period, clearance: caller.clearance, noticeVersion: notice.version, expiresAt, ...made };
    const id = await insertPlaceExport(db, taken);
    const { contactCount } = made;
    const record = { subject: "ContactsByPlace", contactCount, noticeVersion: notice.version, requestId };
    await services.ports.privacy.recordExport(db, record);
    return { placeExport: id };
  });
  const row = "problems" in done ? null : await selectPlaceExport(context.db, done.ids.placeExport);
  // a repeat has the first one's file
  if (row?.fileId !== made.file.id) await services.files.remove(made.file.id);
  const problems = "problems" in done ? done.problems : [];
  return {
    ...{ contactsByPlaceExport: row && toExport(context, row), legalNotice: notice },
    ...{ userErrors: userErrors(problems, context.locale), warnings: [] },
  };
}

function inputProblem(context: OperationContext, { period }: ExportContactsByPlaceInput): Problem | null {
  if (period && isReversed(period)) return problem("PERIOD_REVERSED", ["period"]);
  return withheldFromReport(context, period) ? problem("FIELD_NOT_AVAILABLE", period ? ["period"] : []) : null;
}

/** Streams the places from one cursor into the store. */
async function writeFile(context: OperationContext, period: DayRange | null): Promise<Made> {
  const { services, caller, locale, signal } = context;
  const at = context.now();
  const counted = { placeCount: 0, contactCount: 0 };
  async function* cells(batches: AsyncIterable<PlaceValues[]>) {
    yield header;
    for await (const rows of batches) {
      signal?.throwIfAborted();
      for (const row of rows) {
        counted.placeCount++;
        counted.contactCount += row[3];
        yield row.map(String);
      }
    }
  }
  const file = await context.bulkTransaction(async (db) => {
    const places = cells(readPlaces(db, period && windowOf(period, caller.timeZone)));
    const dialect = spreadsheetDialect(locale === "en" ? "," : ";");
    const zip = zippedCsv(places, { name: "contacts-by-place.csv", dialect, at });
    return services.files.put(caller.institutionId, zip, { maxBytes: mostBytes });
  });
  return { file, ...counted };
}

function toExport({ services }: OperationContext, row: PlaceExportRow): ContactsByPlaceExport {
  const { fileId, sizeBytes, placeCount, contactCount, expiresAt } = row;
  const id = encodeId("ContactsByPlaceExport", row.id);
  const downloadUrl = fileId === null ? null : services.links.at(placePath, { id });
  return { id, downloadUrl, sizeBytes, placeCount, contactCount, expiresAt };
}

/** The zip behind an id, for who asked for it. */
export async function findPlaceFile(context: OperationContext, id: string): Promise<Download | null> {
  const key = decodeId("ContactsByPlaceExport", id);
  if (key === null || !isPermitted(context.caller, "report:export")) return null;
  const row = await selectPlaceExport(context.db, key);
  return row?.fileId ? { fileId: row.fileId, name: "contacts-by-place.zip", type: "application/zip" } : null;
}
