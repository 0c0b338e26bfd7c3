import { authorizationsImport } from "./authorizations/authorizations.strategy.js";
import { contactsImport } from "./contacts/contacts.strategy.js";
import { criteriaImport } from "./criteria/criteria.strategy.js";
import type { ImportStrategy } from "./import-strategy.js";

/** By type. */
export const importStrategies: Readonly<Record<string, ImportStrategy>> = {
  CONTACTS: contactsImport,
  CRITERIA: criteriaImport,
  AUTHORIZATIONS: authorizationsImport,
};
