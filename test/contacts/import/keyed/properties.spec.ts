import { expect } from "chai";
import fc from "fast-check";
import { applyCriteria } from "../../../../src/contacts/criteria/contact-criteria.sql.js";
import { lockVisibleContacts } from "../../../../src/contacts/index.js";
import {
  type AuthorizationCode,
  authorizationCodes,
  type StoredAuthorization,
} from "../../../../src/marketing/authorizations/authorization.js";
import { applyAuthorizations } from "../../../../src/marketing/authorizations/ledger.sql.js";
import { useDatabase } from "../../../support/database.js";
import type { TestContact } from "../../../support/rows.js";
import { authorizationsOf } from "./authorization-rows.js";
import { criteriaOf, defineAll } from "./criterion-rows.js";
import { ImportDesk } from "./desk.js";

const runs = { numRuns: 12 };

describe("imports without conflicts (6.7, design 7)", () => {
  const db = useDatabase();
  const desk = new ImportDesk(db);

  desk.openDuringTests();
  before(() => defineAll(db));

  const cells = { true: ["TRUE", "t"], false: ["FALSE", "F"], null: ["Empty", "Empty"] } as const;
  const people = 4;

  /** What each person shall become, however it is brought: by index of person and code. */
  const wishes = fc.array(
    fc.dictionary(fc.constantFrom(...authorizationCodes), fc.constantFrom<StoredAuthorization>(true, false, null), {
      maxKeys: 4,
    }),
    { minLength: people, maxLength: people },
  );
  /** In which order the rows come, after which of them a new file begins, and how values are spelt. */
  const layouts = fc.record({
    order: fc.shuffledSubarray([0, 1, 2, 3], { minLength: people, maxLength: people }),
    cuts: fc.uniqueArray(fc.integer({ min: 1, max: people - 1 })),
    spelling: fc.constantFrom(0 as const, 1 as const),
  });

  async function strangers(): Promise<TestContact[]> {
    const made: TestContact[] = [];
    for (let n = 0; n < people; n++) made.push(await db.insertContact());
    return made;
  }

  function filesOf<Row>(
    rows: readonly Row[],
    cuts: readonly number[],
    fileOf: (part: readonly Row[]) => string,
  ): string[] {
    const ends = [0, ...[...cuts].sort((a, b) => a - b), rows.length];
    return ends.slice(1).map((end, index) => fileOf(rows.slice(ends[index]!, end)));
  }

  it("leave what single changes of authorizations leave, however the rows are ordered and cut into files", async () => {
    await fc.assert(
      fc.asyncProperty(wishes, layouts, async (wanted, { order, cuts, spelling }) => {
        const [imported, single] = [await strangers(), await strangers()];
        const header = ["contactId", ...authorizationCodes.map((code) => `[new]${code}`)].join(";");
        const rows = order.map((at) => {
          const given = authorizationCodes.map((code) => {
            const value = wanted[at]![code];
            return value === undefined ? "" : cells[`${value}`][spelling];
          });
          return [imported[at]!.opaqueId, ...given].join(";");
        });

        for (const file of filesOf(rows, cuts, (part) => [header, ...part].join("\n"))) await desk.import(file);
        const context = db.contextWith("authorization:write");
        for (const at of order.toReversed())
          await context.transaction(async (sql) => {
            const values = new Map<AuthorizationCode, StoredAuthorization>();
            for (const code of authorizationCodes) if (code in wanted[at]!) values.set(code, wanted[at]![code]!);
            const ids = await lockVisibleContacts(sql, [single[at]!.id]);
            await applyAuthorizations(sql, ids, [{ contactId: single[at]!.id, values }]);
          });

        for (let at = 0; at < people; at++)
          expect(await authorizationsOf(db, imported[at]!)).to.deep.equal(await authorizationsOf(db, single[at]!));
      }),
      runs,
    );
  });

  it("leave what single changes of criteria leave, however the rows are ordered and cut into files", async () => {
    const sets = fc.record({
      INTEREST: fc.option(fc.subarray(["OPERA", "BALLET"])),
      VIP: fc.option(fc.constantFrom(["TRUE"], ["FALSE"], [])),
      TASTE: fc.option(fc.constantFrom("Verdi", "a;b", 'so "quoted"', "")),
    });
    const ids = new Map<string, number>(
      (
        await db.owner.query("SELECT code, id FROM contacts.criterion WHERE institution_id = $1", [db.home.id])
      ).rows.map(({ code, id }) => [code, id]),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(sets, { minLength: people, maxLength: people }),
        layouts,
        async (wanted, { order, cuts }) => {
          const [imported, single] = [await strangers(), await strangers()];
          const rows = order.map((at) => {
            const { INTEREST, VIP, TASTE } = wanted[at]!;
            const lists = [INTEREST, VIP].map((codes) => (codes === null ? "" : codes.join("|") || "Empty"));
            const text = TASTE === null ? "" : TASTE === "" ? "Empty" : `"${TASTE.replaceAll('"', '""')}"`;
            return [imported[at]!.opaqueId, ...lists, text].join(";");
          });

          for (const file of filesOf(rows, cuts, (part) =>
            ["contactId;[new]INTEREST;[new]VIP;[new]TASTE", ...part].join("\n"),
          ))
            await desk.import(file, { type: "CRITERIA" });
          const context = db.contextWith("contact:write");
          await context.transaction(async (sql) => {
            const visible = await lockVisibleContacts(
              sql,
              single.map(({ id }) => id),
            );
            for (const [at, { id: contactId }] of single.entries())
              for (const [code, value] of Object.entries(wanted[at]!)) {
                if (value === null) continue;
                const isText = typeof value === "string";
                const codes = isText ? (value === "" ? [] : [""]) : value;
                const change = {
                  contactId,
                  criterionId: ids.get(code)!,
                  codes,
                  text: isText && value !== "" ? value : null,
                };
                await applyCriteria(sql, visible, [change]);
              }
          });

          for (let at = 0; at < people; at++)
            expect(await criteriaOf(db, imported[at]!)).to.deep.equal(await criteriaOf(db, single[at]!));
        },
      ),
      runs,
    );
  });
});
