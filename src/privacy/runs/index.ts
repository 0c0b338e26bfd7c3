export { CertificateOfRunResolver, RunOfCertificateResolver } from "./certificate.resolver.js";
export { runItemPurge } from "./item-purge.task.js";
export { AnonymizationRunResolver } from "./run.resolver.js";
export { anonymizationTask } from "./run.task.js";
export { AnonymizationScheduleResolver } from "./schedule.resolver.js";
export { anonymizationScheduleTask } from "./schedule.task.js";
