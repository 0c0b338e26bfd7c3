export { openCsvFile } from "./csv-file.js";
