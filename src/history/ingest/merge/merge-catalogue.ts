import type { BulkSql } from "../../../platform/database/sql.js";
import type { ProductRecord, SeasonRecord } from "../records/record.js";
import { compositeKinds } from "../records/vocabulary.js";
import { deleteParts, insertParts, updateOwnValidity, updateValidityOfWholes } from "./catalogue.sql.js";
import type { Changes } from "./changes.js";
import { type Entry, settle } from "./entry.js";
import type { Known } from "./known.js";
import { nextIds } from "./known.sql.js";
import { mergeStaged } from "./staged.sql.js";
import { StagedRows } from "./staged-rows.js";
import { productTable, seasonTable } from "./staged-table.js";

export async function mergeSeasons(
  db: BulkSql,
  entries: readonly Entry<SeasonRecord>[],
  known: Known,
  changes: Changes,
): Promise<void> {
  const written = settle(entries, known.seasons);
  // one for each; those of records whose row is there are not used
  const ids = await nextIds(db, seasonTable, written.length);
  const rows = new StagedRows(seasonTable);
  for (const [index, { record, outcome }] of written.entries()) {
    const { organization, key, version, name, startsOn, endsOn } = record!;
    const id = known.seasons.get(organization, key)?.id ?? ids[index]!;
    known.seasons.set(organization, key, { id, organization, key, version });
    changes.seasons.add(id);
    const dates = { starts_on: startsOn, ends_on: endsOn };
    rows.add(outcome === "CREATED", { id, organization, code: key, version, name, ...dates });
  }
  await mergeStaged(db, rows);
}

/** Products that are made of others come after these, because their parts may be new as well. */
export async function mergeProducts(
  db: BulkSql,
  entries: readonly Entry<ProductRecord>[],
  known: Known,
  changes: Changes,
): Promise<void> {
  const [simple, composite] = [
    entries.filter(({ record }) => record!.parts.length === 0),
    entries.filter(({ record }) => record!.parts.length > 0),
  ];
  await mergeLayer(db, simple, known, changes);
  await mergeLayer(db, composite, known, changes);
}

async function mergeLayer(db: BulkSql, entries: readonly Entry<ProductRecord>[], known: Known, changes: Changes) {
  for (const entry of entries) judge(entry, known);
  const written = settle(
    entries.filter(({ problems }) => problems.length === 0),
    known.products,
  );
  if (written.length === 0) return;
  const ids = await nextIds(db, productTable, written.length);
  const rows = new StagedRows(productTable);
  const writtenIds = written.map((entry, index) => addProduct(rows, entry, known, ids[index]!));
  await mergeStaged(db, rows);
  const parts = written.flatMap(({ record }, index) =>
    record!.parts.map((code) => ({
      productId: writtenIds[index]!,
      partId: known.products.get(record!.organization, code)!.id,
    })),
  );
  await deleteParts(db, writtenIds);
  await insertParts(db, parts);
  await updateOwnValidity(db, writtenIds);
  const wholes = await updateValidityOfWholes(db, writtenIds);
  for (const id of [...writtenIds, ...wholes]) changes.products.add(id);
}

function judge(entry: Entry<ProductRecord>, known: Known): void {
  const { organization, season, parts } = entry.record!;
  if (season !== null && !known.seasons.get(organization, season)) entry.refuse("UNKNOWN_SEASON", ["season"]);
  for (const [index, code] of parts.entries()) {
    const part = known.products.get(organization, code);
    if (!part) entry.refuse("UNKNOWN_PRODUCT", ["parts", String(index)]);
    else if (compositeKinds.has(part.productKind)) entry.refuse("PART_NOT_POSSIBLE", ["parts", String(index)]);
  }
}

/** @returns the product's id */
function addProduct(
  rows: StagedRows,
  { record, outcome }: Entry<ProductRecord>,
  known: Known,
  freshId: string,
): string {
  const { organization, key, version, name, productKind, startsAt, validityEnd, season } = record!;
  const id = known.products.get(organization, key)?.id ?? freshId;
  known.products.set(organization, key, { id, organization, key, version, productKind });
  rows.add(outcome === "CREATED", {
    ...{ id, organization, code: key, version, name },
    product_kind: productKind,
    starts_at: startsAt?.toISOString() ?? null,
    declared_validity_end: validityEnd,
    season_id: season === null ? null : known.seasons.get(organization, season)!.id,
  });
  return id;
}
