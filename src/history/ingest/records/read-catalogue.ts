import { readBase, reportReversed } from "./read-parts.js";
import type { RecordFields } from "./record.fields.js";
import type { ProductRecord, SeasonRecord } from "./record.js";
import { code, day, instant, oneOf, text } from "./values.js";
import { compositeKinds, productKinds } from "./vocabulary.js";

export const seasonFields = new Set(["organization", "code", "version", "name", "startsOn", "endsOn"]);
export const productFields = new Set([
  ...["organization", "code", "version", "name", "kind", "startsAt", "validityEndDate", "season", "parts"],
]);

const mostParts = 1_000;
const name = text(200);
const productKind = oneOf(productKinds);

export function readSeason(fields: RecordFields): SeasonRecord {
  const startsOn = fields.required("startsOn", day);
  const endsOn = fields.required("endsOn", day);
  reportReversed(fields, "endsOn", startsOn, endsOn);
  return { kind: "season", ...readBase(fields, "code"), name: fields.required("name", name), startsOn, endsOn };
}

export function readProduct(fields: RecordFields): ProductRecord {
  const kind = fields.required("kind", productKind);
  const parts = fields.values("parts", mostParts, code);
  if (parts.length > 0 && !compositeKinds.has(kind)) fields.report("parts", { code: "PRODUCT_HAS_NO_PARTS" });
  return {
    kind: "product",
    ...readBase(fields, "code"),
    name: fields.required("name", name),
    productKind: kind,
    startsAt: fields.optional("startsAt", instant),
    validityEnd: fields.optional("validityEndDate", day),
    season: fields.optional("season", code),
    parts: [...new Set(parts)],
  };
}
