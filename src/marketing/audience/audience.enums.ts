import { registerEnumType } from "type-graphql";

export enum AudienceOutcome {
  SEND = "SEND",
  EXCLUDED = "EXCLUDED",
  ANONYMIZED = "ANONYMIZED",
  INVALID_CONTACT = "INVALID_CONTACT",
  NO_ADDRESS = "NO_ADDRESS",
  HARD_BOUNCE = "HARD_BOUNCE",
  CONSENT_REFUSED = "CONSENT_REFUSED",
  CONSENT_MISSING = "CONSENT_MISSING",
  DUPLICATE_EMAIL = "DUPLICATE_EMAIL",
}
registerEnumType(AudienceOutcome, {
  name: "AudienceOutcome",
  description:
    "What becomes of a contact of a campaign's audience: of several reasons not to send, the first one as listed.",
  valuesConfig: {
    SEND: { description: "He receives it." },
    EXCLUDED: { description: "Whatever the reason. Only to ask with: answers name the reason." },
    ANONYMIZED: { description: "He is anonymized." },
    INVALID_CONTACT: { description: "His validity has ended." },
    NO_ADDRESS: {
      description: "He has no address for the channel; of a structure, it has no primary relay, or that has none.",
    },
    HARD_BOUNCE: { description: "E-mails to his address bounce for good." },
    CONSENT_REFUSED: { description: "He refused." },
    CONSENT_MISSING: { description: "He neither agreed nor refused." },
    DUPLICATE_EMAIL: { description: "Another contact with his e-mail address receives it." },
  },
});

/** What a contact can come to. */
export type Outcome = `${Exclude<AudienceOutcome, AudienceOutcome.EXCLUDED>}`;

const outcomes = Object.values(AudienceOutcome).filter((each) => each !== AudienceOutcome.EXCLUDED);

/** What is meant by an outcome that is asked for; null: any. */
export function outcomesOf(asked: AudienceOutcome | null): readonly Outcome[] {
  if (asked === null) return outcomes;
  if (asked !== AudienceOutcome.EXCLUDED) return [asked];
  return outcomes.filter((each) => each !== AudienceOutcome.SEND);
}
