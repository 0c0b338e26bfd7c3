export { AnonymizeResolver } from "./anonymize.resolver.js";
export { certificateOfRun, type FoundCertificate } from "./certificate/certificate.reading.js";
export { ErasureCertificateResolver } from "./certificate/certificate.resolver.js";
export { closeCertificate } from "./certificate/certificate.sql.js";
export { ErasureCertificate } from "./certificate/certificate.type.js";
export { eraseContacts } from "./erase.service.js";
export { erasureProof, nightlyErasureProof } from "./proof/proof.task.js";
