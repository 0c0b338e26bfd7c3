import { GraphQLError, GraphQLScalarType, Kind } from "graphql";
import { GraphQLDateTimeISO } from "graphql-scalars";

const dayPattern = /^(\d{4})-(\d{2})-(\d{2})$/;

/** True for a day that exists, written YYYY-MM-DD. */
export function isDay(text: string): boolean {
  const match = dayPattern.exec(text);
  if (!match) return false;
  const [year, month, day] = match.slice(1).map(Number) as [number, number, number];
  const date = new Date(Date.UTC(year, month - 1, day));
  return year > 0 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

function parseDay(value: unknown): string {
  if (typeof value === "string" && isDay(value)) return value;
  throw new GraphQLError("A Date is a day that exists, written YYYY-MM-DD.", {
    extensions: { code: "BAD_USER_INPUT" },
  });
}

export const DateScalar = new GraphQLScalarType<string, string>({
  name: "Date",
  description: "A calendar day, written YYYY-MM-DD, in the time zone of the institution.",
  serialize: (value) => value as string,
  parseValue: parseDay,
  parseLiteral: (node) => parseDay(node.kind === Kind.STRING ? node.value : null),
});

const instant = GraphQLDateTimeISO.toConfig();

/** The library's messages repeat the value. Its years have no bounds, but PostgreSQL and RFC 3339 know four digits of them. */
function parseInstant<Argument>(parse: (argument: Argument) => Date, argument: Argument): Date {
  const date = parsedBy(parse, argument);
  const year = date?.getUTCFullYear() ?? 0;
  if (date && year >= 1 && year <= 9999) return date;
  throw new GraphQLError("A DateTime is an instant such as 2026-01-31T12:00:00Z.", {
    extensions: { code: "BAD_USER_INPUT" },
  });
}

function parsedBy<Argument>(parse: (argument: Argument) => Date, argument: Argument): Date | null {
  try {
    return parse(argument);
  } catch {
    return null;
  }
}

export const DateTimeScalar = new GraphQLScalarType<Date, string>({
  ...instant,
  name: "DateTime",
  description: "An instant, written as in RFC 3339, in UTC.",
  parseValue: (value) => parseInstant(instant.parseValue, value),
  parseLiteral: (node) => parseInstant(instant.parseLiteral, node),
});

export const DecimalScalar = new GraphQLScalarType<string, string>({
  name: "Decimal",
  description: 'An exact decimal number, written as text with a point, such as "120.50". Amounts keep their decimals.',
  serialize: (value) => String(value),
  parseValue(value) {
    if (typeof value === "string" && /^-?\d{1,15}(\.\d{1,6})?$/.test(value)) return value;
    throw new GraphQLError('A Decimal is text such as "120.50".', { extensions: { code: "BAD_USER_INPUT" } });
  },
});
