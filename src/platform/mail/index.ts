export type { Letter, MailTemplate, MailTransport } from "./mail.js";
export { mailTask } from "./mail.task.js";
export { queueMail } from "./outbox.js";
export { folderTransport, smtpTransport } from "./transport.js";
