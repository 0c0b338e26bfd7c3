import type { OperationContext } from "../../../platform/context.js";
import { JobRefused } from "../../../platform/jobs/index.js";
import { selectDefinitions } from "../../criteria/criterion.sql.js";
import type { ImportStrategy, OpenedImport } from "../import-strategy.js";
import { stageRows } from "../keyed/keyed.sql.js";
import { type KeyedHeader, readKeyedHeader } from "../keyed/keyed-header.js";
import { readKey } from "../keyed/keyed-row.js";
import { oldColumnWarnings } from "../keyed/old-columns.js";
import { type AuthorizationMasks, authorizationOf, readAuthorizations } from "./authorization-cells.js";
import {
  type AuthorizationRowInput,
  authorizationStage,
  judgeAuthorizations,
  wishAuthorizations,
} from "./authorization-cells.sql.js";

const none: AuthorizationMasks = { agreed: 0, refused: 0, cleared: 0, oldAgreed: 0, oldRefused: 0, oldCleared: 0 };

/** What contacts authorize, found by their id or number. Source: domain 6.4, 6.5 */
export const authorizationsImport: ImportStrategy = {
  chunkRows: 20_000,
  async open(context, rules, cells): Promise<OpenedImport<AuthorizationRowInput>> {
    const { authorizationCodes } = context.ports.marketing;
    const criteria = new Set((await selectDefinitions(context.db)).map(({ code }) => code));
    const header = readKeyedHeader(
      cells,
      authorizationOf(authorizationCodes, (code) => criteria.has(code)),
    );
    assertMayImport(context, header);
    const codes = header.fields.map(({ code }) => code);
    return {
      warnings: oldColumnWarnings(header),
      readRow(record) {
        const row = readKey(record, header);
        return { ...row, masks: row.isKeyed ? readAuthorizations(record.cells, header.fields, row.problems) : none };
      },
      async decide(db, rows) {
        await stageRows(db, rules, authorizationStage, rows);
        await judgeAuthorizations(db, rules, authorizationCodes);
      },
      async apply(db) {
        await wishAuthorizations(db);
        await context.ports.marketing.applyAuthorizationWish(db, { jobId: rules.jobId, codes });
      },
    };
  },
};

/** What becomes of the rows would tell the values. @throws JobRefused FIELD_NOT_AVAILABLE */
function assertMayImport({ fields }: OperationContext, header: KeyedHeader<number>): void {
  if (fields.may("Contact", "authorizations")) return;
  throw new JobRefused("FIELD_NOT_AVAILABLE", { position: header.fields[0]!.newAt + 1 });
}
