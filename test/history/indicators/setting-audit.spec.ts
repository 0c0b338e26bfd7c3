import { expect } from "chai";
import type { GraphQLSchema } from "graphql";
import { historyModule } from "../../../src/history/index.js";
import { createPrivacyPort } from "../../../src/privacy/index.js";
import { ask } from "../../support/ask.js";
import { useDatabase } from "../../support/database.js";
import type { TestInstitution } from "../../support/rows.js";

const set = `mutation ($input: SetIndicatorSettingInput!) { setIndicatorSetting(input: $input) { userErrors { code } } }`;
const setBand = `mutation ($input: SetIndicatorBandInput!) { setIndicatorBand(input: $input) { userErrors { code } } }`;

describe("the audit of indicator settings (F27)", () => {
  const db = useDatabase();
  let schema: GraphQLSchema;
  let institution: TestInstitution;

  before(async () => {
    ({ schema } = await historyModule.buildSubgraph());
  });
  beforeEach(async () => {
    institution = await db.institution();
    await db.owner.query("INSERT INTO platform.organization VALUES ($1, 'OPERA', 'Opera')", [institution.id]);
  });

  async function change(mutation: string, ...inputs: readonly object[]): Promise<void> {
    const services = db.services({ ports: { privacy: createPrivacyPort(db.services()) } });
    for (const input of inputs) {
      const context = db.contextWith("indicator:admin", { institution, clearance: 2, services });
      await ask(schema, context, mutation, { input });
    }
  }
  async function audit(): Promise<unknown[][]> {
    const { rows } = await db.owner.query<object>(
      "SELECT setting, old_value, new_value FROM privacy.audit_setting WHERE institution_id = $1 ORDER BY id",
      [institution.id],
    );
    return rows.map(Object.values);
  }

  it("says of each setting that changes what was in force and what is", async () => {
    const sml = { organization: "OPERA", code: "SML" };
    await change(
      set,
      { ...sml, isActive: false, refresh: "SEASON_CHANGE" },
      { ...sml, isActive: false, refresh: "REAL_TIME" },
    );

    expect(await audit()).to.deep.equal([
      ["indicator.OPERA.SML.isActive", "true", "false"],
      ["indicator.OPERA.SML.refresh", "SEASON_CHANGE", "REAL_TIME"],
    ]);
  });

  it("says of each limit of a band that changes what was in force and what is", async () => {
    const other = { contactKind: "OTHER", mediumFrom: "50", largeFrom: "400" };
    await change(setBand, other, { ...other, largeFrom: "500" });

    expect(await audit()).to.deep.equal([
      ["indicatorBand.OTHER.mediumFrom", "100.00", "50.00"],
      ["indicatorBand.OTHER.largeFrom", "400.00", "500.00"],
    ]);
  });

  it("says nothing of what stays as it was, nor of what is refused", async () => {
    const input = { organization: "OPERA", code: "SENIORITY", isActive: false, refresh: "REAL_TIME" };
    await change(set, input, input, { ...input, refresh: "SEASON_CHANGE" }, { ...input, organization: "CIRCUS" });

    expect(await audit()).to.deep.equal([["indicator.OPERA.SENIORITY.isActive", "true", "false"]]);
  });
});
