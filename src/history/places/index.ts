export { PlaceResolver } from "./place.resolver.js";
