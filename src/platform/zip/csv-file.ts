import { CsvFileError, type OpenFile } from "../csv/index.js";
import type { FileStore } from "../files/file-store.js";
import { openStoredFile, type ZipFault } from "./single-entry.js";
import { mostRatio, mostUnpackedBytes } from "./stored-zip.js";

const refusals: Readonly<Record<ZipFault, () => CsvFileError>> = {
  NO_ZIP: () => new CsvFileError("FILE_NOT_CSV", { found: "zip" }),
  NOT_SINGLE: () => new CsvFileError("ZIP_NOT_SINGLE_CSV"),
  TOO_LARGE: () => new CsvFileError("FILE_TOO_LARGE", { limit: mostUnpackedBytes }),
  TOO_DENSE: () => new CsvFileError("ZIP_RATIO_TOO_HIGH", { limit: mostRatio }),
  BROKEN: () => new CsvFileError("ZIP_BROKEN"),
};

/**
 * How to open a stored file as CSV: as it stands, or where it is a zip, the one CSV in it.
 *
 * @throws CsvFileError FILE_NOT_CSV for a workbook, which is a zip too, and for a zip without a directory;
 *   ZIP_NOT_SINGLE_CSV for several entries or none, a name that leads out of a folder, an encrypted entry, or one that is
 *   no CSV; FILE_TOO_LARGE, ZIP_RATIO_TOO_HIGH. The stream, when it is read: ZIP_BROKEN
 * Source: rule 6.3.1, R47 to R49
 */
export async function openCsvFile(files: FileStore, id: string): Promise<OpenFile> {
  const { open } = await openStoredFile(files, id, { name: /\.csv$/i, refusal: (fault) => refusals[fault]() });
  return open;
}
