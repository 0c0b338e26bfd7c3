import { registerEnumType } from "type-graphql";

export enum CampaignType {
  PURCHASE_INFORMATION = "PURCHASE_INFORMATION",
  INVITATION = "INVITATION",
  NEWSLETTER = "NEWSLETTER",
  PROMOTION = "PROMOTION",
  OTHER = "OTHER",
}
registerEnumType(CampaignType, {
  name: "CampaignType",
  description: "What a campaign is for. It stays once the campaign was previewed.",
  valuesConfig: {
    PURCHASE_INFORMATION: {
      description:
        "Information directly related to a purchase or reservation of the contact, such as a change of the date: the one type that no refusal holds back.",
    },
    INVITATION: { description: "An invitation." },
    NEWSLETTER: { description: "A newsletter." },
    PROMOTION: { description: "An offer." },
    OTHER: { description: "Something else that needs the contact's consent." },
  },
});

export enum CampaignChannel {
  EMAIL = "EMAIL",
  SMS = "SMS",
  LETTER = "LETTER",
  PHONE = "PHONE",
  ADVANTAGE = "ADVANTAGE",
  WEB_LINK = "WEB_LINK",
}
registerEnumType(CampaignChannel, {
  name: "CampaignChannel",
  description: "The way that a campaign takes to its contacts.",
  valuesConfig: {
    EMAIL: { description: "E-mail, to each address once." },
    SMS: { description: "SMS or MMS." },
    LETTER: { description: "By post." },
    PHONE: { description: "Telephone calls." },
    ADVANTAGE: { description: "An advantage put on the contact's account. No message, and so no consent is asked." },
    WEB_LINK: { description: "A link shown on the web. No message, and so no consent is asked." },
  },
});

export enum CampaignState {
  DRAFT = "DRAFT",
  PREVIEWED = "PREVIEWED",
  SCHEDULED = "SCHEDULED",
  RUNNING = "RUNNING",
  SENT = "SENT",
  CANCELLED = "CANCELLED",
  FAILED = "FAILED",
}
registerEnumType(CampaignState, {
  name: "CampaignState",
  description: "Where a campaign stands.",
  valuesConfig: {
    DRAFT: { description: "Being made, or changed since its preview." },
    PREVIEWED: { description: "Its audience was looked at as it stands. Its type does not change any more." },
    SCHEDULED: { description: "Runs when its time has come." },
    RUNNING: { description: "Is being sent, or waits for a worker to send it." },
    SENT: { description: "Everybody was dealt with." },
    CANCELLED: { description: "Was ended by a caller. What was sent until then stays sent." },
    FAILED: {
      description: "Could not go on: see `run.failure`. Run again, it goes on with those whom it has not dealt with.",
    },
  },
});
