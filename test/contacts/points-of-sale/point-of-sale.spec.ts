import { expect } from "chai";
import { ask, codesOf } from "../../support/ask.js";
import { useDatabase } from "../../support/database.js";
import { callerOf, contactsSchema } from "../support.js";

const set = `mutation ($input: SetPointOfSaleInput!) { setPointOfSale(input: $input) {
  pointOfSale { id code name channels privacy { policyUrl showSummary summary } }
  userErrors { code field elementIndex } warnings { code } } }`;
const privacy = `query ($id: ID!, $locale: String) { pointOfSale(id: $id) {
  privacy { policyUrl showSummary summary(locale: $locale) } } }`;

describe("points of sale (F61, F62)", () => {
  const db = useDatabase();
  let codes = 0;

  const administrator = (wish = {}) => callerOf(db, "pointOfSale:write", wish);
  const input = (wish: object = {}) => ({
    code: `SHOP_${++codes}`,
    name: "Shop",
    channels: ["TICKET_SHOP", "NEWSLETTER_WIDGET"],
    policyUrl: "https://house.example.org/privacy?lang=de#top",
    showSummary: true,
    summaries: [
      { locale: "en", text: "We keep your name." },
      { locale: "fr", text: "Nous gardons votre nom.\n\nEt c'est tout." },
    ],
    ...wish,
  });
  const change = async (wish: object = {}, context = administrator()) =>
    (await ask(await contactsSchema(), context, set, { input: input(wish) })).setPointOfSale;
  const problemsOf = async (wish: object) => {
    const { pointOfSale, userErrors } = await change(wish);
    expect(pointOfSale).to.equal(null);
    return userErrors.map(
      ({ code, field, elementIndex }: { code: string; field: string[]; elementIndex: number | null }) =>
        [code, field.join("."), elementIndex].filter((part) => part !== null).join(" "),
    );
  };

  it("show the policy, whether the summary is shown, and the summary in the language that is asked for, else English", async () => {
    const { pointOfSale } = await change();
    const { id } = pointOfSale;
    const shown = async (locale: string | null, callers: "en" | "fr" | "es" = "en") => {
      const answer = await ask(await contactsSchema(), callerOf(db, { locale: callers }), privacy, { id, locale });
      return answer.pointOfSale.privacy;
    };

    const common = { policyUrl: "https://house.example.org/privacy?lang=de#top", showSummary: true };
    const [english, french] = ["We keep your name.", "Nous gardons votre nom.\n\nEt c'est tout."];
    expect(await shown("fr")).to.deep.equal({ ...common, summary: french });
    expect(await shown("es")).to.deep.equal({ ...common, summary: english });
    expect(await shown("de")).to.deep.equal({ ...common, summary: english });
    expect(await shown(null, "fr")).to.deep.equal({ ...common, summary: french });
  });

  it("serve the newsletter widget with the same two values: there is one setting for all channels (F62)", async () => {
    const { pointOfSale } = await change();

    expect(pointOfSale.channels).to.deep.equal(["NEWSLETTER_WIDGET", "TICKET_SHOP"]);
    expect(pointOfSale.privacy.summary).to.equal("We keep your name.");
  });

  it("are refused with a summary that is shown and not there", async () => {
    expect(await problemsOf({ summaries: [] })).to.deep.equal(["SUMMARY_REQUIRED summaries"]);
    expect(await problemsOf({ summaries: [{ locale: "fr", text: "Oui" }] })).to.deep.equal([
      "SUMMARY_REQUIRED summaries",
    ]);
    expect(await problemsOf({ summaries: [{ locale: "en", text: " " }] })).to.deep.equal([
      "SUMMARY_REQUIRED summaries",
      "FIELD_REQUIRED summaries.text 0",
    ]);
    expect((await change({ showSummary: false, summaries: [] })).pointOfSale.privacy).to.include({
      showSummary: false,
      summary: null,
    });
  });

  for (const policyUrl of [
    "http://house.example.org",
    "javascript:alert(1)",
    "https://",
    "https://user:secret@house.example.org",
    'https://house.example.org/"onclick="x',
    "//house.example.org",
    `https://house.example.org/${"x".repeat(2_000)}`,
  ])
    it(`are refused with the policy address ${policyUrl.slice(0, 40)}`, async () => {
      expect(await problemsOf({ policyUrl })).to.deep.equal(["URL_NOT_HTTPS policyUrl"]);
    });

  it("are refused with other things that they cannot be", async () => {
    const text = { locale: "en", text: "x" };

    expect(await problemsOf({ code: "shop" })).to.deep.equal(["INVALID_CODE code"]);
    expect(await problemsOf({ name: " " })).to.deep.equal(["FIELD_REQUIRED name"]);
    expect(await problemsOf({ channels: [] })).to.deep.equal(["FIELD_REQUIRED channels"]);
    expect(await problemsOf({ summaries: [text, text, { locale: "de", text: "\u0000" }] })).to.deep.equal([
      "DUPLICATE_LOCALE summaries.locale 1",
      "UNKNOWN_LOCALE summaries.locale 2",
      "INVALID_CHARACTERS summaries.text 2",
    ]);
    expect(await problemsOf({ summaries: [{ locale: "en", text: "x".repeat(4_001) }] })).to.deep.equal([
      "VALUE_TOO_LONG summaries.text 0",
    ]);
  });

  it("are replaced by their code, with an audit of what differs", async () => {
    const code = `SAME_${++codes}`;
    const first = await change({ code });

    const second = await change({
      code,
      policyUrl: "https://other.example.org/",
      summaries: [{ locale: "en", text: "B" }],
    });

    expect(second.pointOfSale.id).to.equal(first.pointOfSale.id);
    const id = Buffer.from(second.pointOfSale.id, "base64url").toString().split(":")[1];
    const { rows } = await db.owner.query(
      `SELECT field, new_value AS now FROM contacts.audit_point_of_sale
       WHERE point_of_sale_id = $1 AND old_value IS NOT NULL ORDER BY field`,
      [id],
    );
    expect(rows).to.deep.equal([
      { field: "policyUrl", now: "https://other.example.org/" },
      { field: "summaries.en", now: "B" },
      { field: "summaries.fr", now: null },
    ]);
  });

  it("are listed in pages, found by `node`, and are nobody else's", async () => {
    const institution = await db.institution();
    const made = [];
    for (const name of ["A", "B", "C"]) made.push((await change({ name }, administrator({ institution }))).pointOfSale);
    const list = `query ($after: String) { pointsOfSale(first: 2, after: $after) { nodes { name } pageInfo { endCursor hasNextPage } } }`;
    const [here, elsewhere] = [callerOf(db, { institution }), callerOf(db)];

    const { pointsOfSale: first } = await ask(await contactsSchema(), here, list);
    const after = first.pageInfo.endCursor;
    const { pointsOfSale: second } = await ask(await contactsSchema(), here, list, { after });

    expect([first.nodes, second.nodes]).to.deep.equal([[{ name: "A" }, { name: "B" }], [{ name: "C" }]]);
    const node = `query ($id: ID!) { node(id: $id) { id } pointOfSale(id: $id) { id } }`;
    const { id } = made[0];
    expect(await ask(await contactsSchema(), here, node, { id })).to.deep.equal({ node: { id }, pointOfSale: { id } });
    expect(await ask(await contactsSchema(), elsewhere, node, { id })).to.deep.equal({ node: null, pointOfSale: null });
  });

  it("are set by those who may", async () => {
    const context = callerOf(db, "contact:read", "contact:write");

    expect(await codesOf(await contactsSchema(), context, set, { input: input() })).to.deep.equal(["FORBIDDEN"]);
  });
});
