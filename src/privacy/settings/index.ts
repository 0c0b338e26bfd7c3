export { SettingsResolver } from "./settings.resolver.js";
export { insertSettingChanges } from "./settings.sql.js";
