import type { OperationContext } from "../../../platform/context.js";
import { plannedByKeys } from "../../../platform/database/planning.js";
import type { BulkSql } from "../../../platform/database/sql.js";
import { applyCriterionWish } from "../../criteria/contact-criteria.sql.js";
import { type ImportRules, type ImportStrategy, type OpenedImport, rowIntake } from "../import-strategy.js";
import { type KeyedStage, stageRows } from "../keyed/keyed.sql.js";
import { readKeyedHeader } from "../keyed/keyed-header.js";
import { type KeyedRowInput, readKey } from "../keyed/keyed-row.js";
import { oldColumnWarnings } from "../keyed/old-columns.js";
import { hideUnshared } from "../partners/partner-reach.js";
import { type CriterionCell, readCriteria } from "./criterion-cells.js";
import {
  concludeRows,
  createCriterionCells,
  insertFound,
  judgeCriteria,
  stageCriteria,
  wishCriteria,
} from "./criterion-cells.sql.js";
import { criterionOf, selectColumns, selectCriteria } from "./criterion-columns.js";

interface CriteriaRowInput extends KeyedRowInput {
  readonly criteria: readonly CriterionCell[];
}

const keyedStage: KeyedStage<CriteriaRowInput> = { table: "import_keyed", columns: {}, values: () => [] };

/** Values of criteria, for contacts found by their id or number. Source: domain 6.4, 6.6 */
export const criteriaImport: ImportStrategy = {
  chunkRows: 10_000,
  overlaps: false,
  async open(context, rules, cells): Promise<OpenedImport> {
    const header = readKeyedHeader(cells, criterionOf(context, await selectCriteria(context)));
    const columns = await selectColumns(
      context,
      header.fields.map(({ field }) => field),
    );
    const fields = header.fields.map((column) => ({ ...column, field: columns.get(column.field.id)! }));
    return {
      warnings: oldColumnWarnings(header),
      begin: () =>
        rowIntake(
          (record) => {
            const row = readKey(record, header);
            return { ...row, criteria: row.isKeyed ? readCriteria(record.cells, fields, row.problems) : [] };
          },
          (db, rows) => plannedByKeys(db, () => decide(context, db, rules, rows)),
        ),
      apply: (db) =>
        plannedByKeys(db, async () => {
          await wishCriteria(db);
          await applyCriterionWish(db, rules);
        }),
    };
  },
};

async function decide(
  context: OperationContext,
  db: BulkSql,
  rules: ImportRules,
  rows: readonly CriteriaRowInput[],
): Promise<void> {
  await createCriterionCells(db);
  await stageRows(db, rules, keyedStage, rows);
  await hideUnshared(context, db, keyedStage.table);
  await insertFound(db, keyedStage);
  await stageCriteria(db, rows);
  await judgeCriteria(db, rules.organizations);
  await concludeRows(db);
}
