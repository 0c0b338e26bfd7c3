export { findPlaceFile, PlaceExportResolver, placePath, selectPlaceFiles } from "./export/index.js";
export { PlaceResolver } from "./place.resolver.js";
