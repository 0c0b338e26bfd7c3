export { ImportTemplateResolver } from "./template.resolver.js";
export { findImportTemplate, findTemplateFile, templatePath } from "./template.service.js";
export { importTemplateTask } from "./template.task.js";
export { selectTemplateFiles } from "./template-kept.sql.js";
export { importTemplateFailedMail, importTemplateMail } from "./template-mail.js";
export { importTemplatePurge, removeExpiredFiles } from "./template-purge.task.js";
