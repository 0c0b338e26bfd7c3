import { expect } from "chai";
import { ask } from "../../support/ask.js";
import { useDatabase } from "../../support/database.js";
import { callerOf, contactsSchema } from "../support.js";

const query = `query ($type: ContactType!, $locale: String) {
  contactFileMenu(type: $type, locale: $locale) { code label isAvailable tabs { code label } } }`;

interface Item {
  code: string;
  label: string;
  isAvailable: boolean;
  tabs: { code: string; label: string }[];
}

describe("contactFileMenu (F02, F33, F35)", () => {
  const db = useDatabase();

  async function menu(variables: object, wish: object = {}): Promise<Item[]> {
    const answer = await ask(await contactsSchema(), callerOf(db, wish), query, { ...variables });
    return answer.contactFileMenu;
  }

  it("has twelve items for an individual, in their order, and sixteen for a structure", async () => {
    const individual = (await menu({ type: "INDIVIDUAL" })).map(({ code }) => code);
    const structure = (await menu({ type: "STRUCTURE" })).map(({ code }) => code);

    expect(individual).to.deep.equal([
      "INFORMATION",
      "ADDRESSES",
      "CRITERIA",
      "INDICATORS",
      "PREFERRED_SEATS",
      "CONNECTIONS",
      "INTERACTIONS",
      "AUDIT",
      "SHIPMENTS",
      "PURCHASE_HISTORY",
      "CULTURAL_HISTORY",
      "FINANCIAL_HISTORY",
    ]);
    expect(structure).to.have.lengthOf(16);
    expect(structure.filter((code) => !individual.includes(code))).to.deep.equal([
      "RELAYS",
      "MEMBERS",
      "SUBSIDIARIES",
      "CONTRACTS",
    ]);
  });

  it("has the six tabs of the information item", async () => {
    const [information] = await menu({ type: "INDIVIDUAL" });

    expect(information!.tabs.map(({ code }) => code)).to.deep.equal([
      "SUMMARY",
      "GENERAL",
      "MARKETING",
      "MANAGEMENT",
      "ADMINISTRATION",
      "NOTES",
    ]);
  });

  const labels: [string, string, string][] = [
    ["es", "PREFERRED_SEATS", "Preferencia de asientos"],
    ["es", "SHIPMENTS", "Lista de los envíos del organismo"],
    ["fr", "SHIPMENTS", "Liste des envois billetterie"],
    ["fr-CH", "PREFERRED_SEATS", "Places préférées"],
    ["en", "SHIPMENTS", "Shipment list"],
    ["de", "SHIPMENTS", "Shipment list"],
    ["", "SHIPMENTS", "Shipment list"],
  ];
  for (const [locale, code, label] of labels) {
    it(`calls ${code} "${label}" in "${locale}"`, async () => {
      const item = (await menu({ type: "INDIVIDUAL", locale })).find((each) => each.code === code);

      expect(item!.label).to.equal(label);
    });
  }

  it("speaks the request's language when none is asked for", async () => {
    const [information] = await menu({ type: "INDIVIDUAL" }, { locale: "es" });

    expect(information!.label).to.equal("Información");
  });
});
