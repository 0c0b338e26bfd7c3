import { registerEnumType } from "type-graphql";

export enum CriterionKind {
  LIST = "LIST",
  MULTI_LIST = "MULTI_LIST",
  YES_NO = "YES_NO",
  FREE_TEXT = "FREE_TEXT",
}
registerEnumType(CriterionKind, {
  name: "CriterionKind",
  description: "What a criterion takes. Never changes once it is defined.",
  valuesConfig: {
    LIST: { description: "One of the values that are defined for it." },
    MULTI_LIST: { description: "Any number of the values that are defined for it, in no order." },
    YES_NO: { description: "Yes or no." },
    FREE_TEXT: { description: "A text of up to 2000 characters. Contacts cannot be searched or targeted by it." },
  },
});

export enum CriterionApplicability {
  INDIVIDUAL = "INDIVIDUAL",
  STRUCTURE = "STRUCTURE",
  BOTH = "BOTH",
}
registerEnumType(CriterionApplicability, {
  name: "CriterionApplicability",
  description: "Which contacts a criterion is for.",
  valuesConfig: {
    INDIVIDUAL: { description: "Individuals only." },
    STRUCTURE: { description: "Structures only." },
    BOTH: { description: "Individuals and structures." },
  },
});
