import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { SMTPServer, type SMTPServerAddress } from "smtp-server";

export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  /** As it came over the wire. */
  readonly raw: string;
}

/** A mail server that listens on a free port of this machine. */
export interface MailServer {
  readonly url: string;
  readonly received: readonly ReceivedMail[];
  /** Answers the next recipients with these reply codes, such as 450 or 550, before it takes one again. */
  refuseNext(...codes: number[]): void;
  stop(): Promise<void>;
}

/** A real one: what reaches it has gone through SMTP. */
export async function startMailServer(): Promise<MailServer> {
  const received: ReceivedMail[] = [];
  const refusals: number[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onRcptTo(_, __, callback) {
      const responseCode = refusals.shift();
      callback(responseCode ? Object.assign(new Error(`refused`), { responseCode }) : null);
    },
    onData(stream, { envelope }, callback) {
      const from = (envelope.mailFrom as SMTPServerAddress).address;
      const to = envelope.rcptTo.map(({ address }) => address);
      text(stream).then((raw) => {
        received.push({ from, to, raw });
        callback(null);
      }, callback);
    },
  });
  const listening = server.listen(0, "127.0.0.1");
  await once(listening, "listening");
  const { port } = listening.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    received,
    refuseNext: (...codes) => void refusals.push(...codes),
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
