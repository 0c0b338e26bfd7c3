import type { Calendar } from "./demo-calendar.js";
import { ids } from "./demo-people.js";

/** The operator of marketing, whose they are: his rights as a token says them. */
const owner = "op-1023";
const claims = {
  ...{ subject: owner, kind: "OPERATOR", institution: "demo", organizations: ["OPERA", "MUSEUM"], clearance: 1 },
  ...{ roles: ["MARKETING"], permissions: [] },
};

/** Targets and campaigns to be tried: a newsletter, information on a purchase with somebody added by hand, and what a partner has. */
export function campaignRows(calendar: Calendar): Readonly<Record<string, readonly object[]>> {
  const made = (day: number) => ({
    ...{ owner, owner_kind: "OPERATOR", owner_claims: claims, clearance: 1 },
    ...{ created_at: calendar.instant(day, "09:00"), updated_at: calendar.instant(day, "09:00") },
  });
  const filter = (field: string, values: readonly string[]) => ({
    condition: { field, operator: "IS_ANY_OF", values },
  });
  return {
    "marketing.target": [
      { ...made(-9), id: 1, name: "Francophones", target_kind: "DYNAMIC", filter: filter("contact.language", ["fr"]) },
      { ...made(-8), id: 2, name: "Schools", target_kind: "DYNAMIC", filter: filter("contact.type", ["STRUCTURE"]) },
      {
        ...{ ...made(-7), id: 3, name: "Museum friends", target_kind: "DYNAMIC", clearance: 0 },
        filter: filter("contact.language", ["fr"]),
      },
    ],
    "marketing.target_share": [{ target_id: 3, login: "pa-3001" }],
    "marketing.campaign": [
      {
        ...{ ...made(-5), id: 1, name: "La saison prochaine", subject: "Découvrez la nouvelle saison" },
        ...{ campaign_type: "NEWSLETTER", channel: "EMAIL", organization: "OPERA" },
      },
      {
        ...{ ...made(-2), id: 2, name: "Visite déplacée", subject: "Votre visite commence à 14 h 30" },
        ...{ campaign_type: "PURCHASE_INFORMATION", channel: "EMAIL", organization: "MUSEUM" },
      },
    ],
    "marketing.campaign_target": [
      { campaign_id: 1, target_id: 1 },
      { campaign_id: 2, target_id: 2 },
    ],
    "marketing.campaign_addition": [
      { campaign_id: 2, contact_id: ids.camille, added_at: calendar.instant(-2, "09:05") },
    ],
    "marketing.audit_campaign_addition": [
      {
        ...{ contact_id: ids.camille, campaign_id: 2, was_added: false, is_added: true, actor: owner },
        ...{ actor_kind: "OPERATOR", source: "OPERATOR", at: calendar.instant(-2, "09:05") },
      },
    ],
  };
}
