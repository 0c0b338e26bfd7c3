import { Platform1763740800000 } from "./1763740800000-platform.js";
import { Contacts1763740801000 } from "./1763740801000-contacts.js";
import { Marketing1763740802000 } from "./1763740802000-marketing.js";
import { History1763740803000 } from "./1763740803000-history.js";
import { Privacy1763740804000 } from "./1763740804000-privacy.js";
import { Jobs1763740805000 } from "./1763740805000-jobs.js";
import { Imports1763740806000 } from "./1763740806000-imports.js";
import { ForeignKeys1763740809000 } from "./1763740809000-foreign-keys.js";
import { Mail1763740820000 } from "./1763740820000-mail.js";
import { Connections1763740821000 } from "./1763740821000-connections.js";
import { Communities1763740822000 } from "./1763740822000-communities.js";
import { PointsOfSale1763740823000 } from "./1763740823000-points-of-sale.js";
import { InternetAccounts1763740824000 } from "./1763740824000-internet-accounts.js";
import { GeneralTab1763740825000 } from "./1763740825000-general-tab.js";
import { PaymentAliases1763740826000 } from "./1763740826000-payment-aliases.js";
import { NotesAndSeats1763740827000 } from "./1763740827000-notes-and-seats.js";
import { ContactSearch1763740828000 } from "./1763740828000-contact-search.js";
import { PossibleDuplicates1763740829000 } from "./1763740829000-possible-duplicates.js";
import { Criteria1763740832000 } from "./1763740832000-criteria.js";
import { Activities1763740833000 } from "./1763740833000-activities.js";
import { HistoryModel1763740840000 } from "./1763740840000-history-model.js";
import { Shipments1763740840001 } from "./1763740840001-shipments.js";
import { IngestJobs1763740841000 } from "./1763740841000-ingest-jobs.js";
import { IngestTouched1763740842000 } from "./1763740842000-ingest-touched.js";
import { HistoryLists1763740843000 } from "./1763740843000-history-lists.js";
import { ShipmentReports1763740844000 } from "./1763740844000-shipment-reports.js";
import { Symbols1763740844001 } from "./1763740844001-symbols.js";
import { HistoryFacts1763740845000 } from "./1763740845000-history-facts.js";
import { Indicators1763740846000 } from "./1763740846000-indicators.js";
import { ActivitiesOfMany1763740846001 } from "./1763740846001-activities-of-many.js";
import { AuthorizationLedger1763740850000 } from "./1763740850000-authorization-ledger.js";
import { DoubleOptIn1763740851000 } from "./1763740851000-double-opt-in.js";
import { AuthorizationChanges1763740851500 } from "./1763740851500-authorization-changes.js";
import { Reach1763740852000 } from "./1763740852000-reach.js";
import { Bounces1763740853000 } from "./1763740853000-bounces.js";
import { BounceRule1763740853001 } from "./1763740853001-bounce-rule.js";
import { Targets1763740854000 } from "./1763740854000-targets.js";
import { ActivePartners1763740855000 } from "./1763740855000-active-partners.js";
import { Campaigns1763740856000 } from "./1763740856000-campaigns.js";
import { CampaignRecipients1763740856001 } from "./1763740856001-campaign-recipients.js";
import { EmailHash1763740857000 } from "./1763740857000-email-hash.js";
import { AudienceExports1763740857001 } from "./1763740857001-audience-exports.js";
import { TargetedRows1763740857002 } from "./1763740857002-targeted-rows.js";
import { OutdatedExports1763740858000 } from "./1763740858000-outdated-exports.js";
import { ImportPlans1763740860000 } from "./1763740860000-import-plans.js";
import { PublishedAuthorizations1763740860100 } from "./1763740860100-published-authorizations.js";
import { ImportRowsAlone1763740861000 } from "./1763740861000-import-rows-alone.js";
import { AuthorizationsOfMany1763740861100 } from "./1763740861100-authorizations-of-many.js";
import { ImportRetention1763740861200 } from "./1763740861200-import-retention.js";
import { ImportRowIndexes1763740861300 } from "./1763740861300-import-row-indexes.js";
import { ImportTemplates1763740862000 } from "./1763740862000-import-templates.js";
import { ImportRowFields1763740862500 } from "./1763740862500-import-row-fields.js";
import { ImportReports1763740863000 } from "./1763740863000-import-reports.js";
import { ImportUndo1763740864000 } from "./1763740864000-import-undo.js";
import { ImportProgress1763740864500 } from "./1763740864500-import-progress.js";
import { ImportMails1763740865000 } from "./1763740865000-import-mails.js";
import { ImportRowsLean1763740866000 } from "./1763740866000-import-rows-lean.js";
import { OwnContactOnce1763740866100 } from "./1763740866100-own-contact-once.js";
import { InstitutionSettings1763740870000 } from "./1763740870000-institution-settings.js";
import { AccessLog1763740871000 } from "./1763740871000-access-log.js";
import { Recency1763740872000 } from "./1763740872000-recency.js";
import { RetentionHolds1763740872500 } from "./1763740872500-retention-holds.js";
import { AnonymizationRuns1763740873000 } from "./1763740873000-anonymization-runs.js";
import { TicketCleanUp1763740873500 } from "./1763740873500-ticket-clean-up.js";
import { Erasure1763740874000 } from "./1763740874000-erasure.js";
import { ErasureCertificates1763740875000 } from "./1763740875000-erasure-certificates.js";
import { IngestTouchedLists1763740875500 } from "./1763740875500-ingest-touched-lists.js";
import { ErasureProof1763740876000 } from "./1763740876000-erasure-proof.js";
import { ErasureDigestsAtOnce1763740876500 } from "./1763740876500-erasure-digests-at-once.js";
import { CertificateSeals1763740876600 } from "./1763740876600-certificate-seals.js";
import { ManifestsOfShells1763740876700 } from "./1763740876700-manifests-of-shells.js";
import { Engagement1763740876800 } from "./1763740876800-engagement.js";
import { RecencyWithoutKeys1763740876900 } from "./1763740876900-recency-without-keys.js";
import { SubjectExports1763740877000 } from "./1763740877000-subject-exports.js";
import { LegalNotices1763740877100 } from "./1763740877100-legal-notices.js";
import { AliasRemovals1763740877200 } from "./1763740877200-alias-removals.js";
import { PlaceExports1763740877300 } from "./1763740877300-place-exports.js";
import { ManifestRecipients1763740879000 } from "./1763740879000-manifest-recipients.js";
import { SimulationNotices1763740879100 } from "./1763740879100-simulation-notices.js";
import { VisibilityOnce1763740880000 } from "./1763740880000-visibility-once.js";
import { ImportRowsNarrow1763740880100 } from "./1763740880100-import-rows-narrow.js";
import { FilesOfTheErased1763740881000 } from "./1763740881000-files-of-the-erased.js";
import { ImportContactState1763740881100 } from "./1763740881100-import-contact-state.js";
import { UndoMails1763740881200 } from "./1763740881200-undo-mails.js";
import { KnownInstitutions1763740882000 } from "./1763740882000-known-institutions.js";
import { Confirmations1763740882100 } from "./1763740882100-confirmations.js";
import { ReportedCodes1763740882200 } from "./1763740882200-reported-codes.js";
import { AcknowledgedNotices1763740882300 } from "./1763740882300-acknowledged-notices.js";
import { AudienceExportPurge1763740883000 } from "./1763740883000-audience-export-purge.js";
import { MailsWithContacts1763740883100 } from "./1763740883100-mails-with-contacts.js";

/** In the order in which they run. Frozen once merged. */
export const migrations = [
  Platform1763740800000,
  Contacts1763740801000,
  Marketing1763740802000,
  History1763740803000,
  Privacy1763740804000,
  Jobs1763740805000,
  Imports1763740806000,
  ForeignKeys1763740809000,
  Mail1763740820000,
  Connections1763740821000,
  Communities1763740822000,
  PointsOfSale1763740823000,
  InternetAccounts1763740824000,
  GeneralTab1763740825000,
  PaymentAliases1763740826000,
  NotesAndSeats1763740827000,
  ContactSearch1763740828000,
  PossibleDuplicates1763740829000,
  Criteria1763740832000,
  Activities1763740833000,
  HistoryModel1763740840000,
  Shipments1763740840001,
  IngestJobs1763740841000,
  IngestTouched1763740842000,
  HistoryLists1763740843000,
  ShipmentReports1763740844000,
  Symbols1763740844001,
  HistoryFacts1763740845000,
  Indicators1763740846000,
  ActivitiesOfMany1763740846001,
  AuthorizationLedger1763740850000,
  DoubleOptIn1763740851000,
  AuthorizationChanges1763740851500,
  Reach1763740852000,
  Bounces1763740853000,
  BounceRule1763740853001,
  Targets1763740854000,
  ActivePartners1763740855000,
  Campaigns1763740856000,
  CampaignRecipients1763740856001,
  EmailHash1763740857000,
  AudienceExports1763740857001,
  TargetedRows1763740857002,
  OutdatedExports1763740858000,
  ImportPlans1763740860000,
  PublishedAuthorizations1763740860100,
  ImportRowsAlone1763740861000,
  AuthorizationsOfMany1763740861100,
  ImportRetention1763740861200,
  ImportRowIndexes1763740861300,
  ImportTemplates1763740862000,
  ImportRowFields1763740862500,
  ImportReports1763740863000,
  ImportUndo1763740864000,
  ImportProgress1763740864500,
  ImportMails1763740865000,
  ImportRowsLean1763740866000,
  OwnContactOnce1763740866100,
  InstitutionSettings1763740870000,
  AccessLog1763740871000,
  Recency1763740872000,
  RetentionHolds1763740872500,
  AnonymizationRuns1763740873000,
  TicketCleanUp1763740873500,
  Erasure1763740874000,
  ErasureCertificates1763740875000,
  IngestTouchedLists1763740875500,
  ErasureProof1763740876000,
  ErasureDigestsAtOnce1763740876500,
  CertificateSeals1763740876600,
  ManifestsOfShells1763740876700,
  Engagement1763740876800,
  RecencyWithoutKeys1763740876900,
  SubjectExports1763740877000,
  LegalNotices1763740877100,
  AliasRemovals1763740877200,
  PlaceExports1763740877300,
  ManifestRecipients1763740879000,
  SimulationNotices1763740879100,
  VisibilityOnce1763740880000,
  ImportRowsNarrow1763740880100,
  FilesOfTheErased1763740881000,
  ImportContactState1763740881100,
  UndoMails1763740881200,
  KnownInstitutions1763740882000,
  Confirmations1763740882100,
  ReportedCodes1763740882200,
  AcknowledgedNotices1763740882300,
  AudienceExportPurge1763740883000,
  MailsWithContacts1763740883100,
];
