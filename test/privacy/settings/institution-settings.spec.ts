import { expect } from "chai";
import type { OperationContext } from "../../../src/platform/context.js";
import { useDatabase } from "../../support/database.js";
import { ask, contextOf } from "../graph.js";

const fields = `institution timeZone country locale templateMail refusalByAddress importRenewsRecency inactivityMonths
  customerInactivityMonths prospectInactivityMonths version`;
const mutation = `mutation ($input: SetInstitutionSettingsInput!) {
  setInstitutionSettings(input: $input) { institutionSettings { ${fields} } userErrors { code field } warnings { code } }
}`;

interface Answer {
  institutionSettings: Record<string, unknown> | null;
  userErrors: { code: string; field: string[] }[];
}

describe("institution settings", () => {
  const db = useDatabase();

  const administrator = async () =>
    contextOf(db, "operator:admin", "contact:read", {
      institution: await db.institution({ timeZone: "Europe/Madrid", country: "ES", locale: "es" }),
      login: "root",
    });

  async function set(context: OperationContext, input: object): Promise<Answer> {
    const { data, errors } = await ask(context, mutation, { input });
    if (errors) throw errors[0];
    return data?.setInstitutionSettings as Answer;
  }

  const read = async (context: OperationContext) => {
    const { data } = await ask(context, `{ institutionSettings { ${fields} } }`);
    return data!.institutionSettings as Record<string, unknown>;
  };

  it("are as shipped until somebody sets them: 36 months, mails with the file, refusals per contact (F53, F83, Q-14)", async () => {
    const context = await administrator();

    expect(await read(context)).to.deep.equal({
      ...{ institution: context.caller.institution, timeZone: "Europe/Madrid", country: "ES", locale: "es" },
      ...{ templateMail: "ATTACHMENT", refusalByAddress: false, importRenewsRecency: true, version: 1 },
      ...{ inactivityMonths: 36, customerInactivityMonths: null, prospectInactivityMonths: null },
    });
  });

  it("change where they are named, with an audit of what changed, and stay elsewhere", async () => {
    const context = await administrator();

    await set(context, { templateMail: "LINK", customerInactivityMonths: 120, prospectInactivityMonths: 36 });
    await set(context, { prospectInactivityMonths: null, templateMail: null, refusalByAddress: true });

    expect(await read(context)).to.deep.include({
      ...{ templateMail: "LINK", refusalByAddress: true, importRenewsRecency: true, version: 3 },
      ...{ inactivityMonths: 36, customerInactivityMonths: 120, prospectInactivityMonths: null },
    });
    const { rows } = await db.owner.query(
      "SELECT actor, setting, old_value, new_value FROM privacy.audit_setting WHERE institution_id = $1 ORDER BY id",
      [context.caller.institutionId],
    );
    expect(rows.map((row) => Object.values(row))).to.have.deep.members([
      ["root", "institution.templateMail", "ATTACHMENT", "LINK"],
      ["root", "institution.customerInactivityMonths", null, "120"],
      ["root", "institution.prospectInactivityMonths", null, "36"],
      ["root", "institution.prospectInactivityMonths", "36", null],
      ["root", "institution.refusalByAddress", "false", "true"],
    ]);
  });

  it("write nothing when nothing changes", async () => {
    const context = await administrator();

    const { institutionSettings } = await set(context, { inactivityMonths: 36, refusalByAddress: false });

    expect(institutionSettings).to.deep.include({ version: 1 });
  });

  for (const months of [0, -1, 1_201]) {
    it(`refuse a period of ${months} months (F53)`, async () => {
      const answer = await set(await administrator(), { inactivityMonths: months, prospectInactivityMonths: months });

      expect(answer.institutionSettings).to.equal(null);
      expect(answer.userErrors.map(({ code, field }) => `${code} ${field}`)).to.deep.equal([
        "INVALID_MONTHS inactivityMonths",
        "INVALID_MONTHS prospectInactivityMonths",
      ]);
    });
  }

  it("are each institution's own", async () => {
    const [one, other] = [await administrator(), await administrator()];

    await set(one, { refusalByAddress: true });

    expect(await read(other)).to.deep.include({ refusalByAddress: false });
  });
});
