interface Period {
  readonly from: string;
  readonly to: string;
}

/** The target alone: FROM and WHERE. */
function leanMembers(institution: number, { from, to }: Period): string {
  const criterion = (code: string, value: string) => `EXISTS (
    SELECT FROM contacts.contact_criterion k
    WHERE k.institution_id = ${institution} AND k.contact_id = m.contact_id AND k.value_code = '${value}' AND k.criterion_id =
      (SELECT d.id FROM contacts.criterion d WHERE d.institution_id = ${institution} AND d.code = '${code}'))`;
  return `FROM marketing.contact_marketing m
    JOIN contacts.contact c ON c.institution_id = ${institution} AND c.id = m.contact_id
    WHERE m.institution_id = ${institution}
      AND ${criterion("INTEREST", "OPERA")} AND ${criterion("AGEGRP", "A26")}
      AND EXISTS (
        SELECT FROM history.sales_order o
        WHERE o.institution_id = ${institution} AND o.purchaser_id = m.contact_id
          AND o.operation_kind IN ('SALE', 'RESERVATION') AND o.order_state IN ('ACTIVE', 'CONFIRMED')
          AND o.ordered_at >= timestamp '${from}' AT TIME ZONE 'Europe/Zurich'
          AND o.ordered_at < (date '${to}' + 1)::timestamp AT TIME ZONE 'Europe/Zurich')`;
}

/**
 * What one would write by hand for this one question, with its values in the text, as COPY needs them: FROM and WHERE. Nobody
 * is told why he is left out, relays stand for nobody, and two with one address both stay.
 */
export function leanRecipients(institution: number, period: Period): string {
  return `${leanMembers(institution, period)} AND m.anonymized_at IS NULL AND m.has_email AND m.bounce_status < 2
    AND (m.validity_end_date IS NULL OR m.validity_end_date >= current_date)
    AND m.institution_email AND m.email IS NOT FALSE`;
}

/** How many there are for each reason, for individuals alone. */
export function leanReasons(institution: number, period: Period): string {
  return `SELECT CASE WHEN m.anonymized_at IS NOT NULL THEN 'ANONYMIZED'
      WHEN m.validity_end_date < current_date THEN 'INVALID_CONTACT' WHEN NOT m.has_email THEN 'NO_ADDRESS'
      WHEN m.bounce_status = 2 THEN 'HARD_BOUNCE'
      WHEN m.institution_email IS FALSE OR m.email IS FALSE THEN 'CONSENT_REFUSED'
      WHEN m.institution_email IS NULL THEN 'CONSENT_MISSING' ELSE 'SEND' END AS reason, count(*)::int
    ${withoutContact(leanMembers(institution, period))} GROUP BY 1`;
}

/** The same, where nothing of the contact's own row is asked for. */
export function withoutContact(recipients: string): string {
  return recipients.replace(/JOIN contacts\.contact c ON .*\n/, "\n");
}
