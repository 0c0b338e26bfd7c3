import { registerEnumType } from "type-graphql";

/** How confidential a contact is, and how far a caller may see. Ordered: FREE < RESTRICTED < CONFIDENTIAL. */
export enum ConfidentialityLevel {
  FREE = "FREE",
  RESTRICTED = "RESTRICTED",
  CONFIDENTIAL = "CONFIDENTIAL",
}

registerEnumType(ConfidentialityLevel, {
  name: "ConfidentialityLevel",
  description:
    "How confidential a contact or a field is, and how far an operator may see: FREE < RESTRICTED < CONFIDENTIAL.",
  valuesConfig: {
    FREE: { description: "Open to every caller. The level of all new contacts." },
    RESTRICTED: { description: "Only for callers cleared for RESTRICTED or CONFIDENTIAL." },
    CONFIDENTIAL: { description: "Only for callers cleared for CONFIDENTIAL." },
  },
});

/** A level as the database keeps it. A number, because as text CONFIDENTIAL would sort below FREE. */
export type Clearance = 0 | 1 | 2;

const levels = [ConfidentialityLevel.FREE, ConfidentialityLevel.RESTRICTED, ConfidentialityLevel.CONFIDENTIAL] as const;

/** 0, 1 or 2 for FREE, RESTRICTED or CONFIDENTIAL. */
export function clearanceOf(level: ConfidentialityLevel): Clearance {
  return levels.indexOf(level) as Clearance;
}

/** The level behind 0, 1 or 2. */
export function levelOf(clearance: number): ConfidentialityLevel {
  const level = levels[clearance];
  if (level === undefined) throw new RangeError(`no confidentiality level ${clearance}`);
  return level;
}

/** The lower of two. */
export function lowerClearance(a: Clearance, b: Clearance): Clearance {
  return a < b ? a : b;
}
