import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { createTransport, type NodemailerError, type SendMailOptions } from "nodemailer";
import { MailRefused, type MailTransport, type OutgoingMail } from "./mail.js";

/** An address with or without a name, as settings hold it. */
export interface Sender {
  readonly name: string;
  readonly address: string;
}

/** No part of a mail is ever read from a file or from the network. */
const sealed = { disableFileAccess: true, disableUrlAccess: true } as const;

/** Together well below the time for which a run has a mail. */
const timeouts = { connectionTimeout: 20_000, greetingTimeout: 20_000, dnsTimeout: 20_000, socketTimeout: 60_000 };

/**
 * Sends over SMTP, one connection for each mail.
 * @param url `smtp://` (with STARTTLS where the server has it; `?requireTLS=true` insists) or `smtps://`, with user and
 *   password where the server wants them
 */
export function smtpTransport(url: string, from: Sender): MailTransport {
  const transport = createTransport({ url, ...timeouts, ...sealed });
  return {
    async deliver(mail) {
      try {
        await transport.sendMail(await messageOf(mail, from));
      } catch (error) {
        throw refusalOf(error) ?? error;
      }
    },
    // what was handed over is the receiver's
    kept: () => Readable.from([]),
    forget: async () => undefined,
  };
}

/** Writes each mail into a folder, as `<reference>.eml`, readable by its owner only. For trying out. */
export function folderTransport(folder: string, from: Sender): MailTransport {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: "windows", ...sealed });
  return {
    async deliver(mail) {
      const { message } = await transport.sendMail(await messageOf(mail, from));
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const file = path.join(folder, `${mail.reference}${suffix}`);
      // one name for all attempts: what a run that died has left is written over, or forgotten with the mail
      const part = `${file}${partSuffix}`;
      await writeFile(part, message as Buffer, { mode: 0o600, flush: true });
      await rename(part, file);
    },
    async *kept() {
      const names = await readdir(folder).catch(nothingThere);
      for (const name of names.filter((each) => each.endsWith(suffix)))
        yield { reference: name.slice(0, -suffix.length), text: await readFile(path.join(folder, name)) };
    },
    async forget(reference) {
      const file = path.join(folder, `${reference}${suffix}`);
      // the part first: a run that is about to rename it then fails, and comes back
      for (const each of [`${file}${partSuffix}`, file]) await rm(each, { force: true });
    },
  };
}

const suffix = ".eml";
const partSuffix = ".part";

/** Before the first mail there is no folder. */
function nothingThere(error: NodeJS.ErrnoException): string[] {
  if (error.code === "ENOENT") return [];
  throw error;
}

async function messageOf(mail: OutgoingMail, from: Sender): Promise<SendMailOptions> {
  const { to, subject, text, attachment, messageKey, date } = mail;
  const host = from.address.slice(from.address.lastIndexOf("@") + 1);
  return {
    from: { ...from },
    to: { ...to },
    subject,
    text,
    date,
    ...(attachment && {
      attachments: [{ filename: attachment.name, contentType: attachment.type, content: await attachment.open() }],
    }),
    messageId: `<${messageKey}@${host}>`,
    // no automatic reply is wanted (RFC 3834)
    headers: { "Auto-Submitted": "auto-generated" },
  };
}

/** What the server says of this very mail, for good. A wrong password or sender is a setting, and may be mended. */
function refusalOf(error: unknown): MailRefused | null {
  const { command, responseCode, permanent } = error as NodemailerError;
  const isOfMail = command === "RCPT TO" || command === "DATA";
  return isOfMail && permanent ? new MailRefused(`SMTP_${responseCode}`) : null;
}
