import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { buildApp } from "fauxqs";

/** An upload in pieces that has begun and not ended. */
interface Begun {
  readonly key: string;
  readonly uploadId: string;
  readonly at: Date;
}

/** A server of S3's protocol on a free port of this machine, with one bucket. */
export interface S3Server {
  readonly bucket: string;
  readonly client: S3Client;
  /** Settings of a program that keeps its files here. */
  readonly environment: NodeJS.ProcessEnv;
  /** Method and address of every request so far. */
  readonly requests: readonly string[];
  /** Begun and not ended, by their keys. */
  unfinished(): string[];
  /** Answers requests whose method and address match with this status; with none, all are served again. */
  refuse(matching: RegExp | null, status?: number): void;
  /** Does what these requests ask, and answers 500; with none, none any more. */
  loseAnswersTo(matching: RegExp | null): void;
  /** Ends the connection in the middle of the next answers, this many. */
  cutOff(answers: number): void;
  /** Whether the bucket says that it keeps what is removed. */
  keepVersions(isKept: boolean): void;
  stop(): Promise<void>;
}

const bucket = "contact-files";
const region = "eu-west-3";
/** The server takes any; the client refuses to ask without. */
const credentials = { accessKeyId: "AKIATESTTESTTESTTEST", secretAccessKey: "a-secret-that-stands-in-no-log" };

/**
 * A real server, whose state decides. Added are, after S3's reference, which uploads are unfinished and whether
 * versions are kept, which it does not tell, and what goes wrong, which it never does.
 */
export async function startS3Server(): Promise<S3Server> {
  const app = buildApp({ logger: false });
  const requests: string[] = [];
  const refusal: { matching: RegExp | null; status: number } = { matching: null, status: 500 };
  const begun = watchUploads(app);
  const versions = { isKept: false };
  app.addHook("onRequest", async ({ method, url }, reply) => {
    const line = `${method} ${url}`;
    requests.push(line);
    if (refusal.matching?.test(line)) return reply.code(refusal.status).type("application/xml").send(refused);
    if (method === "GET" && /^\/[^/?]+\/?\?(.*&)?versioning\b/.test(url))
      return reply.type("application/xml").send(versioning(versions.isKept));
    if (method === "GET" && /^\/[^/?]+\/?\?(.*&)?uploads\b/.test(url))
      return reply.type("application/xml").send(listOf(begun, new URL(url, "http://s3").searchParams));
    return undefined;
  });
  const losses = spoilAnswers(app);
  await app.listen({ port: 0, host: "127.0.0.1" });
  const endpoint = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  const client = new S3Client({ endpoint, region, credentials, forcePathStyle: true });
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  return {
    ...{ bucket, client, requests },
    environment: {
      FILE_STORE_S3_BUCKET: bucket,
      FILE_STORE_S3_ENDPOINT: endpoint,
      FILE_STORE_S3_REGION: region,
      FILE_STORE_S3_PATH_STYLE: "yes",
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    },
    unfinished: () => begun.map(({ key }) => key),
    refuse: (matching, status = 500) => void Object.assign(refusal, { matching, status }),
    loseAnswersTo: (lost) => void Object.assign(losses, { lost }),
    cutOff: (cuts) => void Object.assign(losses, { cuts }),
    keepVersions: (isKept) => void Object.assign(versions, { isKept }),
    async stop() {
      client.destroy();
      await app.close();
    },
  };
}

/** In the order of their keys, as S3 lists them. */
function watchUploads(app: ReturnType<typeof buildApp>): Begun[] {
  const begun: Begun[] = [];
  app.addHook("onSend", async ({ method, url }, { statusCode }, payload) => {
    const { pathname, searchParams } = new URL(url, "http://s3");
    if (statusCode >= 300) return payload;
    if (method === "POST" && searchParams.has("uploads")) {
      const uploadId = /<UploadId>(.+)<\/UploadId>/.exec(String(payload))![1]!;
      begun.push({ key: decodeURIComponent(pathname.split("/").slice(2).join("/")), uploadId, at: new Date() });
      begun.sort((a, b) => (a.key < b.key ? -1 : 1));
    }
    const ended = searchParams.get("uploadId");
    const at = begun.findIndex(({ uploadId }) => uploadId === ended);
    if (at >= 0 && (method === "DELETE" || method === "POST")) begun.splice(at, 1);
    return payload;
  });
  return begun;
}

/** What goes wrong after the work was done. */
function spoilAnswers(app: ReturnType<typeof buildApp>): { lost: RegExp | null; cuts: number } {
  const losses: { lost: RegExp | null; cuts: number } = { lost: null, cuts: 0 };
  app.addHook("onSend", async ({ method, url }, reply, payload) => {
    if (losses.lost?.test(`${method} ${url}`)) {
      reply.code(500).header("content-length", refused.length);
      return refused;
    }
    if (losses.cuts === 0 || !Buffer.isBuffer(payload)) return payload;
    losses.cuts--;
    return Readable.from(
      (async function* () {
        yield payload.subarray(0, payload.length / 2);
        throw new Error("cut off");
      })(),
    );
  });
  return losses;
}

/** A server may answer with fewer than are asked for, and than S3's thousand. */
const mostUploads = 20;

function listOf(begun: readonly Begun[], asked: URLSearchParams): string {
  const [marker, uploadMarker] = [asked.get("key-marker") ?? "", asked.get("upload-id-marker")];
  const last = begun.findIndex(({ uploadId }) => uploadId === uploadMarker);
  const rest = begun
    .slice(last + 1)
    .filter(({ key }) => key.startsWith(asked.get("prefix") ?? "") && (last >= 0 || key > marker));
  const page = rest.slice(0, mostUploads);
  const next = page.at(-1);
  return `<?xml version="1.0" encoding="UTF-8"?><ListMultipartUploadsResult><Bucket>${bucket}</Bucket>
    <IsTruncated>${rest.length > page.length}</IsTruncated>
    ${next ? `<NextKeyMarker>${next.key}</NextKeyMarker><NextUploadIdMarker>${next.uploadId}</NextUploadIdMarker>` : ""}
    ${page.map((one) => `<Upload><Key>${one.key}</Key><UploadId>${one.uploadId}</UploadId><Initiated>${one.at.toISOString()}</Initiated></Upload>`).join("")}
    </ListMultipartUploadsResult>`;
}

const versioning = (isOn: boolean) =>
  `<?xml version="1.0" encoding="UTF-8"?><VersioningConfiguration>${isOn ? "<Status>Enabled</Status>" : ""}</VersioningConfiguration>`;

/** As S3 words it, with what must not be logged. */
const refused = `<?xml version="1.0" encoding="UTF-8"?><Error><Code>InternalError</Code><Message>We encountered an internal error.</Message><AWSAccessKeyId>${credentials.accessKeyId}</AWSAccessKeyId></Error>`;
