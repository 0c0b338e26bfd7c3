import { expect } from "chai";
import fc from "fast-check";
import type { OperationContext } from "../../../src/platform/context.js";
import { useDatabase } from "../../support/database.js";
import { insertOrder, insertProduct } from "../../support/history.js";
import type { ContactWish, TestInstitution } from "../../support/rows.js";
import { condition, marketer, preview } from "./targets.js";

describe("a target's filter", () => {
  const db = useDatabase();
  let institution: TestInstitution;
  let context: OperationContext;

  beforeEach(async () => {
    institution = await db.institution();
    context = marketer(db, { institution, clearance: 1 });
  });

  const person = (wish: ContactWish = {}) => db.insertContact({ institution, ...wish });
  const count = async (filter: object) => {
    const { count: found, userErrors } = await preview(context, filter);
    expect(userErrors).to.deep.equal([]);
    return found;
  };

  for (const [what, wish, filter] of [
    ["type", { structureName: "School" }, condition("contact.type", "IS_ANY_OF", ["STRUCTURE"])],
    ["name, whatever case and accents", { lastName: "Müller" }, condition("contact.lastName", "IS_ANY_OF", ["MULLER"])],
    ["beginning of a name", { lastName: "Müller" }, condition("contact.lastName", "STARTS_WITH", ["mul"])],
    ["language", { language: "es" }, condition("contact.language", "IS_ANY_OF", ["es", "it"])],
    ["reference code", { referenceCode: "00042" }, condition("contact.referenceCode", "IS_SET")],
    [
      "domain of the e-mail address",
      { email: "a@Example.org" },
      condition("contact.emailDomain", "IS_ANY_OF", ["example.org"]),
    ],
    [
      "birth date",
      { birthDate: "1980-04-12" },
      condition("contact.birthDate", "BETWEEN", ["1980-01-01", "1980-12-31"]),
    ],
    ["age", { birthDate: "1980-04-12" }, condition("contact.age", "AT_LEAST", ["40"])],
    ["role", { roles: ["PUBLIC", "GUIDE"] }, condition("contact.role", "IS_ALL_OF", ["GUIDE", "PUBLIC"])],
    ["lack of a role", { roles: ["GUIDE"] }, condition("contact.role", "IS_NONE_OF", ["PUBLIC"])],
  ] as const) {
    it(`asks for the ${what}`, async () => {
      await person(wish as ContactWish);
      await person({ lastName: "Somebody", language: "de", birthDate: "2015-01-01", email: "b@other.org" });

      expect(await count(filter)).to.equal(1);
    });
  }

  it("asks for the month of the GDPR recency (E27)", async () => {
    const wanted = condition("gdprRecency.month", "AT_MOST", ["202209"]);
    for (const day of ["2022-09-30", "2022-10-01"]) {
      const { id } = await person();
      await db.owner.query(
        "INSERT INTO privacy.gdpr_recency (institution_id, contact_id, day, kind) VALUES ($1, $2, $3, 'CREATION')",
        [institution.id, id, day],
      );
    }
    await person();

    expect(await count(wanted)).to.equal(1);
    expect(await count(condition("gdprRecency.month", "BETWEEN", ["202209", "202210"]))).to.equal(2);
  });

  it("asks for places of an address, and of the main one", async () => {
    const { id } = await person();
    await db.owner.query(
      `INSERT INTO contacts.contact_address (institution_id, contact_id, kind, postcode, town, country)
       VALUES ($1, $2, 'MAIN', '1200', 'Genève', 'CH'), ($1, $2, 'INVOICE', '75001', 'Paris', 'FR')`,
      [institution.id, id],
    );

    expect(await count(condition("mainAddress.town", "IS_ANY_OF", ["geneve"]))).to.equal(1);
    expect(await count(condition("mainAddress.country", "IS_ANY_OF", ["FR"]))).to.equal(0);
    expect(await count(condition("address.country", "IS_ANY_OF", ["FR"]))).to.equal(1);
    expect(await count(condition("address.postcode", "STARTS_WITH", ["75"]))).to.equal(1);
  });

  it("asks for authorizations and bounces, where nothing said is EMPTY", async () => {
    const [{ id }] = [await person(), await person()];
    await db.owner.query(
      "UPDATE marketing.contact_marketing SET sms = true, bounce_status = 2 WHERE institution_id = $1 AND contact_id = $2",
      [institution.id, id],
    );

    expect(await count(condition("authorization.SMS", "IS_ANY_OF", ["TRUE"]))).to.equal(1);
    expect(await count(condition("authorization.SMS", "IS_ANY_OF", ["EMPTY", "FALSE"]))).to.equal(1);
    expect(await count(condition("bounce.status", "IS_NONE_OF", ["HARD"]))).to.equal(1);
  });

  it("asks for criteria by internal code", async () => {
    const [{ id }] = [await person(), await person()];
    await db.owner.query(
      `WITH d AS (INSERT INTO contacts.criterion (institution_id, code, label_en, kind) VALUES ($1, 'INTEREST', 'I', 'MULTI_LIST')
         RETURNING id),
       v AS (INSERT INTO contacts.criterion_value (institution_id, criterion_id, internal_code, label_en)
         SELECT $1, d.id, code, code FROM d, unnest(ARRAY['OPERA', 'BALLET', 'JAZZ']) code)
       INSERT INTO contacts.contact_criterion (institution_id, contact_id, criterion_id, value_code)
       SELECT $1, $2, d.id, code FROM d, unnest(ARRAY['OPERA', 'BALLET']) code`,
      [institution.id, id],
    );

    expect(await count(condition("criterion.INTEREST", "IS_ALL_OF", ["OPERA", "BALLET"]))).to.equal(1);
    expect(await count(condition("criterion.INTEREST", "IS_ALL_OF", ["OPERA", "JAZZ"]))).to.equal(0);
    expect(await count(condition("criterion.INTEREST", "IS_NONE_OF", ["JAZZ"]))).to.equal(2);
    expect(await count(condition("criterion.INTEREST", "IS_NOT_SET"))).to.equal(1);
    const { userErrors } = await preview(context, condition("criterion.INTEREST", "IS_ANY_OF", ["ROCK"]));
    expect(userErrors.map(({ code }) => code)).to.deep.equal(["UNKNOWN_CODE"]);
  });

  it("asks for purchases in a scope; who bought nothing bought zero times, and last bought never", async () => {
    const [buyer] = [await person(), await person()];
    const product = await insertProduct({ owner: db.owner, home: institution }, { code: "CARMEN", institution });
    const order = { institution, orderedAt: "2026-02-10T12:00:00Z", currency: "CHF" };
    await insertOrder({ owner: db.owner, home: institution }, buyer, {
      ...order,
      lines: [{ product, quantity: 2, amount: "80.00" }],
    });
    const scope = { from: "2026-02-01", to: "2026-02-28", products: ["CARMEN"] };

    expect(await count(condition("purchase.count", "AT_LEAST", ["1"], scope))).to.equal(1);
    expect(await count(condition("purchase.amount", "BETWEEN", ["79.99", "80"], scope))).to.equal(1);
    expect(await count(condition("purchase.amount", "AT_LEAST", ["1"], { ...scope, currency: "EUR" }))).to.equal(0);
    expect(await count(condition("purchase.count", "AT_LEAST", ["1"], { ...scope, from: "2026-02-11" }))).to.equal(0);
    expect(await count(condition("purchase.count", "AT_MOST", ["0"], scope))).to.equal(1);
    expect(await count(condition("purchase.count", "BETWEEN", ["0", "1"], scope))).to.equal(2);
    expect(await count(condition("purchase.lastDay", "AT_LEAST", ["2026-02-10"]))).to.equal(1);
    expect(await count(condition("purchase.lastDay", "IS_NOT_SET"))).to.equal(1);
  });

  it("counts the days of orders where the institution is, in a scope and without products as well", async () => {
    const [buyer] = [await person(), await person()];
    // the eleventh in Zurich
    const order = { institution, orderedAt: "2026-02-10T23:30:00Z", currency: "CHF" };
    await insertOrder({ owner: db.owner, home: institution }, buyer, order);
    const within = (from: string, to: string) => count(condition("purchase.count", "AT_LEAST", ["1"], { from, to }));

    expect([await within("2026-02-11", "2026-02-11"), await within("2026-02-10", "2026-02-10")]).to.deep.equal([1, 0]);
    expect(await count(condition("purchase.count", "AT_LEAST", ["2"]))).to.equal(0);
    expect(await count(condition("purchase.lastDay", "BETWEEN", ["2026-02-11", "2026-02-11"]))).to.equal(1);
  });

  it("asks for the balance of an open account: owed, owing, or none (domain 3.4)", async () => {
    const [debtor] = [await person(), await person()];
    const order = { institution, orderedAt: "2026-02-10T12:00:00Z", currency: "CHF", total: "80.00" };
    await insertOrder({ owner: db.owner, home: institution }, debtor, order);

    expect(await count(condition("indicator.BALANCE", "AT_LEAST", ["80"]))).to.equal(1);
    expect(await count(condition("indicator.BALANCE", "AT_LEAST", ["80.01"]))).to.equal(0);
    expect(await count(condition("indicator.BALANCE", "AT_MOST", ["0"]))).to.equal(0);
    expect(await count(condition("indicator.BALANCE", "IS_NOT_SET"))).to.equal(1);
  });

  it("finds nobody who is invalid, anonymized or invisible", async () => {
    await person({ validityEndDate: "2020-01-01", language: "fr" });
    await person({ anonymizedAt: new Date("2026-01-01"), language: "fr" });
    await person({ level: 2, language: "fr" });
    await person({ level: 1, language: "fr" });

    expect(await count(condition("contact.language", "IS_ANY_OF", ["fr"]))).to.equal(1);
  });

  for (const [why, filter, expected] of [
    ["an unknown field", condition("nothing", "IS_SET"), "FIELD_NOT_TARGETABLE filter.condition.field"],
    ["notes (F17)", condition("notes", "IS_SET"), "FIELD_NOT_TARGETABLE filter.condition.field"],
    ["the remark (F17)", condition("contact.remark", "IS_SET"), "FIELD_NOT_TARGETABLE filter.condition.field"],
    [
      "texts of interactions (F17)",
      condition("interaction.description", "IS_SET"),
      "FIELD_NOT_TARGETABLE filter.condition.field",
    ],
    [
      "an operator that does not fit",
      condition("contact.age", "STARTS_WITH", ["4"]),
      "OPERATOR_NOT_APPLICABLE filter.condition.operator",
    ],
    ["an unknown code", condition("contact.type", "IS_ANY_OF", ["individual"]), "UNKNOWN_CODE filter.condition.values"],
    ["a number that is none", condition("contact.age", "AT_LEAST", ["1e3"]), "INVALID_VALUE filter.condition.values"],
    [
      "a day that is none",
      condition("contact.birthDate", "AT_MOST", ["2026-02-30"]),
      "INVALID_VALUE filter.condition.values",
    ],
    ["a NUL", condition("contact.lastName", "IS_ANY_OF", ["a\u0000"]), "INVALID_VALUE filter.condition.values"],
    ["too few values", condition("contact.age", "BETWEEN", ["1"]), "NUMBER_OF_VALUES filter.condition.values"],
    ["a reversed range", condition("contact.age", "BETWEEN", ["9", "1"]), "RANGE_REVERSED filter.condition.values"],
    [
      "a scope where there is none",
      condition("contact.age", "AT_LEAST", ["1"], { currency: "CHF" }),
      "SCOPE_NOT_APPLICABLE filter.condition.scope",
    ],
    ["an empty group", { all: [] }, "FILTER_EMPTY filter.all"],
    ["two in one", { ...condition("contact.type", "IS_SET"), all: [] }, "FILTER_NOT_ONE filter"],
    ["nothing", { any: [{}] }, "FILTER_NOT_ONE filter.any.0"],
  ] as const) {
    it(`is refused with ${why}, where it stands`, async () => {
      const { count: found, userErrors } = await preview(context, filter);

      expect(found).to.equal(null);
      expect(userErrors.map(({ code, field }) => `${code} ${field.join(".")}`)).to.deep.equal([expected]);
    });
  }

  it("is refused with more than six levels, a hundred conditions, or ten thousand values in all", async () => {
    const one = condition("contact.type", "IS_SET");
    const deep = Array.from({ length: 6 }).reduce<object>((inner) => ({ all: [inner] }), one);

    expect((await preview(context, deep)).userErrors.map(({ code }) => code)).to.deep.equal(["FILTER_TOO_DEEP"]);
    const long = { any: Array.from({ length: 101 }, () => one) };
    expect((await preview(context, long)).userErrors.map(({ code }) => code)).to.deep.equal(["FILTER_TOO_LONG"]);
    const values = Array.from({ length: 1_000 }, (_, index) => `P${index}`);
    const towns = Array.from({ length: 9 }, () => condition("address.town", "IS_ANY_OF", values));
    const bought = condition("purchase.count", "AT_LEAST", ["1"], { products: values.slice(1) });
    const wide = { any: [...towns, bought, one] };
    const wider = { any: [...towns, bought, condition("address.town", "IS_ANY_OF", ["Lyon"])] };
    expect((await preview(context, wide)).userErrors).to.deep.equal([]);
    expect((await preview(context, wider)).userErrors.map(({ code }) => code)).to.deep.equal(["FILTER_TOO_WIDE"]);
  });

  it("does not exist for fields that are withheld, also for counting: by level, by permission, by a criterion's level", async () => {
    await db.owner.query(
      `INSERT INTO contacts.criterion (institution_id, code, label_en, kind, level) VALUES ($1, 'VIP', 'V', 'YES_NO', 2)`,
      [institution.id],
    );
    const raised = marketer(db, { institution, clearance: 1, raisedLevels: new Map([["Contact.birthDate", 2]]) });
    const noHistory = db.contextWith({ services: raised.services, institution }, "contact:read", "target:read");
    const codes = async (by: OperationContext, filter: object) =>
      (await preview(by, filter)).userErrors.map(({ code }) => code);

    expect(await codes(raised, condition("contact.age", "AT_LEAST", ["1"]))).to.deep.equal(["FIELD_NOT_AVAILABLE"]);
    expect(await codes(noHistory, condition("purchase.count", "AT_LEAST", ["1"]))).to.deep.equal([
      "FIELD_NOT_AVAILABLE",
    ]);
    expect(await codes(context, condition("criterion.VIP", "IS_SET"))).to.deep.equal(["FIELD_NOT_AVAILABLE"]);
  });

  it("means all, any and none as logic has them, however nested, also of one field twice (domain 3.6)", async () => {
    const people: { language: string | undefined; roles: string[] }[] = [];
    for (const language of ["fr", "de", undefined])
      for (const roles of [["PUBLIC"], ["GUIDE"], ["PUBLIC", "GUIDE"]]) {
        people.push({ language, roles });
        await person({ language, roles });
      }
    type Person = (typeof people)[number];
    type Wish = { filter: object; meets(one: Person): boolean };
    const leaf = fc.oneof(
      fc.constantFrom("fr", "de").map((wanted): Wish => {
        return {
          filter: condition("contact.language", "IS_ANY_OF", [wanted]),
          meets: ({ language }) => language === wanted,
        };
      }),
      fc.constantFrom("fr", "de").map((wanted): Wish => {
        return {
          filter: condition("contact.language", "IS_NONE_OF", [wanted]),
          meets: ({ language }) => language !== wanted,
        };
      }),
      fc.constantFrom("PUBLIC", "GUIDE").map((wanted): Wish => {
        return {
          filter: condition("contact.role", "IS_ANY_OF", [wanted]),
          meets: ({ roles }) => roles.includes(wanted),
        };
      }),
    );
    const { tree } = fc.letrec<{ tree: Wish }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 3, depthIdentifier: "filter" },
        leaf,
        fc.tuple(fc.constantFrom("all", "any", "none"), fc.array(tie("tree"), { minLength: 1, maxLength: 3 })).map(
          ([kind, parts]): Wish => ({
            filter: { [kind]: parts.map(({ filter }) => filter) },
            meets(one) {
              if (kind === "all") return parts.every((part) => part.meets(one));
              const isAny = parts.some((part) => part.meets(one));
              return kind === "any" ? isAny : !isAny;
            },
          }),
        ),
      ),
    }));

    await fc.assert(
      fc.asyncProperty(tree, async ({ filter, meets }) => {
        expect(await count(filter)).to.equal(people.filter(meets).length);
      }),
      { numRuns: 60 },
    );
  });
});
