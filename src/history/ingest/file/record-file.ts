import type { FileStore } from "../../../platform/files/index.js";
import { JobRefused } from "../../../platform/jobs/index.js";
import {
  mostRatio,
  mostUnpackedBytes,
  openStoredFile,
  type StoredContent,
  type ZipFault,
} from "../../../platform/zip/index.js";

const refusals: Readonly<Record<ZipFault, () => JobRefused>> = {
  NO_ZIP: () => new JobRefused("FILE_BROKEN"),
  NOT_SINGLE: () => new JobRefused("ZIP_NOT_SINGLE_FILE"),
  TOO_LARGE: () => new JobRefused("FILE_TOO_LARGE", { limit: mostUnpackedBytes }),
  TOO_DENSE: () => new JobRefused("ZIP_RATIO_TOO_HIGH", { limit: mostRatio }),
  BROKEN: () => new JobRefused("FILE_BROKEN"),
};

/**
 * How to read a stored file of records: as it stands, which may be packed by gzip, or where it is a zip, the one file in it.
 * @throws JobRefused ZIP_NOT_SINGLE_FILE, FILE_TOO_LARGE, ZIP_RATIO_TOO_HIGH, FILE_BROKEN; this one also the stream, when it is read
 */
export function openRecordFile(files: FileStore, id: string): Promise<StoredContent> {
  return openStoredFile(files, id, { name: /\.(jsonl|ndjson|json|txt)$/i, refusal: (fault) => refusals[fault]() });
}
