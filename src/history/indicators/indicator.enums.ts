import { registerEnumType } from "type-graphql";

/** In the order in which they are shown. */
export enum IndicatorCode {
  ASSIDUITY = "ASSIDUITY",
  CHILDREN_PRODUCT = "CHILDREN_PRODUCT",
  MEMBERSHIP = "MEMBERSHIP",
  SML = "SML",
  SEASON_TICKET_HOLDER = "SEASON_TICKET_HOLDER",
  SENIORITY = "SENIORITY",
  BALANCE = "BALANCE",
}

registerEnumType(IndicatorCode, {
  name: "IndicatorCode",
  description: "A classification that is worked out of a contact's history. Nobody types one in.",
  valuesConfig: {
    ASSIDUITY: {
      description: "How many different performances of the season he attends. Returned tickets do not count.",
    },
    CHILDREN_PRODUCT: {
      description:
        "Whether an order of his, a sale or reservation, has a line at a children's tariff, also when it was cancelled.",
    },
    MEMBERSHIP: { description: "Whether he holds a membership that is valid today and was not refunded." },
    SML: {
      description:
        "Small, medium or large by his revenue in the previous season, in bands for each kind of contact. Called PMG in French and Spanish.",
    },
    SEASON_TICKET_HOLDER: { description: "Whether he bought or holds a season ticket of the current season." },
    SENIORITY: { description: "Whole years since the first sale in which he had a part." },
    BALANCE: { description: "Whether something is open between him and an organization." },
  },
});

export enum IndicatorLevel {
  INACTIVE = "INACTIVE",
  OCCASIONAL = "OCCASIONAL",
  REGULAR = "REGULAR",
  CONSTANT = "CONSTANT",
  NO = "NO",
  YES = "YES",
  SMALL = "SMALL",
  MEDIUM = "MEDIUM",
  LARGE = "LARGE",
  EVEN = "EVEN",
  DEBTOR = "DEBTOR",
  CREDITOR = "CREDITOR",
  DEBTOR_AND_CREDITOR = "DEBTOR_AND_CREDITOR",
}

registerEnumType(IndicatorLevel, {
  name: "IndicatorLevel",
  description: "What the value of an indicator means.",
  valuesConfig: {
    INACTIVE: { description: "No performance of the season." },
    OCCASIONAL: { description: "One performance of the season." },
    REGULAR: { description: "Two to five performances of the season." },
    CONSTANT: { description: "Six performances of the season or more." },
    NO: { description: "He has none." },
    YES: { description: "He has one." },
    SMALL: { description: "Revenue below the medium band of his kind of contact." },
    MEDIUM: { description: "Revenue in the medium band." },
    LARGE: { description: "Revenue in the large band." },
    EVEN: { description: "Nothing is open." },
    DEBTOR: { description: "He owes an organization." },
    CREDITOR: { description: "An organization owes him." },
    DEBTOR_AND_CREDITOR: { description: "He owes one organization, and another owes him. Nothing is netted." },
  },
});

export enum IndicatorRefresh {
  REAL_TIME = "REAL_TIME",
  SEASON_CHANGE = "SEASON_CHANGE",
}

registerEnumType(IndicatorRefresh, {
  name: "IndicatorRefresh",
  description: "When what happens in an organization counts for an indicator.",
  valuesConfig: {
    REAL_TIME: { description: "At once." },
    SEASON_CHANGE: {
      description:
        "From the next season on: orders of the current season do not count yet, and assiduity is that of the previous season.",
    },
  },
});

export enum ContactKind {
  COLLECTIVITY = "COLLECTIVITY",
  SEASON_TICKET_HOLDER = "SEASON_TICKET_HOLDER",
  OTHER = "OTHER",
}

registerEnumType(ContactKind, {
  name: "IndicatorContactKind",
  description: "A kind of contact that has bands of revenue of its own.",
  valuesConfig: {
    COLLECTIVITY: { description: "A structure." },
    SEASON_TICKET_HOLDER: { description: "An individual with a season ticket of the current season." },
    OTHER: { description: "Any other individual." },
  },
});

export enum IndicatorRunStatus {
  QUEUED = "QUEUED",
  RUNNING = "RUNNING",
  DONE = "DONE",
  FAILED = "FAILED",
  CANCELLED = "CANCELLED",
}

registerEnumType(IndicatorRunStatus, {
  name: "IndicatorRunStatus",
  description: "Where a recomputation of indicators stands.",
  valuesConfig: {
    QUEUED: { description: "It waits for a worker." },
    RUNNING: { description: "It is going on." },
    DONE: { description: "It has been through everybody." },
    FAILED: { description: "It could not go on. Ask for another one." },
    CANCELLED: { description: "Somebody ended it. What was written until then is right." },
  },
});

export enum IndicatorRunReason {
  REQUEST = "REQUEST",
  DAY = "DAY",
  SETTING = "SETTING",
  SEASON = "SEASON",
}

registerEnumType(IndicatorRunReason, {
  name: "IndicatorRunReason",
  description: "Why the indicators of everybody are worked out again.",
  valuesConfig: {
    REQUEST: { description: "Somebody asked for it." },
    DAY: { description: "A new day: memberships and seasons begin and end." },
    SETTING: { description: "A setting was changed." },
    SEASON: { description: "A season was delivered or changed." },
  },
});
