export { PointOfSaleResolver, PrivacySettingsResolver } from "./point-of-sale.resolver.js";
export { findPointOfSale } from "./point-of-sale.service.js";
