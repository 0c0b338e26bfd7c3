import { expect } from "chai";
import { contactFileQuery } from "../../bench/contact-file/operation.js";
import { recordStatements } from "../../bench/harness/recording.js";
import { useDatabase } from "../support/database.js";
import { post } from "../support/toy-gateway.js";
import { type Installation, variants } from "./installation.js";

describe("a contact file in one process (F01)", () => {
  const db = useDatabase();
  let installation: Installation;

  before(async () => {
    await db.owner.query(
      `INSERT INTO privacy.operator (institution_id, login, operator_kind, roles, clearance)
       VALUES ($1, 'op-1', 'OPERATOR', ARRAY['CRM_MANAGER'], 0)`,
      [db.home.id],
    );
    installation = await variants.find(({ name }) => name === "one process")!.start(db);
  });
  after(() => installation?.stop());

  it("takes three round trips to the database: field levels, the contact, and what belongs to him", async () => {
    const claims = { subject: "op-1", kind: "OPERATOR", institution: db.home.code, roles: ["CRM_MANAGER"] } as const;
    const token = await installation.token(claims);
    const ask = async () => {
      const { opaqueId } = await db.insertContact();
      const year = { from: "2026-01-01T00:00:00Z", to: "2026-12-31T00:00:00Z" };
      return post(installation.url, contactFileQuery, { token, variables: { id: opaqueId, ...year } });
    };
    expect((await ask()).body.errors, "errors of the first, which also reads the caller's rights").to.equal(undefined);

    const waves = await recordStatements(ask);

    const names = waves.map((wave) => wave.map(({ text }) => /\w+/.exec(text)![0]).sort());
    expect(names).to.deep.equal([
      ["selectSettingsVersion"],
      ["selectAddresses", "selectContacts"],
      [
        "selectAudit",
        "selectBalances",
        "selectIndicators",
        "selectInteractionPages",
        "selectMarketing",
        "selectOrderPages",
        "selectPaymentPages",
        "selectShipmentPages",
      ],
    ]);
  });
});
