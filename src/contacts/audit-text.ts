/** SQL: an instant as the audit shows it, in UTC as in RFC 3339. */
export function instantText(expression: string): string {
  return `to_char(${expression} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}
