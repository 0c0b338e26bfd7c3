import type { Locale } from "../../platform/i18n/locale.js";

interface PageTexts {
  readonly title: string;
  readonly about: string;
  readonly exportedAt: string;
  readonly yes: string;
  readonly no: string;
  readonly rights: string;
}

/** What stands around the data on the page that a person reads. */
export const pageTexts: Readonly<Record<Locale, PageTexts>> = {
  en: {
    title: "Your personal data",
    about:
      "This is everything that is kept here about you, table by table. The same stands in the JSON file beside this one, for programs.",
    exportedAt: "As of",
    yes: "yes",
    no: "no",
    rights:
      "You may ask to have these data corrected or erased, to restrict their use or to object to it, and to complain to the data protection authority.",
  },
  fr: {
    title: "Vos données personnelles",
    about:
      "Voici tout ce qui est conservé ici à votre sujet, table par table. Le fichier JSON joint contient la même chose, pour les programmes.",
    exportedAt: "Situation au",
    yes: "oui",
    no: "non",
    rights:
      "Vous pouvez demander la rectification ou l'effacement de ces données, la limitation de leur traitement ou vous y opposer, et saisir l'autorité de protection des données.",
  },
  es: {
    title: "Sus datos personales",
    about:
      "Esto es todo lo que se conserva aquí sobre usted, tabla por tabla. El archivo JSON adjunto contiene lo mismo, para programas.",
    exportedAt: "Situación a",
    yes: "sí",
    no: "no",
    rights:
      "Puede pedir la rectificación o supresión de estos datos, limitar su uso u oponerse a él, y reclamar ante la autoridad de protección de datos.",
  },
};
