import { expect } from "chai";
import fc from "fast-check";
import type { OperationContext } from "../../src/platform/context.js";
import type { Sql } from "../../src/platform/database/sql.js";
import { problem, userErrors } from "../../src/platform/errors/user-error.js";
import {
  canonicalJson,
  type IdempotentCall,
  idempotent,
  purgeIdempotencyKeys,
  refuse,
} from "../../src/platform/idempotency.js";
import { useDatabase } from "../support/database.js";

const hourMs = 3_600_000;

describe("idempotent (design 4)", () => {
  const db = useDatabase();
  let keys = 0;

  /** A call of its own for each test, with counters of what it did. */
  function newCall(wish: Partial<IdempotentCall> = {}): IdempotentCall {
    return { mutation: "openHouse", key: `key-${++keys}`, input: { name: "Opera" }, ...wish };
  }

  /** An effect that each run of the work leaves once: an organization of the institution. */
  async function openHouse(sql: Sql): Promise<{ house: string }> {
    const { rows } = await sql.query<{ code: string }>(
      `/* openHouse */ INSERT INTO platform.organization (institution_id, code, name)
       SELECT $1, 'H' || count(*), 'House' FROM platform.organization WHERE institution_id = $1 RETURNING code`,
      [sql.institutionId],
    );
    return { house: rows[0]!.code };
  }

  async function houses(context: OperationContext): Promise<number> {
    const { rows } = await context.db.query(
      "/* houses */ SELECT FROM platform.organization WHERE institution_id = $1",
      [context.caller.institutionId],
    );
    return rows.length;
  }

  async function freshContext(wish: Parameters<typeof db.contextWith>[number] = {}): Promise<OperationContext> {
    return db.contextWith({ institution: await db.institution() }, wish);
  }

  it("makes the change once and answers a repeat with the same ids", async () => {
    const context = await freshContext();
    const call = newCall();

    const first = await idempotent(context, call, openHouse);
    const repeat = await idempotent(context, call, openHouse);

    expect(first).to.deep.equal({ ids: { house: "H0" } });
    expect(repeat).to.deep.equal(first);
    expect(await houses(context)).to.equal(1);
  });

  it("lets a twin wait and gives it the ids of the first: one effect", async () => {
    const context = await freshContext();
    const call = newCall();

    const answers = await Promise.all(Array.from({ length: 4 }, () => idempotent(context, call, openHouse)));

    expect(answers).to.deep.equal(Array(4).fill({ ids: { house: "H0" } }));
    expect(await houses(context)).to.equal(1);
  });

  it("lets a twin make the change when the first is refused meanwhile", async () => {
    const context = await freshContext();
    const call = newCall();
    let first = true;

    const work = async (sql: Sql) => {
      const refuses = first;
      first = false;
      const ids = await openHouse(sql);
      return refuses ? refuse(problem("SOME_PROBLEM")) : ids;
    };
    const answers = await Promise.all([idempotent(context, call, work), idempotent(context, call, work)]);

    expect(answers).to.have.deep.members([{ problems: [problem("SOME_PROBLEM")] }, { ids: { house: "H0" } }]);
    expect(await houses(context)).to.equal(1);
  });

  it("undoes what was refused and leaves no key", async () => {
    const context = await freshContext();
    const call = newCall();

    const refused = await idempotent(context, call, async (sql) => {
      await openHouse(sql);
      return refuse(problem("SOME_PROBLEM", ["name"]));
    });

    expect(refused).to.deep.equal({ problems: [problem("SOME_PROBLEM", ["name"])] });
    expect(await houses(context)).to.equal(0);
    expect(await idempotent(context, call, openHouse)).to.deep.equal({ ids: { house: "H0" } });
  });

  it("leaves no key when the change fails", async () => {
    const context = await freshContext();
    const call = newCall();

    const failure = await idempotent(context, call, (sql) =>
      sql.query("/* broken */ SELECT 1 / 0").then(() => ({})),
    ).catch((error: Error) => error.message);

    expect(failure).to.equal("division by zero");
    expect(await idempotent(context, call, openHouse)).to.deep.equal({ ids: { house: "H0" } });
  });

  it("refuses a key that stands for another input, and keeps the first result", async () => {
    const context = await freshContext();
    const call = newCall({ input: { name: "Opera", remark: null } });
    await idempotent(context, call, openHouse);

    for (const input of [{ name: "Ballet", remark: null }, { name: "Opera" }, { name: "Opera", remark: "" }]) {
      const other = await idempotent(context, { ...call, input }, openHouse);

      expect(other).to.deep.equal({ problems: [problem("IDEMPOTENCY_KEY_REUSED", ["idempotencyKey"])] });
    }
    expect(await idempotent(context, call, openHouse)).to.deep.equal({ ids: { house: "H0" } });
  });

  it("takes an input for the same whatever the order of its fields, and whatever the key is called in it", async () => {
    const context = await freshContext();
    const call = newCall({ input: { name: "Opera", seats: 3, idempotencyKey: "a" } });
    await idempotent(context, call, openHouse);

    const repeat = await idempotent(
      context,
      { ...call, input: { seats: 3, name: "Opera", remark: undefined } },
      openHouse,
    );

    expect(repeat).to.deep.equal({ ids: { house: "H0" } });
  });

  it("keeps apart callers, kinds of callers, mutations and institutions", async () => {
    const institution = await db.institution();
    const call = newCall();
    const contexts = [
      db.contextWith({ institution, login: "ana" }),
      db.contextWith({ institution, login: "bob" }),
      db.contextWith({ institution, login: "ana", kind: "SERVICE" }),
      db.contextWith({ institution: await db.institution(), login: "ana" }),
    ];

    for (const context of contexts) await idempotent(context, call, openHouse);
    await idempotent(contexts[0]!, { ...call, mutation: "openOtherHouse" }, openHouse);

    expect(await houses(contexts[0]!)).to.equal(4);
    expect(await houses(contexts[3]!)).to.equal(1);
  });

  it("changes each time when there is no key", async () => {
    const context = await freshContext();

    for (const key of [null, undefined]) await idempotent(context, newCall({ key }), openHouse);

    expect(await houses(context)).to.equal(2);
  });

  it("refuses keys that are empty, too long, or hold control characters", async () => {
    const context = await freshContext();
    const refused = { problems: [problem("IDEMPOTENCY_KEY_INVALID", ["idempotencyKey"], { longest: 200 })] };

    for (const key of ["", "x".repeat(201), "a\0b", "a\nb", "\ud800"]) {
      expect(await idempotent(context, newCall({ key }), openHouse), JSON.stringify(key)).to.deep.equal(refused);
    }
    expect(await idempotent(context, newCall({ key: "é".repeat(200) }), openHouse)).to.deep.equal({
      ids: { house: "H0" },
    });
    expect(userErrors(refused.problems, "fr")[0]!.message).to.contain("200");
  });

  it("forgets a key after 72 hours, not before", async () => {
    const context = await freshContext();
    const call = newCall();
    await idempotent(context, call, openHouse);

    db.clock.advance(72 * hourMs - 1);
    const before = await idempotent(context, call, openHouse);
    db.clock.advance(1);
    const after = await idempotent(context, { ...call, input: { name: "Ballet" } }, openHouse);

    expect(before).to.deep.equal({ ids: { house: "H0" } });
    expect(after).to.deep.equal({ ids: { house: "H1" } });
    expect(await idempotent(context, { ...call, input: { name: "Ballet" } }, openHouse)).to.deep.equal(after);
  });

  it("purges what has expired in the session's institution, the oldest first and in bounded steps", async () => {
    const context = await freshContext();
    const other = await freshContext();
    for (const each of [context, context, context, other]) await idempotent(each, newCall(), openHouse);
    db.clock.advance(72 * hourMs);
    const young = newCall();
    await idempotent(context, young, openHouse);

    const purged = [];
    for (let step = 0; step < 3; step++) purged.push(await context.transaction((sql) => purgeIdempotencyKeys(sql, 2)));

    const { rows } = await db.owner.query(
      "SELECT institution_id, created_at AS at FROM platform.idempotency_key WHERE institution_id = ANY($1)",
      [[context.caller.institutionId, other.caller.institutionId]],
    );
    expect(purged).to.deep.equal([2, 1, 0]);
    expect(rows).to.have.length(2);
    expect(rows).to.deep.include({ institution_id: context.caller.institutionId, at: db.clock.now() });
  });

  it("keeps neither the input nor the key, nor anything that could be compared without the secret", async () => {
    const context = await freshContext();
    const input = { name: "Anna Blanc" };

    for (const key of ["anna.blanc@example.org", "two"]) await idempotent(context, newCall({ key, input }), openHouse);

    const { rows } = await db.owner.query(
      "SELECT input_digest, result_ids, k::text AS row FROM platform.idempotency_key k WHERE institution_id = $1 ORDER BY result_ids ->> 'house'",
      [context.caller.institutionId],
    );
    expect(rows.map(({ result_ids }) => result_ids)).to.deep.equal([{ house: "H0" }, { house: "H1" }]);
    expect(rows[0].row).not.to.match(/blanc/i);
    expect(rows[0].input_digest.equals(rows[1].input_digest)).to.equal(false);
  });
});

describe("canonicalJson", () => {
  it("is the same text for every order of the fields, and another for every other value", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
        const isSame = JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));

        expect(canonicalJson(one)).to.equal(canonicalJson(shuffled(one)));
        expect(canonicalJson(one) === canonicalJson(other)).to.equal(isSame);
      }),
    );
  });

  it("refuses what JSON would drop in silence", () => {
    for (const value of [Promise.resolve(), () => 1, Number.NaN, 1n, Symbol("s")]) {
      expect(() => canonicalJson({ file: value })).to.throw(TypeError);
    }
  });
});

/** The same value with the fields of its objects the other way round. */
function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffled);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, field]) => [name, shuffled(field)]),
  );
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return ["list", ...value.map(sorted)];
  if (value === null || typeof value !== "object") return value;
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return ["object", ...fields.map(([name, field]) => [name, sorted(field)])];
}
