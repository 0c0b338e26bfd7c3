import { expect } from "chai";
import { getNamedType, getNullableType, isCompositeType, isListType, isNonNullType, isObjectType } from "graphql";
import { declaredSchemas, type OutputField, outputFields } from "./subgraphs.js";

/** Lists of objects that cannot grow, and what holds them. */
const bounded: Readonly<Record<string, string>> = {
  "AudienceEntryConnection.counts": "one of each of eight outcomes",
  "AudienceExplanation.gates": "one of each of seven reasons",
  "AudienceExplanation.targets": "at most 100 are taken",
  "Campaign.targets": "at most 100 are taken",
  "AnonymizationRun.log": "at most the last 100",
  "AnonymizationRunItem.balances": "one of each organization and currency",
  "AnonymizationRunItem.steps": "one of each table of the product",
  "ErasureCertificate.erased": "one of each table of the product",
  "CampaignManifestCheck.faults": "of at most 100 runs",
  "CampaignCounts.outcomes": "one of each of eight outcomes",
  "CampaignRun.outcomes": "one of each of eight outcomes",
  "Contact.addresses": "one of each of three kinds",
  "Contact.authorizations": "one of each of seven codes",
  "Contact.balances": "one of each organization and currency",
  "Contact.consentAsOf": "one of each of seven codes",
  "Contact.criteria": "one of each of at most 500 definitions",
  "ContactCriterion.values": "each of at most 2000 once",
  "ContactSummary.authorizations": "one of each of seven codes",
  "ContactFileMenuItem.tabs": "the tabs of a screen",
  "Contact.indicators": "one of each of seven codes",
  "ContactSummary.indicators": "one of each of seven codes",
  "IndicatorSettings.bands": "one of each of three kinds of contact",
  "IndicatorSettings.settings": "six for each organization",
  "Contact.paymentAliases": "at most 20 are taken",
  "Contact.symbolHints": "one of each symbol",
  "Contact.preferredSeats": "at most 50 are taken",
  "CreateContactPayload.possibleDuplicates": "at most twenty are shown",
  "IngestedRecord.problems": "at most twenty are told",
  "ImportRow.changes": "each cell of a row changes one value",
  "ImportRow.problems": "each cell of a row is refused once",
  "ImportRow.undoProblems": "each cell of a row is kept once",
  "Order.payments": "at most 100 are shown",
  "Order.lines": "a purchase of one person at one till",
  "OrderConnection.sums": "one of each currency",
  "OrderLine.tickets": "a purchase of one person at one till",
  "PaymentConnection.sums": "one of each currency",
  "UnsubscribeLink.headers": "two of them",
  "Query.anonymizationSchedules": "at most twenty are taken",
  "Query.batchTypes": "one",
  "Query.authorizationWordings": "one of each of three languages of seven codes",
  "Query.contactFileMenu": "the menu of a screen",
  "Query.criteria": "at most 500, refused when defined",
  "Query.criterionValues": "at most 2000, refused when defined",
  "Query.legalNotices": "one of each of five codes",
  "Query.roles": "at most 200, refused when made",
  "Query.targetFields": "one of each field and of each of at most 500 criteria",
  "TargetFilter.all": "at most 100 conditions are taken",
  "TargetFilter.any": "at most 100 conditions are taken",
  "TargetFilter.none": "at most 100 conditions are taken",
  "Query.fieldLevels": "one of each protected field of the schema",
  "Ticket.answers": "each question is answered once",
};

/** The parts of a connection, and what every payload and protected object carries. */
const everywhere = new Set(["edges", "nodes", "userErrors", "warnings", "redactions"]);

describe("lists in the API", () => {
  let fields: { path: string; type: string; field: OutputField }[];

  before(async () => {
    fields = [...(await declaredSchemas()).values()].flatMap(outputFields);
  });

  it("are connections, where they are of objects and can grow", () => {
    const open = fields.filter(
      ({ path, field }) =>
        isListType(getNullableType(field.type)) &&
        isCompositeType(getNamedType(field.type)) &&
        !everywhere.has(field.name) &&
        !bounded[path],
    );
    expect(open.map(({ path }) => path)).to.deep.equal([]);
  });

  it("take a mandatory `first`, and `after`", () => {
    const connections = fields.filter(({ field }) => getNamedType(field.type).name.endsWith("Connection"));
    expect(connections).to.have.length.above(5);

    const odd = connections.filter(({ field }) => {
      const types = Object.fromEntries(field.args.map(({ name, type }) => [name, String(type)]));
      return types.first !== "Int!" || types.after !== "String";
    });
    expect(odd.map(({ path }) => path)).to.deep.equal([]);
  });

  it("have edges with cursors, nodes, and the page's place (Relay)", () => {
    const connections = fields
      .map(({ field }) => getNamedType(field.type))
      .filter(({ name }) => name.endsWith("Connection"));
    for (const connection of new Set(connections)) {
      const shape = isObjectType(connection) ? connection.getFields() : {};
      const node = connection.name.replace(/Connection$/, "");
      expect(String(shape.edges?.type), connection.name).to.equal(`[${node}Edge!]!`);
      expect(String(shape.nodes?.type), connection.name).to.equal(`[${node}!]!`);
      expect(String(shape.pageInfo?.type), connection.name).to.equal("PageInfo!");
    }
  });

  it("have no holes", () => {
    const holes = fields.filter(({ field }) => {
      const list = getNullableType(field.type);
      return isListType(list) && !isNonNullType(list.ofType);
    });
    expect(holes.map(({ path }) => path)).to.deep.equal([]);
  });
});
