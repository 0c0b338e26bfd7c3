import { expect } from "chai";
import { encodeId } from "../../src/platform/graphql/opaque-id.js";
import { useDatabase } from "../support/database.js";
import { audit, auditReader } from "./audit-queries.js";
import { insertContactAudit } from "./audit-rows.js";

describe("the audit of withheld fields (ring 4)", () => {
  const db = useDatabase();

  const reader = (...wishes: Parameters<typeof db.contextWith>) => auditReader(db, ...wishes);

  it("cannot be asked for when the institution withholds it from the caller", async () => {
    const raisedLevels = new Map([["Contact.audit", 1 as const]]);

    const { opaqueId } = await db.insertContact();

    const refusal = await audit(reader({ raisedLevels }), opaqueId).catch((error) => error.extensions);

    expect(refusal).to.include({ code: "FIELD_NOT_AVAILABLE" });
    expect((await audit(reader({ raisedLevels, clearance: 1 }), opaqueId)).nodes).to.deep.equal([]);
  });

  it("withholds the values of each field that is withheld itself, and says what it takes", async () => {
    const { id, opaqueId } = await db.insertContact();
    const cases = [
      { entity: "Contact", field: "remark", raise: null, names: ["oldValue", "newValue"] },
      { entity: "Contact", field: "email", raise: "Contact.email", names: ["oldValue", "newValue"] },
      {
        entity: "Address",
        key: "MAIN",
        field: "town",
        raise: "Contact.addresses",
        names: ["key", "oldValue", "newValue"],
      },
      { entity: "Role", field: "roles", raise: "Contact.roles", names: ["key", "oldValue", "newValue"] },
      {
        entity: "Authorization",
        field: "SMS",
        raise: "Contact.authorizations",
        names: ["key", "oldValue", "newValue"],
      },
    ];
    for (const { raise, names, ...wish } of cases) {
      await db.owner.query("DELETE FROM contacts.audit_contact WHERE contact_id = $1", [id]);
      await insertContactAudit(db, id, { ...wish, old: "secret one", new: "secret two" });
      const raisedLevels = new Map(raise ? [[raise, 1 as const]] : []);

      const below = await audit(reader({ raisedLevels }), opaqueId);
      const above = await audit(reader({ raisedLevels, clearance: 1 }), opaqueId);

      const redactions = names.map((field) => ({ field, requiredClearance: "RESTRICTED", requiredPermission: null }));
      expect(below.nodes[0]).to.deep.include({
        field: wish.field,
        key: null,
        oldValue: null,
        newValue: null,
        redactions,
      });
      expect(JSON.stringify(below)).not.to.contain("secret");
      expect(above.nodes[0]).to.deep.include({ oldValue: "secret one", newValue: "secret two", redactions: [] });
    }
  });

  it("withholds the values of a criterion by its own level and by that of criteria, whichever is higher", async () => {
    await db.owner.query(
      "INSERT INTO contacts.criterion (institution_id, code, kind, level) VALUES ($1, 'VIP', 'YES_NO', 0), ($1, 'RISK', 'YES_NO', 1)",
      [db.home.id],
    );
    const { id, opaqueId } = await db.insertContact();
    for (const field of ["VIP", "RISK", "GONE"])
      await insertContactAudit(db, id, { entity: "Criterion", field, new: "TRUE" });
    const required = async (...wishes: Parameters<typeof reader>) => {
      const { nodes } = await audit(reader(...wishes), opaqueId);
      return Object.fromEntries(
        nodes.map(({ field, newValue, redactions: [first] }) => [
          field,
          newValue ?? (first as { requiredClearance: string }).requiredClearance,
        ]),
      );
    };
    const raisedLevels = new Map([["Contact.criteria", 1 as const]]);

    expect(await required()).to.deep.equal({ VIP: "TRUE", RISK: "RESTRICTED", GONE: "CONFIDENTIAL" });
    expect(await required({ clearance: 1 })).to.deep.equal({ VIP: "TRUE", RISK: "TRUE", GONE: "CONFIDENTIAL" });
    expect(await required({ raisedLevels })).to.deep.equal({
      ...{ VIP: "RESTRICTED", RISK: "RESTRICTED", GONE: "CONFIDENTIAL" },
    });
    expect(await required({ clearance: 2 })).to.deep.equal({ VIP: "TRUE", RISK: "TRUE", GONE: "TRUE" });
  });

  it("withholds the remarks of orders from who may not read histories, and the orders' ids", async () => {
    const { id, opaqueId } = await db.insertContact();
    await insertContactAudit(db, id, { entity: "Order", key: "7", field: "remark", new: "secret" });
    const services = db.services({
      catalogue: { Contact: { purchaseHistory: { level: 0, permission: "history:read" } } },
    });

    const [withheld] = (await audit(reader({ services }), opaqueId)).nodes;
    const [shown] = (await audit(reader("history:read", { services }), opaqueId)).nodes;

    expect(withheld).to.deep.include({ key: null, newValue: null });
    expect(withheld?.redactions).to.have.length(3);
    expect(shown).to.deep.include({ key: encodeId("Order", "7"), newValue: "secret", redactions: [] });
  });

  it("withholds the values of a field of what hangs on the contact, by its own level too", async () => {
    const { id, opaqueId } = await db.insertContact();
    const free = { level: 0 } as const;
    const catalogue = { Contact: { interactions: free }, Interaction: { status: free, description: free } };
    for (const field of ["status", "description"])
      await insertContactAudit(db, id, { entity: "Interaction", key: "1", field, new: "secret" });
    const raisedLevels = new Map([["Interaction.description", 1 as const]]);

    const wish = { raisedLevels, services: db.services({ catalogue }) };
    const values = async (clearance: 0 | 1) =>
      (await audit(reader({ ...wish, clearance }), opaqueId)).nodes.map(({ newValue }) => newValue);

    expect(await values(0)).to.deep.equal([null, "secret"]);
    expect(await values(1)).to.deep.equal(["secret", "secret"]);
  });

  it("withholds the values of a field that takes a permission", async () => {
    const { id, opaqueId } = await db.insertContact();
    await insertContactAudit(db, id, { field: "identityNumber" });

    const [entry] = (await audit(reader(), opaqueId)).nodes;

    expect(entry).to.include({ newValue: null });
    expect(entry?.redactions[0]).to.deep.equal({
      field: "oldValue",
      requiredClearance: "FREE",
      requiredPermission: "contact:confidentiality",
    });
  });

  it("withholds what it does not know from all who are not cleared for everything", async () => {
    const { id, opaqueId } = await db.insertContact();
    await insertContactAudit(db, id, { field: "oldFashionedField", new: "secret" });
    await insertContactAudit(db, id, { entity: "Horoscope", field: "sign", new: "secret" });
    await insertContactAudit(db, id, { field: "contactNumber", new: "00000001" });

    const values = async (clearance: 1 | 2) =>
      (await audit(reader({ clearance }), opaqueId)).nodes.map(({ newValue }) => newValue);

    expect(await values(1)).to.deep.equal(["00000001", null, null]);
    expect(await values(2)).to.deep.equal(["00000001", "secret", "secret"]);
  });
});
