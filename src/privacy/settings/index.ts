export { SettingsResolver } from "./settings.resolver.js";
export { insertSettingChanges, selectSettings } from "./settings.sql.js";
