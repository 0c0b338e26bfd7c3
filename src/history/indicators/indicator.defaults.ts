import { ContactKind, IndicatorCode, IndicatorRefresh } from "./indicator.enums.js";

const { REAL_TIME, SEASON_CHANGE } = IndicatorRefresh;

/** When each indicator is refreshed as shipped (domain 3.4); the first of the refreshes that it may have. */
export const refreshesOf: Readonly<Record<IndicatorCode, readonly [IndicatorRefresh, ...IndicatorRefresh[]]>> = {
  ASSIDUITY: [REAL_TIME, SEASON_CHANGE],
  CHILDREN_PRODUCT: [REAL_TIME, SEASON_CHANGE],
  MEMBERSHIP: [REAL_TIME],
  SML: [SEASON_CHANGE, REAL_TIME],
  SEASON_TICKET_HOLDER: [REAL_TIME, SEASON_CHANGE],
  SENIORITY: [REAL_TIME],
  BALANCE: [REAL_TIME],
};

export interface Band {
  readonly mediumFrom: string;
  readonly largeFrom: string;
}

/** Bands of revenue as shipped, in the currency of the sales. */
export const shippedBands: Readonly<Record<ContactKind, Band>> = {
  COLLECTIVITY: { mediumFrom: "1000.00", largeFrom: "5000.00" },
  SEASON_TICKET_HOLDER: { mediumFrom: "400.00", largeFrom: "1200.00" },
  OTHER: { mediumFrom: "100.00", largeFrom: "400.00" },
};
