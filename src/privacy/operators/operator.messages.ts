import { defineMessages } from "../../platform/i18n/messages.js";

defineMessages({
  INVALID_LOGIN: {
    en: "A login has 1 to {maximum} printable characters and no blanks at its ends.",
    fr: "Un identifiant comporte de 1 à {maximum} caractères imprimables, sans espace au début ni à la fin.",
    es: "Un identificador tiene de 1 a {maximum} caracteres imprimibles, sin espacios al principio ni al final.",
  },
  OPERATOR_LOGIN_EXISTS: {
    en: "There is an operator with this login already. Logins are never given twice: choose another one.",
    fr: "Un opérateur porte déjà cet identifiant. Un identifiant n'est jamais attribué deux fois : choisissez-en un autre.",
    es: "Ya hay un operador con este identificador. Un identificador no se da nunca dos veces: elija otro.",
  },
  LOGIN_REVEALS_NAME: {
    en: "The login holds the first or last name. It can never be changed: choose one that does not reveal the person.",
    fr: "L'identifiant contient le prénom ou le nom. Il ne pourra jamais être modifié : choisissez-en un qui ne révèle pas la personne.",
    es: "El identificador contiene el nombre o el apellido. No se podrá modificar nunca: elija uno que no revele a la persona.",
  },
  OPERATOR_NOT_FOUND: {
    en: "There is no operator with this id. Take one from `operators`.",
    fr: "Aucun opérateur ne porte cet id. Prenez-en un dans `operators`.",
    es: "Ningún operador tiene este id. Tome uno de `operators`.",
  },
  UNKNOWN_ROLE: {
    en: "The institution has no role of this code. `roles` lists them.",
    fr: "L'institution n'a aucun rôle avec ce code. `roles` en donne la liste.",
    es: "La institución no tiene ningún rol con este código. `roles` los enumera.",
  },
  UNKNOWN_PERMISSION: {
    en: "There is no permission of this name. `permissions` of `viewer` shows those that you have.",
    fr: "Aucune autorisation d'accès ne porte ce nom. `permissions` de `viewer` montre les vôtres.",
    es: "No hay ningún permiso con este nombre. `permissions` de `viewer` muestra los suyos.",
  },
  RIGHTS_ABOVE_OWN: {
    en: "Nobody gives a right that he does not have. Ask an administrator who has it.",
    fr: "Personne ne donne un droit qu'il n'a pas. Adressez-vous à un administrateur qui l'a.",
    es: "Nadie da un derecho que no tiene. Diríjase a un administrador que lo tenga.",
  },
  LAST_ADMINISTRATOR: {
    en: "Nobody active would be left who may administer operators. Give the permission to somebody else first.",
    fr: "Plus personne d'actif ne pourrait administrer les opérateurs. Donnez d'abord ce droit à quelqu'un d'autre.",
    es: "No quedaría nadie activo que pueda administrar operadores. Dé antes el permiso a otra persona.",
  },
});
