import { buildSubgraph } from "../platform/graphql/subgraph-schema.js";
import type { SubgraphModule } from "../platform/module.js";
import { AccessLogResolver } from "./access-log/index.js";
import { privacyFields } from "./contact.fields.js";
import { resolveContact } from "./contact.reference.js";
import { ContactResolver } from "./contact.resolver.js";
import { Contact } from "./contact.type.js";
import { AnonymizeResolver, ErasureCertificateResolver } from "./erasure/index.js";
import { FieldLevelResolver } from "./field-level.resolver.js";
import { RetentionHoldResolver } from "./holds/index.js";
import { LegalNoticeResolver } from "./notices/index.js";
import { OperatorResolver } from "./operators/index.js";
import { RecencyResolver } from "./recency/index.js";
import {
  AnonymizationRunResolver,
  AnonymizationScheduleResolver,
  CertificateOfRunResolver,
  RunOfCertificateResolver,
} from "./runs/index.js";
import { SettingsResolver } from "./settings/index.js";
import { findSubjectFile, SubjectExportResolver, subjectPath } from "./subject/index.js";

export { erasureProof, nightlyErasureProof } from "./erasure/index.js";
export { privacyEraser } from "./personal-data.js";
export { createPrivacyPort } from "./privacy-port.js";
export { anonymizationScheduleTask, anonymizationTask, runItemPurge } from "./runs/index.js";
export { selectSubjectFiles, subjectExportMail, subjectExportPurge, subjectExportTask } from "./subject/index.js";

/** Who may see what, and what was changed by whom. */
export const privacyModule: SubgraphModule = {
  name: "privacy",
  fields: privacyFields,
  downloads: { [subjectPath]: findSubjectFile },
  buildSubgraph: () =>
    buildSubgraph({
      resolvers: [
        AnonymizationRunResolver,
        AnonymizationScheduleResolver,
        RetentionHoldResolver,
        AccessLogResolver,
        AnonymizeResolver,
        ErasureCertificateResolver,
        CertificateOfRunResolver,
        RunOfCertificateResolver,
        ContactResolver,
        FieldLevelResolver,
        LegalNoticeResolver,
        OperatorResolver,
        RecencyResolver,
        SettingsResolver,
        SubjectExportResolver,
      ],
      references: { Contact: resolveContact },
      orphanedTypes: [Contact],
    }),
};
