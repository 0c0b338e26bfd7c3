import { registerEnumType } from "type-graphql";

export enum TargetKind {
  DYNAMIC = "DYNAMIC",
  STATIC = "STATIC",
}

registerEnumType(TargetKind, {
  name: "TargetKind",
  description: "Whether a target is a question or an answer.",
  valuesConfig: {
    DYNAMIC: { description: "A filter, asked again each time." },
    STATIC: { description: "A list: the contacts of the moment when it was taken." },
  },
});

export enum TargetFieldKind {
  TEXT = "TEXT",
  CODE = "CODE",
  BOOLEAN = "BOOLEAN",
  NUMBER = "NUMBER",
  DATE = "DATE",
}

registerEnumType(TargetFieldKind, {
  name: "TargetFieldKind",
  description: "What the values of a condition look like.",
  valuesConfig: {
    TEXT: { description: "Text; case and accents do not matter in names and towns." },
    CODE: { description: "One of the field's `values`, in exact case; any code where it lists none." },
    BOOLEAN: { description: "TRUE or FALSE." },
    NUMBER: { description: "A decimal number with a point, such as 12 or 99.50." },
    DATE: { description: "A day, YYYY-MM-DD; a number of days for the operators that count days." },
  },
});

export enum TargetOperator {
  IS_ANY_OF = "IS_ANY_OF",
  IS_ALL_OF = "IS_ALL_OF",
  IS_NONE_OF = "IS_NONE_OF",
  STARTS_WITH = "STARTS_WITH",
  AT_LEAST = "AT_LEAST",
  AT_MOST = "AT_MOST",
  BETWEEN = "BETWEEN",
  WITHIN_LAST_DAYS = "WITHIN_LAST_DAYS",
  WITHIN_NEXT_DAYS = "WITHIN_NEXT_DAYS",
  IS_SET = "IS_SET",
  IS_NOT_SET = "IS_NOT_SET",
}

registerEnumType(TargetOperator, {
  name: "TargetOperator",
  description: "How a condition compares.",
  valuesConfig: {
    IS_ANY_OF: { description: "At least one of the values." },
    IS_ALL_OF: { description: "Each of the values, for fields of which a contact may have several." },
    IS_NONE_OF: { description: "None of the values; also met by a contact without any." },
    STARTS_WITH: { description: "Begins with one of the values." },
    AT_LEAST: { description: "The value or more; of days, that day or later." },
    AT_MOST: { description: "The value or less; of days, that day or earlier." },
    BETWEEN: { description: "From the first value to the second, both included." },
    WITHIN_LAST_DAYS: { description: "From so many days ago to today." },
    WITHIN_NEXT_DAYS: { description: "From today to so many days ahead." },
    IS_SET: { description: "There is a value." },
    IS_NOT_SET: { description: "There is none." },
  },
});

export enum TargetScopeKind {
  PURCHASE = "PURCHASE",
  ATTENDANCE = "ATTENDANCE",
}

registerEnumType(TargetScopeKind, {
  name: "TargetScopeKind",
  description: "What the `scope` of a condition narrows.",
  valuesConfig: {
    PURCHASE: { description: "The lines of orders that count, by the day of the order." },
    ATTENDANCE: { description: "The tickets that count, by the day of what they are for." },
  },
});
