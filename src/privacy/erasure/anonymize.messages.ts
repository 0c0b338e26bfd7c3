import { defineMessages } from "../../platform/i18n/messages.js";

defineMessages({
  ERASURE_NOT_OF_STRUCTURES: {
    en: "A structure is no natural person and is not anonymized.",
    fr: "Une structure n'est pas une personne physique et n'est pas anonymisée.",
    es: "Una estructura no es una persona física y no se anonimiza.",
  },
  ROLE_EXCLUDES_ERASURE: {
    en: "Contacts with the role {roles} are not anonymized. Take the role away first.",
    fr: "Les contacts qui ont le rôle {roles} ne sont pas anonymisés. Retirez d'abord ce rôle.",
    es: "Los contactos con el rol {roles} no se anonimizan. Retire primero el rol.",
  },
  RETENTION_HOLD: {
    en: "A retention hold keeps the contact. Lift it first.",
    fr: "Une conservation protège ce contact. Levez-la d'abord.",
    es: "Una retención conserva este contacto. Levántela primero.",
  },
  OPEN_BALANCE: {
    en: "The contact owes or is owed money. Settle the balance of each organization first.",
    fr: "Le contact doit de l'argent ou on lui en doit. Soldez d'abord son compte dans chaque organisation.",
    es: "El contacto debe dinero o se le debe. Salde primero su cuenta en cada organización.",
  },
});
