import { join } from "node:path";
import type { Config } from "../config.js";
import { StartupError } from "../errors/startup-error.js";
import { DirectoryFileStore } from "./directory-store.js";
import type { FileStore } from "./file-store.js";

/**
 * The place where this configuration keeps files, once it was seen to be there. The client of S3 is loaded only where it
 * is used: it takes memory, and a part of the start.
 * @throws StartupError
 */
export async function openFileStore(config: Config): Promise<FileStore> {
  const bucket = config.fileStoreS3Bucket;
  if (bucket === null) return openFolder(config.fileStoreDir ?? join(config.dataDir, "files"));
  const { openBucket } = await import("./open-bucket.js");
  return openBucket(bucket, config);
}

async function openFolder(folder: string): Promise<FileStore> {
  const store = new DirectoryFileStore(folder);
  try {
    await store.check();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new StartupError(
      "FILE_STORE_UNREACHABLE",
      `The folder ${folder} for files cannot be used: ${code}. Make it writable for the user of this process, or set FILE_STORE_DIR to another.`,
      { cause: error },
    );
  }
  return store;
}
