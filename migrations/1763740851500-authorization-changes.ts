import type { MigrationInterface, QueryRunner } from "typeorm";

const codes = ["INSTITUTION_EMAIL", "THIRD_PARTY_TRANSFER", "PARTNER_COMMUNICATION", "EMAIL", "SMS", "PHONE", "LETTER"];
const ofInstitution = `institution_id = nullif(current_setting('app.institution', true), '')::int`;

/** Each code with its place, and with the bit that stands for it. */
const places = codes.map((code, index) => `('${code}', ${index + 1}, ${1 << index})`).join(", ");

const changes = `
  ALTER TABLE marketing.authorization_event RENAME TO authorization_entry;

  CREATE TABLE marketing.authorization_change (
    institution_id int NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY,
    contact_id bigint NOT NULL,
    at timestamptz NOT NULL DEFAULT platform.now(),
    actor text NOT NULL DEFAULT current_setting('app.actor'),
    actor_kind text NOT NULL DEFAULT current_setting('app.actor_kind'),
    source text NOT NULL DEFAULT current_setting('app.source'),
    job_id bigint,
    -- the seven codes as bits, from INSTITUTION_EMAIL 1 to LETTER 64: all values before and after, ...
    was_true smallint NOT NULL,
    was_false smallint NOT NULL,
    is_true smallint NOT NULL,
    is_false smallint NOT NULL,
    -- ... those that followed by the rule of 5.4, not said by the person, ...
    automatic smallint NOT NULL DEFAULT 0,
    -- ... and those written without saying what the value before was taken for (6.4)
    unverified smallint NOT NULL DEFAULT 0,
    -- what the person was shown, by the codes' places
    wording_versions int[],
    wording_locales text[],
    PRIMARY KEY (institution_id, contact_id, at, id),
    CHECK ((was_true, was_false) <> (is_true, is_false))
  );
  ALTER TABLE marketing.authorization_change ENABLE ROW LEVEL SECURITY;
  CREATE POLICY read ON marketing.authorization_change FOR SELECT USING (${ofInstitution});
  CREATE POLICY add ON marketing.authorization_change FOR INSERT WITH CHECK (${ofInstitution});

  -- the ledger by codes. Ids are in the order of the changes, and of the codes in each
  CREATE VIEW marketing.authorization_event WITH (security_invoker = true) AS
    SELECT c.institution_id, c.id * 8 + each.place AS id, c.contact_id, c.at, c.actor, c.actor_kind, c.source, c.job_id,
      each.code,
      CASE WHEN c.was_true & each.bit > 0 THEN true WHEN c.was_false & each.bit > 0 THEN false END AS old_value,
      CASE WHEN c.is_true & each.bit > 0 THEN true WHEN c.is_false & each.bit > 0 THEN false END AS new_value,
      c.wording_versions[each.place] AS wording_version, c.wording_locales[each.place] AS wording_locale,
      c.automatic & each.bit > 0 AS is_automatic, c.unverified & each.bit = 0 AS is_verified
    FROM marketing.authorization_change c
    CROSS JOIN (VALUES ${places}) AS each (code, place, bit)
    WHERE ((c.was_true # c.is_true) | (c.was_false # c.is_false)) & each.bit > 0;
`;

/** What stood for a code, as a bit, at an entry `e`; `value` after it, or `before` it. */
const stood = (value: "true" | "false", comparison: "<" | "<=") =>
  `(SELECT coalesce(sum(each.bit), 0)::smallint FROM (VALUES ${places}) AS each (code, place, bit)
    WHERE (SELECT b.new_value FROM marketing.authorization_entry b
      WHERE b.institution_id = e.institution_id AND b.contact_id = e.contact_id AND b.code = each.code AND b.id ${comparison} e.id
      ORDER BY b.id DESC LIMIT 1) = ${value})`;

const moveToChanges = `
  INSERT INTO marketing.authorization_change (institution_id, contact_id, at, actor, actor_kind, source, job_id,
    was_true, was_false, is_true, is_false, automatic, unverified, wording_versions, wording_locales)
  SELECT e.institution_id, e.contact_id, e.at, e.actor, e.actor_kind, e.source, e.job_id,
    ${stood("true", "<")}, ${stood("false", "<")}, ${stood("true", "<=")}, ${stood("false", "<=")},
    CASE WHEN e.is_automatic THEN own.bit ELSE 0 END, CASE WHEN e.is_verified THEN 0 ELSE own.bit END,
    CASE WHEN e.wording_version IS NOT NULL
      THEN array_fill(NULL::int, ARRAY[own.place - 1]) || e.wording_version || array_fill(NULL::int, ARRAY[7 - own.place]) END,
    CASE WHEN e.wording_locale IS NOT NULL
      THEN array_fill(NULL::text, ARRAY[own.place - 1]) || e.wording_locale || array_fill(NULL::text, ARRAY[7 - own.place]) END
  FROM marketing.authorization_entry e
  JOIN (VALUES ${places}) AS own (code, place, bit) ON own.code = e.code
  WHERE e.new_value IS DISTINCT FROM (
    SELECT b.new_value FROM marketing.authorization_entry b
    WHERE b.institution_id = e.institution_id AND b.contact_id = e.contact_id AND b.code = e.code AND b.id < e.id
    ORDER BY b.id DESC LIMIT 1)
  ORDER BY e.institution_id, e.id;
`;

const entries = `
  CREATE TABLE marketing.authorization_entry (
    institution_id int NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY,
    contact_id bigint NOT NULL,
    at timestamptz NOT NULL DEFAULT platform.now(),
    actor text NOT NULL DEFAULT current_setting('app.actor'),
    actor_kind text NOT NULL DEFAULT current_setting('app.actor_kind'),
    source text NOT NULL DEFAULT current_setting('app.source'),
    job_id bigint,
    code text NOT NULL,
    old_value boolean,
    new_value boolean,
    wording_version int,
    wording_locale text,
    is_automatic boolean NOT NULL DEFAULT false,
    is_verified boolean NOT NULL DEFAULT true,
    CONSTRAINT authorization_event_pkey PRIMARY KEY (institution_id, id),
    CONSTRAINT authorization_event_wording_fk FOREIGN KEY (institution_id, code, wording_locale, wording_version)
      REFERENCES marketing.authorization_wording (institution_id, code, locale, version)
  );
  CREATE INDEX authorization_event_time
    ON marketing.authorization_entry (institution_id, contact_id, at DESC, id DESC);
  ALTER TABLE marketing.authorization_entry ENABLE ROW LEVEL SECURITY;
  CREATE POLICY read ON marketing.authorization_entry FOR SELECT USING (${ofInstitution});
  CREATE POLICY add ON marketing.authorization_entry FOR INSERT WITH CHECK (${ofInstitution});

  INSERT INTO marketing.authorization_entry (institution_id, contact_id, at, actor, actor_kind, source, job_id, code,
    old_value, new_value, wording_version, wording_locale, is_automatic, is_verified)
  SELECT institution_id, contact_id, at, actor, actor_kind, source, job_id, code, old_value, new_value, wording_version,
    wording_locale, is_automatic, is_verified
  FROM marketing.authorization_event ORDER BY institution_id, id;
`;

const visibleActivity = (activity: string) => `
  CREATE OR REPLACE VIEW marketing.visible_activity WITH (security_invoker = true) AS
    SELECT a.institution_id, a.contact_id, a.kind, a.source, max(a.day) AS latest_day
    FROM ${activity} a
    JOIN contacts.visible_contact v ON v.institution_id = a.institution_id AND v.id = a.contact_id
    GROUP BY a.institution_id, a.contact_id, a.kind, a.source;
`;

/** A change counts when something is TRUE after it (F70): the ledger knows, and nothing else has to be written. */
const activityOfLedger = visibleActivity(`(
  SELECT institution_id, contact_id, day, kind, source FROM marketing.activity
  UNION ALL
  SELECT c.institution_id, c.contact_id, (c.at AT TIME ZONE i.time_zone)::date, 'AUTHORIZATION', c.source
  FROM marketing.authorization_change c JOIN platform.institution i ON i.id = c.institution_id
  WHERE c.is_true > 0)`);

const audit = (module: number, table: string) => `
  SELECT institution_id, ${module} AS module, id, contact_id, at, actor, actor_kind, source, job_id,
    entity, key, field, old_value, new_value
  FROM ${table}`;

/** The audit of all modules as one, with authorizations out of this. */
const auditView = (authorizations: string) => `
  CREATE OR REPLACE VIEW privacy.audit_entry WITH (security_invoker = true) AS
    ${audit(1, "contacts.audit_contact")}
    UNION ALL
    SELECT institution_id, 2, id, contact_id, at, actor, actor_kind, source, job_id,
      'Authorization', NULL, code,
      CASE old_value WHEN true THEN 'TRUE' WHEN false THEN 'FALSE' ELSE 'EMPTY' END,
      CASE new_value WHEN true THEN 'TRUE' WHEN false THEN 'FALSE' ELSE 'EMPTY' END
    FROM ${authorizations}
    UNION ALL
    ${audit(3, "history.audit_contact")};
`;

/**
 * The ledger in one row for a change of a contact, instead of one for each code: an import of a million contacts writes a
 * third of it. Each row holds all values before and after, so that the last one is the state, and each tells whether it
 * counted as activity.
 */
export class AuthorizationChanges1763740851500 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(changes);
    await runner.query(moveToChanges);
    await runner.query(auditView("marketing.authorization_event"));
    await runner.query(`DROP TABLE marketing.authorization_entry`);
    await runner.query(activityOfLedger);
    await runner.query(`
      DELETE FROM marketing.activity WHERE kind = 'AUTHORIZATION';
      ALTER TABLE marketing.activity DROP CONSTRAINT activity_kind_check;
      ALTER TABLE marketing.activity ADD CONSTRAINT activity_kind_check CHECK (kind IN ('CLICK'));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE marketing.activity DROP CONSTRAINT activity_kind_check;
      ALTER TABLE marketing.activity ADD CONSTRAINT activity_kind_check CHECK (kind IN ('AUTHORIZATION', 'CLICK'));
      INSERT INTO marketing.activity (institution_id, contact_id, day, kind, source)
      SELECT DISTINCT c.institution_id, c.contact_id, (c.at AT TIME ZONE i.time_zone)::date, 'AUTHORIZATION', c.source
      FROM marketing.authorization_change c JOIN platform.institution i ON i.id = c.institution_id
      JOIN contacts.contact p ON p.institution_id = c.institution_id AND p.id = c.contact_id
      WHERE c.is_true > 0;
    `);
    await runner.query(visibleActivity("marketing.activity"));
    await runner.query(entries);
    await runner.query(auditView("marketing.authorization_entry"));
    await runner.query(`
      DROP VIEW marketing.authorization_event;
      DROP TABLE marketing.authorization_change;
      ALTER TABLE marketing.authorization_entry RENAME TO authorization_event;
    `);
  }
}
