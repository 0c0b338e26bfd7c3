import { encodeId } from "../../src/platform/graphql/opaque-id.js";

/** By the input type (or the query) and its field, what is accepted where the other fields have their first values. */
export const likelyValues: Readonly<Record<string, unknown>> = {
  "UpdateInteractionInput.id": encodeId("Interaction", "11"),
  // who has no account takes a login that a stranger has on one side
  "CreateInternetAccountInput.contactId": encodeId("Contact", "20"),
  "CreateInternetAccountInput.login": "hidden@example.org",
  "SetLegalNoticeInput.code": "FREE_TEXT_CONTENT",
  "SetOrderRemarkInput.orderId": encodeId("Order", "1"),
  "SetOrderRemarkInput.version": 0,
  "ExportAudienceInput.campaignId": encodeId("Campaign", "3"),
  "CreateTargetInput.filter": { condition: { field: "contact.language", operator: "IS_ANY_OF", values: ["fr"] } },
  "targetDiff.targetId": encodeId("Target", "1"),
  "audienceExplain.campaignId": encodeId("Campaign", "1"),
  "audienceExplain.contactId": encodeId("Contact", "11"),
  "campaignManifest.campaignId": encodeId("Campaign", "4"),
  "AddToCampaignInput.campaignId": encodeId("Campaign", "1"),
  // those that nobody runs or cancels before
  "RemoveFromCampaignInput.campaignId": encodeId("Campaign", "6"),
  "UpdateCampaignInput.id": encodeId("Campaign", "6"),
  "ScheduleCampaignInput.id": encodeId("Campaign", "5"),
  "PreviewCampaignInput.id": encodeId("Campaign", "1"),
  "RunCampaignInput.id": encodeId("Campaign", "1"),
  "targetDiff.filter": { condition: { field: "contact.language", operator: "IS_ANY_OF", values: ["de"] } },
};
