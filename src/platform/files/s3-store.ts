import { Readable } from "node:stream";
import {
  AbortMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  type GetObjectCommandOutput,
  HeadBucketCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  type ListMultipartUploadsCommandOutput,
  type MultipartUpload,
  paginateListObjectsV2,
  type S3Client,
  type ServerSideEncryption,
} from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";
import {
  type ByteRange,
  type FileId,
  FileNotFound,
  type FileStore,
  FileStoreFailed,
  institutionOf,
  newFileId,
  type StoredFile,
} from "./file-store.js";
import { MeasuredSource } from "./measured-source.js";
import { failureOf, storeFailure } from "./s3-failure.js";

/** Where in S3 the files are. */
export interface S3Place {
  readonly bucket: string;
  /** Before every key; empty, or ends with a slash. */
  readonly prefix: string;
  /** Asked of S3 for each file; null leaves it to the bucket. */
  readonly encryption: ServerSideEncryption | null;
}

/** What is sent and asked for at once: few requests, and a flat memory. */
const pieceBytes = 8 * 1024 ** 2;
/** As many pieces of one upload are on their way, so that reading and sending overlap. */
const piecesAtOnce = 2;
/** S3 takes no more pieces of one file. */
const mostPieces = 10_000;
const chunkBytes = 256 * 1024;
/** The client tries again what S3 refuses, but not what breaks while it answers. */
const attempts = 3;

/** A piece of a file that was read, and the size of the whole. */
interface Piece {
  readonly bytes: Buffer;
  readonly totalBytes: number;
}

/** Files as objects `<prefix><institution>/<id>` of one bucket of S3, or of a server with its protocol. */
export class S3FileStore implements FileStore {
  constructor(
    private readonly client: S3Client,
    private readonly place: S3Place,
  ) {}

  async put(institutionId: number, source: Readable, { maxBytes }: { maxBytes: number }): Promise<StoredFile> {
    // an error before the first read would have no listener and end the process; the read gets it all the same
    source.on("error", () => undefined);
    const id = newFileId(institutionId);
    const measured = new MeasuredSource(source, maxBytes);
    const body = Readable.from(measured, { objectMode: false });
    try {
      await this.#uploadOf(id, body, maxBytes).done();
      return { id, ...measured.measures() };
    } catch (error) {
      // what cannot be removed now, the sweep of old files finds
      await this.remove(id).catch(() => undefined);
      throw body.errored ?? failureOf(error);
    } finally {
      source.destroy();
    }
  }

  #uploadOf(id: FileId, body: Readable, maxBytes: number): Upload {
    const { encryption } = this.place;
    const encrypted = encryption === null ? {} : { ServerSideEncryption: encryption };
    return new Upload({
      client: this.client,
      params: { ...this.#object(id), Body: body, ContentType: "application/octet-stream", ...encrypted },
      partSize: Math.max(pieceBytes, Math.ceil(maxBytes / mostPieces)),
      queueSize: piecesAtOnce,
    });
  }

  async open(id: FileId, range: ByteRange = { start: 0, end: Number.POSITIVE_INFINITY }): Promise<Readable> {
    const first = await this.#piece(id, range);
    return Readable.from(this.#chunks(id, range, first), { objectMode: false, highWaterMark: chunkBytes });
  }

  /** Piece by piece: whoever reads slowly keeps no connection waiting, which S3 would cut. */
  async *#chunks(id: FileId, { start, end }: ByteRange, first: Piece): AsyncGenerator<Buffer> {
    for (let at = start, piece = first; piece.bytes.length > 0; ) {
      for (let from = 0; from < piece.bytes.length; from += chunkBytes)
        yield piece.bytes.subarray(from, from + chunkBytes);
      at += piece.bytes.length;
      if (at >= end || at >= piece.totalBytes) return;
      piece = await this.#piece(id, { start: at, end });
    }
  }

  /** The first piece of a range; empty where the file has nothing of it. @throws FileNotFound; FileStoreFailed */
  async #piece(id: FileId, { start, end }: ByteRange): Promise<Piece> {
    if (end <= start) return { bytes: Buffer.alloc(0), totalBytes: await this.sizeOf(id) };
    const last = Math.min(end, start + pieceBytes) - 1;
    const wanted = new GetObjectCommand({ ...this.#object(id), Range: `bytes=${start}-${last}` });
    for (let attempt = 1; ; attempt++) {
      const found = await this.client.send(wanted).catch(unlessBeyond);
      if (!found) return { bytes: Buffer.alloc(0), totalBytes: 0 };
      try {
        return await pieceOf(found);
      } catch (error) {
        if (attempt === attempts) throw storeFailure(error);
      }
    }
  }

  async sizeOf(id: FileId): Promise<number> {
    const found = await this.client.send(new HeadObjectCommand(this.#object(id))).catch(fail);
    return found.ContentLength!;
  }

  async remove(id: FileId): Promise<void> {
    const object = this.#object(id);
    await this.client.send(new DeleteObjectCommand(object)).catch(fail);
    for await (const { Key, UploadId } of this.#uploads(object.Key))
      if (Key === object.Key)
        await this.client.send(new AbortMultipartUploadCommand({ ...object, UploadId })).catch(unlessGone);
  }

  async *olderThan(instant: Date): AsyncGenerator<FileId> {
    for await (const { Key, at } of this.#everything()) {
      const id = Key.slice(Key.lastIndexOf("/") + 1);
      // other objects of the bucket are none of ours, whatever they are called
      if (institutionOf(id) === null || this.#object(id).Key !== Key) continue;
      if (at < instant) yield id;
    }
  }

  async *#everything(): AsyncGenerator<{ Key: string; at: Date }> {
    const { bucket, prefix } = this.place;
    try {
      for await (const { Contents = [] } of paginateListObjectsV2(
        { client: this.client },
        { Bucket: bucket, Prefix: prefix },
      ))
        for (const { Key, LastModified } of Contents) yield { Key: Key!, at: LastModified! };
    } catch (error) {
      throw storeFailure(error);
    }
    for await (const { Key, Initiated } of this.#uploads(prefix)) yield { Key: Key!, at: Initiated! };
  }

  async check(): Promise<void> {
    try {
      await this.client.send(new HeadBucketCommand({ Bucket: this.place.bucket }));
    } catch (error) {
      throw storeFailure(error);
    }
  }

  /** Uploads that have begun and not ended, of all keys that begin so. @throws FileStoreFailed */
  async *#uploads(prefix: string): AsyncGenerator<MultipartUpload> {
    let after: { KeyMarker?: string; UploadIdMarker?: string } | null = {};
    while (after) {
      const command = new ListMultipartUploadsCommand({ Bucket: this.place.bucket, Prefix: prefix, ...after });
      const page: ListMultipartUploadsCommandOutput = await this.client.send(command).catch(fail);
      yield* page.Uploads ?? [];
      after = page.IsTruncated ? { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker } : null;
    }
  }

  /** Only for well-formed ids, so that no text leads out of the prefix. */
  #object(id: FileId): { Bucket: string; Key: string } {
    const institution = institutionOf(id);
    if (institution === null) throw new FileNotFound();
    return { Bucket: this.place.bucket, Key: `${this.place.prefix}${institution}/${id}` };
  }
}

async function pieceOf({ Body, ContentRange = "" }: GetObjectCommandOutput): Promise<Piece> {
  const [, first, last, total] = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(ContentRange) ?? [];
  // nobody knows how much a server will send that takes no ranges
  if (!Body || total === undefined) {
    (Body as Readable | undefined)?.destroy();
    throw new FileStoreFailed("the server takes no ranges");
  }
  const bytes = await Body.transformToByteArray();
  if (bytes.length !== Number(last) - Number(first) + 1) throw new FileStoreFailed("an answer was cut off");
  return { bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), totalBytes: Number(total) };
}

/** Null for a range of which the file has nothing. */
function unlessBeyond(error: unknown): null {
  if ((error as Error).name === "InvalidRange") return null;
  throw failureOf(error);
}

function fail(error: unknown): never {
  throw failureOf(error);
}

/** Somebody else has ended it meanwhile. */
function unlessGone(error: unknown): void {
  if ((error as Error).name !== "NoSuchUpload") throw failureOf(error);
}
