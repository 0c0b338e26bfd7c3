export { fillText } from "./fill-text.js";
export type { Letter, MailTemplate, MailTransport } from "./mail.js";
export { mailTask } from "./mail.task.js";
export { mailFileTask, removeMailFiles } from "./mail-file.task.js";
export { eraseMailFiles } from "./mail-files.sql.js";
export { queueMail } from "./outbox.js";
export { folderTransport, smtpTransport } from "./transport.js";
