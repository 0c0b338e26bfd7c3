import { registerEnumType } from "type-graphql";

/** What a report lists; records that were taken are only counted. */
export enum IngestedOutcome {
  STALE = "STALE",
  ERROR = "ERROR",
}
registerEnumType(IngestedOutcome, {
  name: "IngestedOutcome",
  description: "What became of a record that was not taken.",
  valuesConfig: {
    STALE: { description: "A newer version of it was there, or came with it. Nothing is to be done." },
    ERROR: { description: "Nothing of it was written; its problems say why. Mend it and deliver it again." },
  },
});
