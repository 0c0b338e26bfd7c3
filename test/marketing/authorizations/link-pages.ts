import { historyPort } from "../../../src/history/index.js";
import { marketingModule, optInMail } from "../../../src/marketing/index.js";
import type { OperationContext, Services } from "../../../src/platform/context.js";
import { type HttpServer, listen } from "../../../src/platform/http/http-server.js";
import { mailTask, smtpTransport } from "../../../src/platform/mail/index.js";
import type { TestDatabase } from "../../support/database.js";
import { type MailServer, startMailServer } from "../../support/mail-server.js";
import { ask, contextOf } from "../graph.js";

/** Marketing's pages on a port of their own, with a mail server. */
export interface LinkPages {
  readonly services: Services;
  readonly mails: MailServer;
  /** Somebody who may ask for agreements. */
  writer(...wishes: Parameters<TestDatabase["contextWith"]>): OperationContext;
  /** Asks a contact to agree; sends the mails; gives the refusals' codes. */
  request(context: OperationContext, input: object): Promise<string[]>;
  /** Sends the mails that wait, and answers how many arrived. */
  send(): Promise<number>;
  /** The link in the mail that arrived last, as served here. */
  lastLink(): string;
  /** A link as served here. */
  here(url: string): string;
  stop(): Promise<void>;
}

export async function startLinkPages(db: TestDatabase): Promise<LinkPages> {
  const mails = await startMailServer();
  const services = db.services({
    catalogue: marketingModule.fields,
    mail: smtpTransport(mails.url, { name: "House", address: "house@example.org" }),
    ports: { history: historyPort },
  });
  const routes = marketingModule.routes!(services);
  const server: HttpServer = await listen({ host: "127.0.0.1", port: 0, portSetting: "PORT", routes });
  const here = (url: string) => url.replace("http://links.example.org", server.url);
  const task = mailTask(services, [optInMail(services)]);

  return {
    services,
    mails,
    here,
    writer: (...wishes) => contextOf(db, "contact:read", "authorization:write", { services }, ...wishes),
    async request(context, input) {
      const document = `mutation ($input: RequestDoubleOptInInput!) {
        requestDoubleOptIn(input: $input) { contact { id } userErrors { code field } }
      }`;
      const { data, errors } = await ask(context, document, { input });
      if (errors) throw errors[0];
      return data?.requestDoubleOptIn.userErrors.map(({ code }: { code: string }) => code);
    },
    async send() {
      const { rows } = await db.owner.query<{ id: string }>(
        "SELECT id FROM platform.mail WHERE mail_status = 'QUEUED' AND institution_id = $1 ORDER BY id",
        [db.home.id],
      );
      const before = mails.received.length;
      for (const { id } of rows) await task.run({ institutionId: db.home.id, id }, new AbortController().signal);
      return mails.received.length - before;
    },
    lastLink: () => here(linkOf(mails.received.at(-1)!.raw)),
    async stop() {
      await server.stop(0);
      await mails.stop();
    },
  };
}

/** The link in a mail as it came over the wire. */
export function linkOf(raw: string): string {
  const text = raw
    .replace(/=\r?\n/g, "")
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  const link = /https?:\/\/\S+token=[\w.-]+/.exec(text)?.[0];
  if (!link) throw new Error(`a mail without a link: ${text}`);
  return link;
}
