import { expect } from "chai";
import { historyPort } from "../../../src/history/index.js";
import { encodeId } from "../../../src/platform/graphql/opaque-id.js";
import { useDatabase } from "../../support/database.js";
import { contactsOf, contextOf, valuesOf } from "../graph.js";
import { codesOf, report, senderOf } from "./reporting.js";

describe("reportUnsubscribes (Q-16)", () => {
  const db = useDatabase();

  const valuesAfter = async (opaqueId: string) => {
    const [contact] = await contactsOf(contextOf(db, "contact:read", { clearance: 2 }), [opaqueId]);
    return valuesOf(contact);
  };
  const agreed = async (wish: Parameters<typeof db.insertContact>[0] = {}) => {
    const contact = await db.insertContact(wish);
    await db.owner.query(
      "UPDATE marketing.contact_marketing SET institution_email = true, email = true, sms = true WHERE contact_id = $1",
      [contact.id],
    );
    return contact;
  };

  it("withdraws INSTITUTION_EMAIL, or what is named, and nothing else", async () => {
    const { opaqueId: plain } = await agreed();
    const { opaqueId: named } = await agreed();
    const { opaqueId: empty } = await agreed();

    await report(senderOf(db), "reportUnsubscribes", [
      { contactId: plain },
      { contactId: named, codes: ["EMAIL", "SMS"] },
      { contactId: empty, codes: [] },
    ]);

    for (const each of [plain, empty])
      expect(await valuesAfter(each)).to.include({ INSTITUTION_EMAIL: "FALSE", EMAIL: "TRUE", SMS: "TRUE" });
    expect(await valuesAfter(named)).to.include({ INSTITUTION_EMAIL: "TRUE", EMAIL: "FALSE", SMS: "FALSE" });
  });

  it("withdraws what the message went by that it answers", async () => {
    const { id, opaqueId } = await agreed();
    const text = { organization: null, externalId: "text-1", contactId: id, kind: "OTHER", channel: "SMS" } as const;
    const [sent] = await db
      .contextWith({ clearance: 2 })
      .transaction((sql) => historyPort.recordShipments(sql, [{ ...text, state: "SENT" }]));

    await report(senderOf(db, { history: historyPort }), "reportUnsubscribes", [
      { contactId: opaqueId, shipmentId: encodeId("Shipment", sent!) },
    ]);

    expect(await valuesAfter(opaqueId)).to.include({ INSTITUTION_EMAIL: "TRUE", EMAIL: "TRUE", SMS: "FALSE" });
  });

  it("is accepted from contacts who are no longer valid", async () => {
    const { opaqueId } = await agreed({ validityEndDate: "2026-03-09" });

    const answer = await report(senderOf(db), "reportUnsubscribes", [{ contactId: opaqueId }]);

    expect(answer).to.include({ recorded: 1 });
    expect(await valuesAfter(opaqueId)).to.include({ INSTITUTION_EMAIL: "FALSE" });
  });

  it("tells who reported it and that it came from there", async () => {
    const { id, opaqueId } = await agreed();

    await report(senderOf(db), "reportUnsubscribes", [{ contactId: opaqueId }, { contactId: opaqueId }]);

    const { rows } = await db.owner.query(
      `SELECT actor, actor_kind, source, field, old_value, new_value FROM privacy.audit_entry WHERE contact_id = $1`,
      [id],
    );
    expect(rows).to.deep.equal([
      {
        ...{ actor: "sam", actor_kind: "SERVICE", source: "SAM" },
        ...{ field: "INSTITUTION_EMAIL", old_value: "TRUE", new_value: "FALSE" },
      },
    ]);
  });

  it("does not withdraw again what the person agreed to since, when it is reported again", async () => {
    const { id, opaqueId } = await agreed();
    const event = { contactId: opaqueId, eventId: "unsubscribed-once" };
    await report(senderOf(db), "reportUnsubscribes", [event]);
    await db.owner.query("UPDATE marketing.contact_marketing SET institution_email = true WHERE contact_id = $1", [id]);

    const answer = await report(senderOf(db), "reportUnsubscribes", [event]);

    expect(answer).to.include({ recorded: 0, repeated: 1 });
    expect(await valuesAfter(opaqueId)).to.include({ INSTITUTION_EMAIL: "TRUE" });
  });

  it("refuses an event id under which something else was withdrawn, and takes the same in any order for a repetition", async () => {
    const { opaqueId } = await agreed();
    const event = { contactId: opaqueId, eventId: "stop" };
    await report(senderOf(db), "reportUnsubscribes", [{ ...event, codes: ["SMS", "PHONE"] }]);

    const same = await report(senderOf(db), "reportUnsubscribes", [{ ...event, codes: ["PHONE", "SMS", "SMS"] }]);
    const others = await report(senderOf(db), "reportUnsubscribes", [
      { ...event, codes: ["SMS", "LETTER"] },
      { ...event, codes: [] },
      event,
    ]);

    expect(same).to.deep.include({ recorded: 0, repeated: 1, userErrors: [] });
    expect(others).to.include({ recorded: 0, repeated: 0 });
    expect(codesOf(others)).to.deep.equal(["EVENT_ID_REUSED", "EVENT_ID_REUSED", "EVENT_ID_REUSED"]);
    expect(await valuesAfter(opaqueId)).to.include({ SMS: "FALSE", PHONE: "FALSE", LETTER: "EMPTY" });
  });

  it("refuses one of a structure, which has no authorizations (F33)", async () => {
    const { opaqueId } = await db.insertContact({ structureName: "Lycée" });

    const answer = await report(senderOf(db), "reportUnsubscribes", [{ contactId: opaqueId }]);

    expect(codesOf(answer)).to.deep.equal(["AUTHORIZATION_NOT_APPLICABLE"]);
  });
});
