import { createReadStream } from "node:fs";
import { access, constants, type FileHandle, mkdir, open, opendir, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import {
  type ByteRange,
  type FileId,
  FileNotFound,
  type FileStore,
  institutionOf,
  newFileId,
  type StoredFile,
} from "./file-store.js";
import { MeasuredSource } from "./measured-source.js";

/** Still being written, or left by a process that died. No id ends so, therefore nobody opens it. */
const partSuffix = ".part";

/** Files in `<root>/<institution>/<two digits>/<id>`, for one machine or a shared disk. Readable by their owner only. */
export class DirectoryFileStore implements FileStore {
  constructor(private readonly root: string) {}

  async put(institutionId: number, source: Readable, { maxBytes }: { maxBytes: number }): Promise<StoredFile> {
    // an error before the first read would have no listener and end the process; the read gets it all the same
    source.on("error", () => undefined);
    const id = newFileId(institutionId);
    const target = this.#pathOf(id);
    const part = target + partSuffix;
    await mkdir(path.dirname(target), { recursive: true, mode: 0o700 });
    try {
      const written = await writeDurably(part, new MeasuredSource(source, maxBytes));
      await rename(part, target);
      await syncDirectory(path.dirname(target));
      return { id, ...written };
    } catch (error) {
      await rm(part, { force: true });
      throw error;
    } finally {
      source.destroy();
    }
  }

  async open(id: FileId, range?: ByteRange): Promise<Readable> {
    const handle = await open(this.#pathOf(id), "r").catch(notFound);
    if (range && range.end <= range.start) {
      await handle.close();
      return Readable.from([]);
    }
    // without a start, a stream reads on from where the file is
    const part = { start: range?.start ?? 0, ...(range && { end: range.end - 1 }) };
    return createReadStream("", { fd: handle, highWaterMark: 256 * 1024, ...part });
  }

  async sizeOf(id: FileId): Promise<number> {
    const { size } = await stat(this.#pathOf(id)).catch(notFound);
    return size;
  }

  async remove(id: FileId): Promise<void> {
    const file = this.#pathOf(id);
    await rm(file, { force: true });
    await rm(file + partSuffix, { force: true });
  }

  async *olderThan(instant: Date): AsyncIterable<FileId> {
    const directory = await opendir(this.root, { recursive: true }).catch(nothingThere);
    if (!directory) return;
    for await (const entry of directory) {
      const id = entry.name.endsWith(partSuffix) ? entry.name.slice(0, -partSuffix.length) : entry.name;
      if (!entry.isFile() || institutionOf(id) === null) continue;
      const found = await stat(path.join(entry.parentPath, entry.name)).catch(nothingThere);
      if (found && found.mtime < instant) yield id;
    }
  }

  async check(): Promise<void> {
    await mkdir(this.root, { recursive: true, mode: 0o700 });
    await access(this.root, constants.R_OK | constants.W_OK | constants.X_OK);
  }

  /** Only for well-formed ids, so that no text leads out of the root. */
  #pathOf(id: FileId): string {
    const institution = institutionOf(id);
    if (institution === null) throw new FileNotFound();
    return path.join(this.root, String(institution), id.slice(id.indexOf(".") + 1).slice(0, 2), id);
  }
}

/** On the disk, not only in its cache, when it returns: the job that reads it may start on the next crash. */
async function writeDurably(file: string, source: MeasuredSource): Promise<Omit<StoredFile, "id">> {
  const handle = await open(file, "wx", 0o600);
  try {
    for await (const bytes of source) await writeAll(handle, bytes);
    await handle.sync();
    return source.measures();
  } finally {
    await handle.close();
  }
}

async function writeAll(handle: FileHandle, bytes: Buffer): Promise<void> {
  for (let at = 0; at < bytes.length; ) at += (await handle.write(bytes, at)).bytesWritten;
}

/** Makes the new name survive a power cut as well. */
async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function notFound(error: NodeJS.ErrnoException): never {
  throw error.code === "ENOENT" ? new FileNotFound() : error;
}

/** Null for what another process has removed meanwhile. */
function nothingThere(error: NodeJS.ErrnoException): null {
  if (error.code === "ENOENT") return null;
  throw error;
}
