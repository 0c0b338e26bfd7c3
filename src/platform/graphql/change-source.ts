import { registerEnumType } from "type-graphql";
import type { ChangeSource as Source } from "../database/sql.js";

/** How a change came in, as the API names it. */
export const ChangeSource: Readonly<{ [Name in Source]: Name }> = {
  OPERATOR: "OPERATOR",
  CONTACT: "CONTACT",
  API: "API",
  IMPORT: "IMPORT",
  UNDO: "UNDO",
  BATCH: "BATCH",
  INGESTION: "INGESTION",
  SAM: "SAM",
  DOUBLE_OPT_IN: "DOUBLE_OPT_IN",
  SYSTEM: "SYSTEM",
};
registerEnumType(ChangeSource, {
  name: "ChangeSource",
  description: "How a change came in.",
  valuesConfig: {
    OPERATOR: { description: "An operator made it." },
    CONTACT: { description: "The contact made it himself." },
    API: { description: "A service or a partner made it through the API." },
    IMPORT: { description: "A file was imported." },
    UNDO: { description: "An import was undone." },
    BATCH: { description: "A batch, such as anonymization." },
    INGESTION: { description: "Sales history was taken in." },
    SAM: { description: "The marketing module reported it." },
    DOUBLE_OPT_IN: { description: "The contact confirmed by a link." },
    SYSTEM: { description: "The system itself." },
  },
});
