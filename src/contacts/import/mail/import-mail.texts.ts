import type { Texts } from "../../../platform/i18n/locale.js";

export const endedSubject: Texts = {
  en: "Your import has ended",
  fr: "Votre import est terminé",
  es: "Su importación ha terminado",
};

export const failedSubject: Texts = {
  en: "Your import could not be carried out",
  fr: "Votre import n'a pas pu être effectué",
  es: "No se pudo realizar su importación",
};

export const cancelledSubject: Texts = {
  en: "Your import was cancelled",
  fr: "Votre import a été interrompu",
  es: "Su importación se ha cancelado",
};

export const undoneSubject: Texts = {
  en: "Your import was undone",
  fr: "Votre import a été annulé",
  es: "Su importación se ha deshecho",
};

export const undoFailedSubject: Texts = {
  en: "Your import was not undone completely",
  fr: "Votre import n'a pas été annulé entièrement",
  es: "Su importación no se ha deshecho del todo",
};

/** Around everything: no names, no file, no link; whoever wants to know more logs in. */
export const frame: Texts = {
  en: `Hello,

{what}

{counts}

Its number is {id}. Open it on the import screen to see row by row what became of it.

{institution}
`,
  fr: `Bonjour,

{what}

{counts}

Son numéro est {id}. Ouvrez-le à l'écran des imports pour voir, ligne par ligne, ce qu'il en est.

{institution}
`,
  es: `Hola:

{what}

{counts}

Su número es {id}. Ábrala en la pantalla de importaciones para ver, fila por fila, qué ha pasado.

{institution}
`,
};

export const checked: Texts = {
  en: "The check of your file has ended. Nothing was written.",
  fr: "La vérification de votre fichier est terminée. Rien n'a été écrit.",
  es: "La comprobación de su archivo ha terminado. No se ha escrito nada.",
};

export const updated: Texts = {
  en: "Your import has ended.",
  fr: "Votre import est terminé.",
  es: "Su importación ha terminado.",
};

export const failed: Texts = {
  en: "Your import could not go on. {why}",
  fr: "Votre import n'a pas pu continuer. {why}",
  es: "Su importación no pudo continuar. {why}",
};

export const cancelled: Texts = {
  en: "Your import was cancelled. What was written until then stays.",
  fr: "Votre import a été interrompu. Ce qui a été écrit jusque-là reste.",
  es: "Su importación se ha cancelado. Lo escrito hasta entonces permanece.",
};

export const cancelledCheck: Texts = {
  en: "The check of your file was cancelled. Nothing was written.",
  fr: "La vérification de votre fichier a été interrompue. Rien n'a été écrit.",
  es: "La comprobación de su archivo se ha cancelado. No se ha escrito nada.",
};

export const undone: Texts = {
  en: "Your import was undone, as far as that was possible.",
  fr: "Votre import a été annulé, dans la mesure du possible.",
  es: "Su importación se ha deshecho, en la medida de lo posible.",
};

export const undoFailed: Texts = {
  en: "The undo of your import could not go on. {why}",
  fr: "L'annulation de votre import n'a pas pu continuer. {why}",
  es: "No se pudo seguir deshaciendo su importación. {why}",
};

/** How many rows came to which end. */
const outcomes: Texts = {
  en: `New contacts: {created}
Changed contacts: {updated}
Without change: {unchanged}
Skipped: {skipped}
Conflicts: {conflicts}
Errors: {errors}`,
  fr: `Nouveaux contacts : {created}
Contacts modifiés : {updated}
Sans changement : {unchanged}
Ignorées : {skipped}
Conflits : {conflicts}
Erreurs : {errors}`,
  es: `Contactos nuevos: {created}
Contactos modificados: {updated}
Sin cambios: {unchanged}
Omitidas: {skipped}
Conflictos: {conflicts}
Errores: {errors}`,
};

export const importCounts: Texts = {
  en: `Rows: {total}\n${outcomes.en}`,
  fr: `Lignes : {total}\n${outcomes.fr}`,
  es: `Filas: {total}\n${outcomes.es}`,
};

/** Of one that was cancelled, whose file may not have been counted yet. */
export const cancelledCounts: Texts = {
  en: `Rows dealt with until then: {processed}\n${outcomes.en}`,
  fr: `Lignes traitées jusque-là : {processed}\n${outcomes.fr}`,
  es: `Filas tratadas hasta entonces: {processed}\n${outcomes.es}`,
};

export const undoCounts: Texts = {
  en: "Rows that were put back: {undone}\nRows that stay as they are: {kept}",
  fr: "Lignes rétablies : {undone}\nLignes laissées telles quelles : {kept}",
  es: "Filas devueltas: {undone}\nFilas que quedan como están: {kept}",
};
