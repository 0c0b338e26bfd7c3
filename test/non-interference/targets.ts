import type { Row, Rows } from "./rows.js";
import type { Side } from "./world.js";

const at = "2026-01-15T10:00:00Z";

interface View {
  readonly side: Side;
  isHere(contactId: number): boolean;
  /** Whether no caller is cleared for CONFIDENTIAL. */
  readonly isConfidentialHidden: boolean;
  readonly ownerClaims: Row | null;
}

/** A question for everybody, a list with everybody on it, and a question by somebody who sees everything. */
export function targetsOf({ side, isHere, isConfidentialHidden, ownerClaims }: View): Rows {
  const common: Row = {
    owner: "somebody",
    owner_kind: "OPERATOR",
    owner_claims: {},
    version: 1,
    created_at: at,
    updated_at: at,
  };
  const filter = { condition: { field: "contact.language", operator: "IS_ANY_OF", values: ["fr"] } };
  const isElse = side === "B" && isConfidentialHidden;
  const static_ = { target_kind: "STATIC", filter: null, clearance: 0, taken_at: at };
  return [
    [
      "marketing.target",
      [
        { ...common, id: 1, name: "French", target_kind: "DYNAMIC", filter, clearance: 0, taken_at: null },
        { ...common, ...static_, id: 2, name: "Everybody" },
        {
          ...{ ...common, id: 3, name: isElse ? "else" : "Secret", target_kind: "DYNAMIC", filter, clearance: 2 },
          taken_at: null,
        },
      ],
    ],
    [
      "marketing.target_member",
      [11, 12, 17, 102, 103].filter(isHere).map((contact_id) => ({ target_id: 2, contact_id })),
    ],
    ["marketing.target_share", [{ target_id: 1, login: "free.partner" }]],
    ...campaignsOf({ isHere, isElse, ownerClaims }),
  ];
}

interface CampaignView extends Pick<View, "isHere" | "ownerClaims"> {
  readonly isElse: boolean;
}

/** One with people added by hand, one of somebody who sees everything, and one for everybody that asks for consent. */
function campaignsOf({ isHere, isElse, ownerClaims }: CampaignView): Rows {
  const common: Row = {
    ...{ owner: "somebody", owner_kind: "OPERATOR", version: 1, created_at: at, updated_at: at },
    owner_claims: ownerClaims ?? {},
    ...{ campaign_type: "PURCHASE_INFORMATION", channel: "EMAIL", organization: "OPERA", state: "DRAFT" },
  };
  return [
    [
      "marketing.campaign",
      [
        { ...common, id: 1, name: "Moved", clearance: 0 },
        { ...common, id: 2, name: isElse ? "else" : "Secret", clearance: 2 },
        { ...common, id: 3, name: "Season", clearance: 0, campaign_type: "NEWSLETTER" },
        { ...common, id: 4, name: "Sent", clearance: 0, campaign_type: "NEWSLETTER", state: "SENT" },
        // for changes that are refused once a campaign was run, or is scheduled: see likely-values.ts
        { ...common, id: 5, name: "To schedule", clearance: 0, campaign_type: "NEWSLETTER" },
        { ...common, id: 6, name: "To change", clearance: 0, campaign_type: "NEWSLETTER" },
      ],
    ],
    ...runOf(ownerClaims),
    [
      "marketing.campaign_target",
      [
        { campaign_id: 3, target_id: 2 },
        { campaign_id: 1, target_id: 1 },
        { campaign_id: 2, target_id: isElse ? 2 : 3 },
      ],
    ],
    ["marketing.campaign_subject", [1, 3].map((subject_id) => ({ campaign_id: 1, subject_kind: "ORDER", subject_id }))],
    [
      "marketing.audience_export",
      ownerClaims === null
        ? []
        : [
            {
              ...{ id: 1, campaign_id: 3, status: "FAILED", clearance: 0, requested_by: ownerClaims.subject },
              ...{ requested_by_kind: "OPERATOR", claims: {}, notice_version: 1, fence: 1, vain_runs: 0, processed: 0 },
              ...{ failure_code: "EXPORT_INTERRUPTED", requested_at: at, finished_at: at },
            },
          ],
    ],
    [
      "marketing.campaign_addition",
      [1, 6].flatMap((campaign_id) =>
        [11, 17, 102, 103].filter(isHere).map((contact_id) => ({ campaign_id, contact_id, added_at: at })),
      ),
    ],
  ];
}

/** To whom it was sent, also to people who were raised above everybody since: they are there, or were erased. */
function runOf(ownerClaims: Row | null): Rows {
  const counts = { SEND: 3, CONSENT_REFUSED: 1 };
  const run: Row = {
    ...{ id: 1, campaign_id: 4, status: "DONE", started_by: "somebody", claims: ownerClaims ?? {}, fence: 1 },
    ...{ requested_at: at, started_at: at, evaluated_at: at, evaluated_counts: counts, total: 4, processed: 4 },
    ...{ counts, chunks: 1, finished_at: at, root_hash: "\\x01", seal: "\\x02" },
  };
  const outcomes = { 11: "SEND", 17: "CONSENT_REFUSED", 102: "SEND", 103: "SEND" };
  return [
    ["marketing.campaign_run", [run]],
    [
      "marketing.campaign_manifest_row",
      Object.entries(outcomes).map(([contact_id, outcome], index) => ({
        ...{ run_id: 1, position: index + 1, contact_id, recipient_id: contact_id, outcome },
        ...{ salt: "\\x01", hash: "\\x02" },
      })),
    ],
    [
      "marketing.campaign_manifest_chunk",
      [{ run_id: 1, chunk: 1, first_position: 1, last_position: 4, at, hash: "\\x03" }],
    ],
  ];
}
