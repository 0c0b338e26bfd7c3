/** The operations that clients written elsewhere use (domain section 8). These names are kept. */
export const promisedQueries = [
  ["viewer", "node", "contact", "contactByNumber", "searchContacts", "possibleDuplicates", "contactFileMenu"],
  ["criteria", "criterionValues", "purchaseEligibility", "loginEligibility", "legalNotice", "pointOfSale"],
  ["importJob", "importJobs", "importTemplate"],
  ["target", "targets", "targetFields", "previewTarget", "targetDiff", "campaign", "campaigns", "audience"],
  ["audienceExplain", "contactsByPlace"],
  ["contactAudit", "accessLog", "anonymizationRun", "anonymizationRuns", "operators", "institutionSettings"],
].flat();

export const promisedMutations = [
  ["createContact", "updateContact", "setConfidentialityLevel", "setValidityEndDate", "blockContact", "unblockContact"],
  ["setAddress", "removeAddress", "setCriteria", "addNote", "updateNote", "removeNote", "addPreferredSeat"],
  ["removePreferredSeat", "addConnection", "removeConnection", "addPaymentAlias", "removePaymentAlias"],
  ["createInternetAccount", "disableInternetAccount", "createContactOnBehalf", "defineCriterion"],
  ["defineCriterionValue", "generateImportTemplate", "startImport", "cancelImport", "undoImport"],
  ["setAuthorizations", "createTarget", "updateTarget", "snapshotTarget", "createCampaign", "addToCampaign"],
  ["previewCampaign", "runCampaign", "exportAudience", "reportDeliveries", "reportBounces", "reportClicks"],
  ["reportUnsubscribes", "clearBounce"],
  ["ingestHistory", "startIngest", "setOrderRemark", "addInteraction", "updateInteraction", "recomputeIndicators"],
  ["simulateAnonymization", "runAnonymization", "scheduleAnonymization", "anonymizeContact", "setRetentionHold"],
  ["exportSubject", "createOperator", "setOperatorRights", "anonymizeOperatorNames", "setInstitutionSettings"],
  ["setFieldLevel"],
].flat();

export const promisedSubscriptions = ["importJobProgress"];

/** Fields of Contact that the domain names for the subgraphs beside contacts. */
export const promisedContactFields = [
  ["authorizations", "bounceStatus", "campaigns", "consentAsOf"],
  ["purchaseHistory", "culturalHistory", "financialHistory", "shipments", "interactions", "timeline", "indicators"],
  ["gdprRecency", "gdprRecencyMonth"],
].flat();

/** Operations beside those of the domain, and what they are for. A misspelt name of the domain does not belong here. */
export const furtherOperations: Readonly<Record<string, string>> = {
  setPrimaryRelay: "chooses among a structure's relays (F33)",
  setRoles: "gives the roles that need no connection",
  changeRole: "named in domain 3.1",
  contactsByIdentityDocument: "finds banned persons, with a permission of its own (F10)",
  setIdentityDocument: "writes what updateContact must not, with a permission of its own (F10)",
  pointsOfSale: "lists what pointOfSale shows one of",
  setPointOfSale: "defines what pointOfSale shows (F61)",
  setSeatBlock: "tells which seats there are, so that others are shown as stale (F23)",
  roles: "shows the administrator which bundles of permissions there are to give",
  setRole: "changes them: institutions that exist get new permissions by it",
  updateOperator: "names editable, the login never (F66, F67)",
  publishWording: "gives a text that persons agree to, so that the ledger can name it",
  authorizationWordings: "shows the texts in force, which forms show",
  authorizationWording: "shows a text that the ledger names, also after another one has replaced it",
  requestDoubleOptIn: "asks a contact by mail, because an agreement counts only once he has confirmed it (3.5)",
  consentReceipt: "what a contact has said, for machines and for keeping",
  cancelIngest: "ends what startIngest began",
  ingestJob: "shows what became of a delivery of histories",
  audienceExport: "shows how far an export is, and where its file can be fetched",
  audienceExports: "lists what audienceExport shows one of",
  ingestJobs: "lists what ingestJob shows one of",
  indicatorSettings: "shows what setIndicatorSetting and setIndicatorBand set",
  setIndicatorSetting: "domain 3.4: active and refreshed for each organization",
  setIndicatorBand: "domain 3.4: the bands of SML",
  importTemplates: "lists what importTemplate shows one of, for the import screen (F83)",
  indicatorRun: "shows how far recomputeIndicators has come",
  cancelIndicatorRun: "ends what recomputeIndicators has begun",
  updateCampaign: "changes what createCampaign has made, before it is run",
  batchTypes: "shows what ensureBatchType made",
  ensureBatchType: "the batch type has to be there before it is scheduled (F57)",
  anonymizationSchedules: "lists what scheduleAnonymization made",
  removeAnonymizationSchedule: "ends what scheduleAnonymization began",
  cancelAnonymizationRun: "ends what simulateAnonymization or runAnonymization began",
  removeFromCampaign: "takes out again whom addToCampaign has added (F11)",
  scheduleCampaign: "has a campaign run at a time, without anybody pressing the button",
  cancelCampaign: "ends what runCampaign or scheduleCampaign has begun",
  campaignManifest: "shows the sealed manifest of a run, and checks it",
  erasureCertificate: "shows what was erased and what was found of it later (design 6)",
  erasureCertificates: "lists what erasureCertificate shows one of, those of erasures by hand as well",
  exportErasureCertificate: "takes a certificate out, to be kept where nobody can change it",
  retentionHolds: "lists what setRetentionHold set (D-12)",
  subjectExport: "shows how far exportSubject is, and where its file is fetched",
  subjectExports: "lists what subjectExport shows one of",
  setLegalNotice: "gives a notice that the law asks for another wording, in three languages (issue 6)",
  legalNotices: "shows the administrator what setLegalNotice sets",
  aliasRemovals: "tells a service which aliases providers are to delete after erasures (4.5)",
  acknowledgeAliasRemovals: "says that they have",
  exportContactsByPlace: "exports contactsByPlace as a file, with the notice of F65",
  fieldLevels: "shows the administrator what setFieldLevel sets",
};

/** Fields of Contact beside those of the domain, outside of contacts. */
export const furtherContactFields: Readonly<Record<string, string>> = {
  id: "the entity's key",
  waitingList: "shows what the model says of waiting lists (A5)",
  memberships: "shows what the indicator of membership comes from",
  advantages: "shows what the symbol of an advantage stands for (F19)",
  balances: "the amounts behind the indicator BALANCE (domain 3.4, 4.3)",
  isProspect: "prospect or customer (glossary, 4.3)",
  unsubscribeLink: "what SAM puts into newsletters (RFC 8058)",
  authorizationHistory: "the ledger that consentAsOf replays",
  bounce: "what lies behind bounceStatus",
  retentionHold: "shows what setRetentionHold set",
  audit: "contactAudit inside the one query that opens a contact file",
};
