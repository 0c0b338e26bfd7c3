import { defineMessages } from "../../../platform/i18n/messages.js";

/** Why an import is not undone. */
defineMessages({
  IMPORT_NOT_ENDED: {
    en: "The import has not ended. Wait for it, or cancel it first.",
    fr: "L'import n'est pas terminé. Attendez sa fin, ou annulez-le d'abord.",
    es: "La importación no ha terminado. Espere o cancélela primero.",
  },
  IMPORT_UNDONE: {
    en: "The import has been undone already, or is being undone.",
    fr: "L'import a déjà été annulé, ou son annulation est en cours.",
    es: "La importación ya se deshizo o se está deshaciendo.",
  },
  NOTHING_TO_UNDO: {
    en: "The import has written nothing.",
    fr: "L'import n'a rien écrit.",
    es: "La importación no escribió nada.",
  },
  UNDO_EXPIRED: {
    en: "The import ended more than 30 days ago. What it wrote is no longer known row by row.",
    fr: "L'import s'est terminé il y a plus de 30 jours. Ce qu'il a écrit n'est plus connu ligne par ligne.",
    es: "La importación terminó hace más de 30 días. Ya no se sabe fila por fila qué escribió.",
  },
  UNDO_NOT_PERMITTED: {
    en: "The operator who had the import undone may no longer run imports.",
    fr: "L'opérateur qui a fait annuler l'import n'a plus le droit d'importer.",
    es: "El operador que hizo deshacer la importación ya no puede importar.",
  },
});

/** Why a row is kept. */
defineMessages({
  VALUE_CHANGED_SINCE: {
    en: "The value was changed after the import, so the row stays as it is.",
    fr: "La valeur a changé après l'import : la ligne reste telle quelle.",
    es: "El valor cambió después de la importación: la fila queda como está.",
  },
  AGREEMENT_NOT_RESTORED: {
    en: "The contact had agreed before the import. Undoing gives no agreement back: ask him.",
    fr: "Le contact avait donné son accord avant l'import. L'annulation ne rétablit aucun accord : demandez-le-lui.",
    es: "El contacto había consentido antes de la importación. Deshacer no devuelve ningún consentimiento: pídaselo.",
  },
  CREATED_CONTACT_STAYS: {
    en: "The import made this contact, and others may count on him by now. Invalidate or anonymize him by hand.",
    fr: "L'import a créé ce contact, qui peut servir depuis. Invalidez-le ou anonymisez-le à la main.",
    es: "La importación creó este contacto, que puede estar en uso. Invalídelo o anonimícelo a mano.",
  },
});
