import { registerEnumType } from "type-graphql";

export enum BounceStatus {
  NONE = "NONE",
  SOFT = "SOFT",
  HARD = "HARD",
}
registerEnumType(BounceStatus, {
  name: "BounceStatus",
  description: "What became of e-mails to the contact's address.",
  valuesConfig: {
    NONE: { description: "No bounce is known." },
    SOFT: { description: "An automatic reply came that could not be interpreted, or a temporary failure." },
    HARD: { description: "The address is invalid or does not exist." },
  },
});

const bounces = [BounceStatus.NONE, BounceStatus.SOFT, BounceStatus.HARD] as const;

/** The status behind 0, 1 or 2. */
export function bounceStatusOf(stored: number): BounceStatus {
  const status = bounces[stored];
  if (status === undefined) throw new RangeError(`no bounce status ${stored}`);
  return status;
}
