export { ImportJobResolver, ImportRowResolver } from "./import.resolver.js";
export { findImportJob } from "./import.service.js";
export { importTask } from "./import.task.js";
export { importJobs } from "./import-run.sql.js";
export { importEndedMail, importUndoneMail } from "./mail/import-mail.js";
export { findReportFile, reportPath, selectReportFiles } from "./report/index.js";
export { importRetention } from "./retention.task.js";
export {
  findImportTemplate,
  findTemplateFile,
  ImportTemplateResolver,
  importTemplateFailedMail,
  importTemplateMail,
  importTemplatePurge,
  importTemplateTask,
  removeExpiredFiles,
  selectTemplateFiles,
  templatePath,
} from "./template/index.js";
export { importUndoTask } from "./undo/index.js";
