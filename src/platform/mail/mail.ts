import type { Readable } from "node:stream";
import type { Sql } from "../database/sql.js";
import type { Locale } from "../i18n/locale.js";

/** Every mail that the product sends. Part of the API: add, never rename. */
export type MailTemplateCode =
  | "PRIVACY_INFORMATION"
  | "DOUBLE_OPT_IN"
  | "IMPORT_ENDED"
  | "IMPORT_UNDONE"
  | "IMPORT_TEMPLATE"
  | "IMPORT_TEMPLATE_FAILED"
  | "SUBJECT_EXPORT";

/** What becomes of a mail: on its way, handed to the mail server, given up, or no longer wanted when its turn came. */
export type MailStatus = "QUEUED" | "SENT" | "FAILED" | "CANCELLED";

/** A mail that is to be sent: which text, to whom, in which language. Never the text or the address. */
export interface MailWish {
  readonly template: MailTemplateCode;
  /** Database id of the contact whom it is about, with whom it is erased; null for one that is about no contact. */
  readonly contactId: string | null;
  readonly locale: Locale;
  /** Database id of the shipment that it is in the contact's list, and that is told what became of it. */
  readonly shipmentId?: string | null;
  /** Database id of what it is about, when that is more than the contact. */
  readonly subjectId?: string | null;
  /** Whether a file with data of contacts may go with it: what is kept of it then goes when any contact is erased. */
  readonly carriesContacts?: boolean;
}

/** A mail as its template writes it. */
export interface MailSubject {
  /** Database id; null for a mail to somebody who is no contact. */
  readonly contactId: string | null;
  readonly locale: Locale;
  /** Null when the mail is about the contact himself. */
  readonly subjectId: string | null;
}

/** A mail as a person reads it. */
export interface Letter {
  readonly to: { readonly name: string; readonly address: string };
  readonly subject: string;
  /** Plain text, lines ended by \n. */
  readonly text: string;
  readonly attachment?: Attachment;
}

/** A file that goes with a mail. */
export interface Attachment {
  readonly name: string;
  readonly type: string;
  /** From its first byte; read anew in each attempt. */
  open(): Promise<Readable>;
}

/** How a module writes one kind of mail. */
export interface MailTemplate {
  readonly code: MailTemplateCode;
  /**
   * The letter, out of what is true now. Null when it is no longer to be sent, as when the contact was anonymized or
   * has lost his address. `db` is the system's: it sees every contact of the institution.
   */
  compose(db: Sql, mail: MailSubject): Promise<Letter | null>;
}

/** A letter on its way, with what stays the same when it is sent again. */
export interface OutgoingMail extends Letter {
  /** Of the row: `<institution>-<id>`. Holds nothing personal. */
  readonly reference: string;
  /** Left part of the Message-ID. */
  readonly messageKey: string;
  readonly date: Date;
}

/** What a mail is called outside of the database, the same in every attempt. */
export const referenceOf = (institutionId: number, mailId: string): string => `${institutionId}-${mailId}`;

/** Hands mails over: to a mail server, or to a folder. */
export interface MailTransport {
  /**
   * Returns when the mail was taken over.
   * @throws MailRefused when it never will be; any other error: try again later
   */
  deliver(mail: OutgoingMail): Promise<void>;
  /** What it keeps of mails, as they were sent. */
  kept(): AsyncIterable<{ readonly reference: string; readonly text: Buffer }>;
  /** Removes what it keeps of a mail, if it keeps anything. */
  forget(reference: string): Promise<void>;
}

/** The mail server refuses this mail for good: an address that does not exist, a text that it does not take. */
export class MailRefused extends Error {
  override readonly name = "MailRefused";

  /** @param code the server's reply code, such as `SMTP_550`; its text may quote the address */
  constructor(readonly code: string) {
    super("the mail server refused the mail");
  }
}
