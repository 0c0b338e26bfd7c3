import type { Sql } from "../../platform/database/sql.js";
import { selectInstitutionCountry } from "../institution.sql.js";
import { phoneKey } from "./phone-key.js";

interface Numbers {
  readonly phone?: string | null;
  readonly mobile?: string | null;
}

/** The values with the keys (by column) of the telephone numbers among them. */
export async function withPhoneKeys<Values extends Numbers>(db: Sql, values: Values): Promise<Values> {
  const { phone, mobile } = values;
  if (phone === undefined && mobile === undefined) return values;
  const country = phone || mobile ? await selectInstitutionCountry(db) : "";
  const keyOf = (number: string | null) => (number ? phoneKey(number, country) : null);
  return {
    ...values,
    ...(phone === undefined ? {} : { phone_key: keyOf(phone) }),
    ...(mobile === undefined ? {} : { mobile_key: keyOf(mobile) }),
  };
}

const names = (source: string, prefix: string) =>
  ["first_name", "last_name", "structure_name"].map((column) => `${source}.${prefix}${column}`).join(", ");

/**
 * Part of the statement that makes contacts: the words of their names. `$1` is the institution.
 * @param source the part that made them, with `id`, `first_name`, `last_name` and `structure_name`
 * @param prefix of those three
 */
export function insertWords(source: string, prefix = ""): string {
  return `words AS (
    INSERT INTO contacts.contact_word (institution_id, contact_id, word)
    SELECT $1, ${source}.id, word FROM ${source}
    CROSS JOIN LATERAL contacts.name_words(${names(source, prefix)}) AS word)`;
}

/** Part of the statement that changes contacts: the words that their names lost and won. */
export function updateWords(source: string): string {
  const isRenamed = `(${names(source, "old_")}) IS DISTINCT FROM (${names(source, "new_")})`;
  const current = `SELECT word FROM contacts.name_words(${names(source, "new_")}) AS word`;
  return `lost_words AS (
    DELETE FROM contacts.contact_word w USING ${source}
    WHERE w.institution_id = $1 AND w.contact_id = ${source}.id AND ${isRenamed} AND w.word NOT IN (${current})),
  won_words AS (
    INSERT INTO contacts.contact_word (institution_id, contact_id, word)
    SELECT $1, ${source}.id, won.word FROM ${source} CROSS JOIN LATERAL (${current}) won
    WHERE ${isRenamed}
    ON CONFLICT DO NOTHING)`;
}
