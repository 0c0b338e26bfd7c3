export { PlaceExportResolver } from "./place-export.resolver.js";
export { findPlaceFile, placePath } from "./place-export.service.js";
export { selectPlaceFiles } from "./place-export.sql.js";
