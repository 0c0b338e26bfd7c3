export { SubjectExportResolver } from "./subject.resolver.js";
export { findSubjectFile, subjectPath } from "./subject.service.js";
export { subjectExportTask } from "./subject.task.js";
export { expireSubjectExports, selectSubjectFiles } from "./subject-kept.sql.js";
export { subjectExportMail } from "./subject-mail.js";
export { removeExpiredSubjectFiles, subjectExportPurge } from "./subject-purge.task.js";
