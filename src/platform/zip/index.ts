export { openCsvFile } from "./csv-file.js";
export { zipEntries } from "./entries.js";
export { isOfStore, startsAsZip } from "./stored-zip.js";
