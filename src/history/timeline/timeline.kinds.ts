/** What an entry of a timeline is. */
export enum TimelineKind {
  ORDER = "ORDER",
  ATTENDANCE = "ATTENDANCE",
  PAYMENT = "PAYMENT",
  WAITING_LIST = "WAITING_LIST",
  MEMBERSHIP = "MEMBERSHIP",
  ADVANTAGE = "ADVANTAGE",
}
