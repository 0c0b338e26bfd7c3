import {
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
} from "graphql";
import { encodeId } from "../../src/platform/graphql/opaque-id.js";
import { some } from "./chance.js";
import { likelyValues } from "./likely-values.js";
import { people } from "./settings.js";
import { contactNumberOf } from "./world.js";

/** An argument or an input field. */
export interface Input {
  readonly name: string;
  readonly type: GraphQLInputType;
  readonly isRequired: boolean;
}

export type Given = Readonly<Record<string, unknown>>;

/** How many values are tried. */
export interface Breadth {
  /** Of each scalar. */
  readonly values: number;
  /** Pairs of inputs that vary together, each with this many pairs of values. */
  readonly pairs: number;
  /** Types that ids most likely stand for. Of the others, one each is tried. */
  readonly about?: readonly string[];
}

/** Database ids by type: of rows that most callers see, that they do not see, and of none. */
const ids: Readonly<Record<string, readonly number[]>> = {
  Contact: [11, 13, 20, 102, 101, 103, 19, 12, 16, 15, 14, 104, 106, 108, 90, 100_001],
  ContactLink: [301, 304, 302, 303, 305, 306, 307, 310, 1],
  Order: [1, 2, 6, 7, 3, 4],
  Target: [1, 2, 3],
  // 5 and 6 only where likely-values.ts says so: they are neither run nor cancelled
  Campaign: [1, 3, 4, 2],
  CampaignRun: [1],
  AudienceExport: [1],
  ImportTemplate: [1, 2, 90],
  Ticket: [1, 6, 9, 15],
  Product: [1, 4],
  Payment: [1, 2, 5, 9],
  Season: [1],
  WaitingListEntry: [11, 102],
  Membership: [11, 102],
  Advantage: [11, 102],
  AccessLogEntry: [1, 2, 101],
  AuditEntry: [11_001, 102_001],
  AuthorizationEvent: [92, 820],
  PaymentAlias: [1, 2, 3],
  PreferredSeat: [1, 2, 3],
  ContactMail: [1, 2],
  PointOfSale: [1, 2],
  Note: [1, 2, 3, 4],
  Operator: [1, 2],
  Shipment: [1, 2, 3],
  Interaction: [11, 1, 2, 12, 13, 14],
  ImportJob: [1, 3, 2, 4, 5, 6],
  // only for callers from whom nobody is hidden
  IngestJob: [1],
  IndicatorRun: [1],
  AnonymizationRun: [1],
  AnonymizationSchedule: [1],
  ErasureCertificate: [1],
  SubjectExport: [1],
  AliasRemoval: [1],
  ContactsByPlaceExport: [1],
};

/** Of each type a row that most callers see. */
export const firstIds: Readonly<Record<string, number>> = Object.fromEntries(
  Object.entries(ids).map(([type, [first]]) => [type, first!]),
);

/** Types that carry the id of another. */
const carriers: Readonly<Record<string, string>> = { ContactSummary: "Contact", ConsentReceipt: "Contact" };

const malformed = ["", "102", "Q29udGFjdDoxMDI=", "Q29udGFjdDow", "Contact:102"];

const spellings = people.flatMap(({ id, row }) => {
  const names = [row.first_name, row.last_name, row.structure_name].filter((name) => typeof name === "string");
  const email = row.email as string | undefined;
  return [
    ...names,
    names.toReversed().join(" "),
    ...names.map((name) => name.slice(0, 4)),
    ...(email ? [email, email.slice(0, 5)] : []),
    ...(row.reference_code ? [String(row.reference_code)] : []),
    contactNumberOf(id),
  ];
});

/** Texts that find somebody: names and their beginnings, e-mail addresses, numbers and codes of seen and unseen people. */
const texts = [
  ...new Set(["Müller", "anna.mueller@example.org", "00000011", "REF-0042", "A", ...spellings, "%", "_", "", " "]),
];

/** By the name of the input, where a text stands for something else. `null` in place of the list: see {@link Values}. */
const textsOfNames: Readonly<Record<string, readonly string[]>> = {
  idempotencyKey: ["key-1", "key-2"],
  typeName: ["Contact", "Order", "Nothing"],
  fieldName: ["mobile", "phone", "ipAddress", "nothing"],
  login: ["new@example.org", "hidden@example.org", "bruno@example.org", "anna.mueller@example.org", "Zoe@example.org"],
  alias: ["tok_shared", "tok_of_102", "4111111111111111"],
  maskedNumber: ["****4242", "4242"],
  number: ["X1234567", "x-123 4567", "P7654321", "H0000102", ""],
  identityDocumentNumber: ["X1234567", "H0000102", "1"],
  code: ["INTEREST", "FREE_TEXT_CONTENT", "VIP", "REMARKS", "NOTHING"],
  criterionCode: ["INTEREST", "VIP", "NOTHING"],
  internalCode: ["OPERA", "JAZZ"],
  field: ["contact.language", "purchase.count", "criterion.INTEREST", "contact.lastName", "notes"],
  sharedWith: ["free.partner"],
  values: ["fr", "1", "OPERA", "BALLET", "TRUE", "FALSE"],
  organization: ["OPERA", "NOTHING"],
  organizations: ["OPERA", "NOTHING"],
  policyUrl: ["https://example.org/privacy", "http://example.org"],
  town: ["Lausanne", "Gen", "Genève"],
  postcode: ["1000", "1200"],
  email: [
    "new.person@example.org",
    "anna.mueller@example.org",
    "hidden@example.org",
    "SHARED@example.org",
    "zoe@example.org",
    "x",
  ],
  locale: ["en", "fr", "xx"],
  country: ["CH", "FR", "XX"],
  language: ["fr", "xx"],
  phone: ["+41 21 555 01 11", "+41 21 555 09 02"],
  mobile: ["+41 79 555 01 11"],
};

const intsOfNames: Readonly<Record<string, readonly number[]>> = {
  first: [100, 2, 1, 0, 101],
  expiryYear: [2028, 2026, 1],
  expiryMonth: [12, 3, 13],
};

const days = ["2026-03-10", "2025-01-31", "2026-02-02", "2027-12-31"];
const scalars: Readonly<Record<string, (name: string) => readonly unknown[]>> = {
  Boolean: () => [true, false],
  Int: (name) => intsOfNames[name] ?? [1, 0, 2, -1],
  Float: () => [1.5, 0],
  Date: (name) => (name === "from" ? ["2025-03-10", ...days] : name === "birthDate" ? ["1980-04-12"] : days),
  DateTime: (name) =>
    name === "from"
      ? ["2025-09-01T00:00:00Z", "2026-01-15T10:00:00Z"]
      : ["2026-08-31T00:00:00Z", "2026-01-15T10:00:00Z"],
  Decimal: () => ["120.50", "0"],
};

const deepest = 4;

/** Values for every argument and input field of a schema, by type and name. What it does not know is in `unknown`. */
export class Values {
  readonly unknown = new Set<string>();
  /** Cursors that answers have shown, also answers to callers who see everything. */
  readonly cursors = new Set<string>(["", "bm90IGEgY3Vyc29y", "WzEsMl0"]);

  constructor(schema: GraphQLSchema) {
    for (const type of Object.values(schema.getTypeMap())) {
      if (hasId(type as GraphQLObjectType) && !ids[identityOf(type.name)])
        this.unknown.add(`ids of ${type.name}: add rows of it to world.ts and their ids to values.ts`);
    }
  }

  /** Values to try, the one that most likely leads to an answer first. Null for what is optional is not among them. */
  of(type: GraphQLInputType, name: string, breadth: Breadth, depth = 0): readonly unknown[] {
    if (isNonNullType(type)) return this.of(type.ofType, name, breadth, depth);
    if (isListType(type)) return listsOf(this.of(type.ofType, name, breadth, depth));
    if (isEnumType(type)) return type.getValues().map((value) => value.name);
    if (isInputObjectType(type))
      return depth < deepest ? this.objects(type.name, inputsOf(type), breadth, depth + 1) : [];
    const scalar = getNamedType(type).name;
    return scalar === "ID"
      ? idsFor(name, breadth.about ?? ["Contact"])
      : this.#scalars(scalar, name).slice(0, breadth.values);
  }

  #scalars(type: string, name: string): readonly unknown[] {
    if (type === "String") return name === "after" ? [...this.cursors] : (textsOfNames[name] ?? texts);
    if (type === "Upload") return [null];
    const values = scalars[type];
    if (!values) this.unknown.add(`values of the scalar ${type}: add them to values.ts`);
    return values?.(name) ?? [];
  }

  /** Values for several inputs at once: what is required alone, then each input with each value, then pairs of them. */
  objects(owner: string, inputs: readonly Input[], breadth: Breadth, depth = 0): readonly Given[] {
    const values = new Map(
      inputs.map(({ type, name }) => {
        const found = this.of(type, name, breadth, depth);
        const likely = likelyValues[`${owner}.${name}`];
        return [name, likely === undefined ? found : [...new Set([likely, ...found])]];
      }),
    );
    const required = inputs.filter(({ isRequired }) => isRequired).map(({ name }) => [name, values.get(name)![0]]);
    const base: Given = Object.fromEntries(required);
    const most = Math.max(0, ...[...values.values()].map((list) => list.length));
    // the first value of each input first, because those are the most likely to be accepted
    const alone = Array.from({ length: most }, (_, index) =>
      inputs.flatMap(({ name }) =>
        index < values.get(name)!.length ? [{ ...base, [name]: values.get(name)![index] }] : [],
      ),
    ).flat();
    const pairs = inputs.flatMap((one, index) =>
      inputs.slice(index + 1).map((other) => [one.name, other.name] as const),
    );
    const together = pairs.flatMap(([one, other]) =>
      some(`${owner}.${one}.${other}`, crossed(values.get(one)!, values.get(other)!), breadth.pairs).map(([a, b]) => ({
        ...base,
        ...{ [one]: a, [other]: b },
      })),
    );
    const full = Object.fromEntries(inputs.map(({ name }) => [name, values.get(name)![0]]));
    // an object of which nothing is required says nothing when it is empty
    return distinct(required.length > 0 ? [base, full, ...alone, ...together] : [...alone, ...together, full, base]);
  }
}

/** By the name of the input, whom it most likely stands for. */
const firstContacts: Readonly<Record<string, number>> = { structureId: 13, relayId: 12, toId: 13 };

/** Ids that are codes. */
const codesOfIds: Readonly<Record<string, readonly string[]>> = { organizationId: ["OPERA", "BALLET", ""] };

function idsFor(name: string, types: readonly string[]): readonly string[] {
  const codes = codesOfIds[name];
  if (codes) return codes;
  const first = firstContacts[name];
  const all = idsAbout(types);
  return first === undefined ? all : [...new Set([encodeId("Contact", String(first)), ...all])];
}

const identityOf = (type: string) => carriers[type] ?? type;

/** Seen, unseen, foreign, gone and malformed: all of some types, and one of each other. */
export function idsAbout(types: readonly string[]): readonly string[] {
  const known = types.map(identityOf).filter((type) => ids[type]);
  // what answers with nothing that has an id is asked about a contact
  const asked = new Set(known.length > 0 ? known : ["Contact"]);
  const tried = Object.entries(ids).flatMap(([type, list]) =>
    (asked.has(type) ? list : list.slice(1, 2)).map((id) => ({
      isAsked: asked.has(type),
      text: encodeId(type, String(id)),
    })),
  );
  return [...tried.toSorted((a, b) => Number(b.isAsked) - Number(a.isAsked)).map(({ text }) => text), ...malformed];
}

function hasId(type: GraphQLObjectType): boolean {
  const id = isObjectType(type) ? type.getFields().id : undefined;
  return id !== undefined && getNamedType(id.type).name === "ID";
}

export function argumentsOf(field: { readonly args: readonly { name: string; type: GraphQLInputType }[] }): Input[] {
  return field.args.map((arg) => ({ name: arg.name, type: arg.type, isRequired: isRequiredArgument(arg as never) }));
}

function inputsOf(type: { getFields(): Record<string, { name: string; type: GraphQLInputType }> }): Input[] {
  return Object.values(type.getFields()).map((field) => ({
    name: field.name,
    type: field.type,
    isRequired: isRequiredInputField(field as never),
  }));
}

/** One of each, several, none, and one twice. */
function listsOf(values: readonly unknown[]): unknown[][] {
  const [first] = values;
  return values.length === 0
    ? [[]]
    : [[first], ...values.slice(1).map((value) => [value]), values.slice(0, 3), [first, first], []];
}

function crossed(some: readonly unknown[], others: readonly unknown[]): (readonly [unknown, unknown])[] {
  return some.flatMap((one) => others.map((other) => [one, other] as const));
}

function distinct(list: readonly Given[]): Given[] {
  return [...new Map(list.map((each) => [JSON.stringify(each), each])).values()];
}
