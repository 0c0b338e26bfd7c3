import type { OperationContext } from "../../../platform/context.js";
import { JobRefused } from "../../../platform/jobs/index.js";
import { selectDefinitions } from "../../criteria/criterion.sql.js";
import type { ImportStrategy, OpenedImport } from "../import-strategy.js";
import { verdicts } from "../import-verdict.sql.js";
import { markRepeated, stageKeyed } from "../keyed/keyed.sql.js";
import { type KeyedHeader, readKeyedHeader } from "../keyed/keyed-header.js";
import { readKey } from "../keyed/keyed-row.js";
import { KeyedRows, repeatWatch } from "../keyed/keyed-rows.js";
import { oldColumnWarnings } from "../keyed/old-columns.js";
import { hideUnshared } from "../partners/partner-reach.js";
import { type AuthorizationMasks, authorizationOf, readAuthorizations } from "./authorization-cells.js";
import { authorizationStage, judgeAuthorizations } from "./authorization-cells.sql.js";

const none: AuthorizationMasks = { agreed: 0, refused: 0, cleared: 0, oldAgreed: 0, oldRefused: 0, oldCleared: 0 };

/** What contacts authorize, found by their id or number. Source: domain 6.4, 6.5 */
export const authorizationsImport: ImportStrategy = {
  chunkRows: 10_000,
  overlaps: true,
  async open(context, rules, cells): Promise<OpenedImport> {
    const { authorizationCodes } = context.ports.marketing;
    const criteria = new Set((await selectDefinitions(context.db)).map(({ code }) => code));
    const header = readKeyedHeader(
      cells,
      authorizationOf(authorizationCodes, (code) => criteria.has(code)),
    );
    assertMayImport(context, header);
    const codes = header.fields.map(({ code }) => code);
    const watch = repeatWatch();
    return {
      warnings: oldColumnWarnings(header),
      begin() {
        const rows = new KeyedRows(authorizationStage, watch);
        return {
          add(record) {
            const row = readKey(record, header);
            const { isKeyed, problems } = row;
            rows.add({ ...row, masks: isKeyed ? readAuthorizations(record.cells, header.fields, problems) : none });
          },
          get mayRepeat() {
            return rows.mayRepeat;
          },
          async stage(db) {
            await stageKeyed(db, rules, rows);
            await hideUnshared(context, db, authorizationStage.table);
          },
          async decide(db) {
            if (rows.mayRepeat) await markRepeated(db, rules, authorizationStage);
            await judgeAuthorizations(db, authorizationCodes, rows.range);
          },
        };
      },
      async apply(db) {
        await context.ports.marketing.applyAuthorizationWish(db, { jobId: rules.jobId, codes, table: verdicts });
      },
    };
  },
};

/** What becomes of the rows would tell the values. @throws JobRefused FIELD_NOT_AVAILABLE */
function assertMayImport({ fields }: OperationContext, header: KeyedHeader<number>): void {
  if (fields.may("Contact", "authorizations")) return;
  throw new JobRefused("FIELD_NOT_AVAILABLE", { position: header.fields[0]!.newAt + 1 });
}
