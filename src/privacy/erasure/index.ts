export { AnonymizeResolver } from "./anonymize.resolver.js";
export { closeCertificate } from "./certificate.sql.js";
export { eraseContacts } from "./erase.service.js";
export { erasureProof, nightlyErasureProof } from "./proof/proof.task.js";
