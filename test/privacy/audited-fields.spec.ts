import { expect } from "chai";
import { contactsModule } from "../../src/contacts/index.js";
import { historyModule } from "../../src/history/index.js";
import { marketingModule } from "../../src/marketing/index.js";
import { mergeCatalogues } from "../../src/platform/access/fields.js";
import type { SubgraphModule } from "../../src/platform/module.js";
import { privacyModule } from "../../src/privacy/index.js";
import { ask } from "../support/ask.js";
import { useDatabase } from "../support/database.js";
import { marketingPort } from "../support/marketing.js";
import { audit } from "./audit-queries.js";

const values = {
  title: "MR",
  firstName: "Jean",
  lastName: "Blanc",
  email: "jean@example.org",
  phone: "+41 26 000 00 00",
  mobile: "+41 79 000 00 00",
  birthDate: "1980-02-29",
  language: "fr",
  referenceCode: "000123",
  disabilityType: "ROW_END",
  remark: "Prefers to be called",
};
const paymentAlias = {
  ...{ alias: "tok_1", provider: "Bank", maskedNumber: "1234", expiryMonth: 1, expiryYear: 2030 },
  buyerConsentConfirmed: true,
};
const seatRef = { venue: "Hall", block: "A", row: "1", seat: "2" };
const address = { street1: "Rue 1", street2: "b", street3: "c", postcode: "1700", town: "Fribourg", country: "CH" };

describe("the audit of what the modules write", () => {
  const db = useDatabase();

  const newContext = () => {
    const catalogue = mergeCatalogues(
      [contactsModule, marketingModule, historyModule, privacyModule].map(({ fields }) => fields),
    );
    const services = db.services({ catalogue, ports: { marketing: marketingPort } });
    return db.contextWith(
      "contact:read",
      "contact:write",
      "contact:confidentiality",
      "contact:identity",
      "contact:block",
      "alias:write",
      "authorization:write",
      "audit:read",
      "history:read",
      {
        services,
        clearance: 1,
      },
    );
  };

  async function mutate(module: SubgraphModule, mutation: string, input: object) {
    const { schema } = await module.buildSubgraph();
    const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`;
    const data = await ask(
      schema,
      newContext(),
      `mutation ($input: ${type}!) { ${mutation}(input: $input) { contact { id } userErrors { code } } }`,
      { input },
    );
    expect(data[mutation].userErrors).to.deep.equal([]);
    return data[mutation].contact.id as string;
  }

  it("knows the level of every field that is changed: nothing is withheld by mistake", async () => {
    const id = await mutate(contactsModule, "createContact", { type: "INDIVIDUAL", ...values });
    await mutate(contactsModule, "setAddress", { contactId: id, kind: "MAIN", ...address });
    await mutate(contactsModule, "setIdentityDocument", { contactId: id, identityDocumentNumber: "X1234567" });
    await mutate(contactsModule, "createInternetAccount", { contactId: id, login: "jean@example.org" });
    await mutate(contactsModule, "disableInternetAccount", { contactId: id });
    await mutate(contactsModule, "blockContact", { contactId: id, reason: "Ban of a year" });
    await mutate(contactsModule, "unblockContact", { contactId: id });
    await mutate(contactsModule, "addPaymentAlias", { contactId: id, ...paymentAlias });
    await mutate(contactsModule, "addNote", { contactId: id, text: "Called about her seats" });
    await db.owner.query(
      "INSERT INTO platform.organization (institution_id, code, name) VALUES ($1, 'OPERA', 'Opera')",
      [db.home.id],
    );
    await mutate(contactsModule, "addPreferredSeat", { contactId: id, organization: "OPERA", seatRef });
    await db.owner.query(
      "INSERT INTO contacts.criterion (institution_id, code, kind, level) VALUES ($1, 'VIP', 'YES_NO', 1)",
      [db.home.id],
    );
    await mutate(contactsModule, "setCriteria", { contactId: id, criteria: [{ code: "VIP", yesNo: true }] });
    await mutate(contactsModule, "setValidityEndDate", { id, validityEndDate: "2027-01-31" });
    await mutate(contactsModule, "setConfidentialityLevel", { id, level: "RESTRICTED" });
    await mutate(marketingModule, "setAuthorizations", {
      contactId: id,
      authorizations: [{ code: "INSTITUTION_EMAIL", value: "TRUE" }],
    });

    await mutate(historyModule, "addInteraction", { contactId: id, medium: "PHONE", description: "Asked for seats" });

    const { nodes } = await audit(newContext(), id);

    const changed = nodes.map(({ entity, field }) => `${entity}.${field}`);
    const withheld = nodes.filter(({ redactions }) => redactions.length > 0);
    expect(withheld).to.deep.equal([]);
    expect(changed).to.include.members([
      ...Object.keys(values).map((field) => `Contact.${field}`),
      ...Object.keys(address).map((field) => `Address.${field}`),
      "Contact.type",
      "Contact.identityDocumentNumber",
      "Contact.blockedSince",
      "Contact.blockedReason",
      "Note.text",
      "PreferredSeat.seatRef",
      ...["alias", "provider", "maskedNumber", "expiry", "buyerConsentConfirmed"].map(
        (field) => `PaymentAlias.${field}`,
      ),
      "InternetAccount.login",
      "InternetAccount.disabledAt",
      "Contact.contactNumber",
      "Contact.validityEndDate",
      "Contact.confidentialityLevel",
      "Criterion.VIP",
      "Role.roles",
      "Authorization.INSTITUTION_EMAIL",
      "Authorization.EMAIL",
      ...["medium", "status", "occurredAt", "description"].map((field) => `Interaction.${field}`),
    ]);
  });
});
