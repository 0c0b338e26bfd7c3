export { openCsvFile } from "./csv-file.js";
export { zippedCsv } from "./csv-zip.js";
export { zipEntries } from "./entries.js";
export { openStoredFile, type StoredContent, type ZipFault } from "./single-entry.js";
export { isOfStore, mostRatio, mostUnpackedBytes, type ReadableFiles, startsAsZip } from "./stored-zip.js";
export { type SecondFile, twinFiles } from "./twin-files.js";
