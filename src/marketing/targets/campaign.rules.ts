import { TargetFieldKind as Kind } from "./target.enums.js";
import { operatorsOfSeveral, type RowSource, rule, type TargetRule } from "./target.rules.js";

/** What was sent: not what waits, or could not be sent. */
const wasSent = "x.state NOT IN ('QUEUED', 'FAILED')";
const shipment = (column: string): RowSource => ({ from: "history.visible_shipment x", column, where: wasSent });

/** Only of campaigns that exist for who asks. */
const ofVisibleCampaigns = "JOIN marketing.visible_campaign y ON y.institution_id = $1 AND y.id =";

const shipments = ["Contact.shipments", "Shipment.state"];
const several = { operators: operatorsOfSeveral };
const campaigns = { ...several, idOf: "Campaign", kind: Kind.CODE };

/** What targets ask of campaigns, of what was sent, and of links that were followed. */
export const campaignRules: readonly TargetRule[] = [
  rule(
    "campaign.received",
    ["Received the campaign", "A reçu la campagne", "Recibió la campaña"],
    [...shipments, "Shipment.campaign"],
    {
      from: `history.visible_shipment x ${ofVisibleCampaigns} x.campaign_id`,
      column: "x.campaign_id",
      where: wasSent,
    },
    campaigns,
  ),
  rule(
    "campaign.clicked",
    ["Followed a link of the campaign", "A suivi un lien de la campagne", "Siguió un enlace de la campaña"],
    [...shipments, "Shipment.campaign", "Shipment.responseCode"],
    {
      from: `history.visible_shipment s ${ofVisibleCampaigns} s.campaign_id
        JOIN marketing.report_event x ON x.institution_id = $1 AND x.shipment_id = s.shipment_id AND x.kind = 'CLICK'`,
      column: "s.campaign_id",
      where: "s.institution_id = $1",
    },
    campaigns,
  ),
  rule(
    "shipment.kind",
    ["Was sent", "A reçu un envoi du type", "Se le envió"],
    [...shipments, "Shipment.kind"],
    shipment("x.shipment_kind"),
    {
      values: [
        ...["CAMPAIGN", "PURCHASE_INFORMATION", "QUOTATION", "INVOICE", "TICKETS", "REMINDER", "PRIVACY_INFORMATION"],
        "OTHER",
      ],
      ...several,
    },
  ),
  rule(
    "shipment.channel",
    ["Was sent something by", "A reçu un envoi par", "Se le envió algo por"],
    [...shipments, "Shipment.channel"],
    shipment("x.channel"),
    { values: ["EMAIL", "SMS", "LETTER", "PHONE", "ADVANTAGE", "WEB_LINK"], ...several },
  ),
  rule(
    "shipment.day",
    ["Was sent something on", "A reçu un envoi le", "Se le envió algo el"],
    [...shipments, "Shipment.sentAt"],
    shipment("x.sent_on"),
    { kind: Kind.DATE },
  ),
];
