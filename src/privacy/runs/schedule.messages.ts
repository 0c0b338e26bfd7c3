import { defineMessages } from "../../platform/i18n/messages.js";

defineMessages({
  BATCH_TYPE_INACTIVE_CONTACTS: {
    en: "Deletion/anonymization of inactive contacts",
    fr: "Suppression/anonymisation des contacts inactifs",
    es: "Eliminación/anonimización de contactos inactivos",
  },
  BATCH_TYPE_MISSING: {
    en: "The batch type has to be there first: see ensureBatchType.",
    fr: "Le type de traitement doit d'abord exister : voir ensureBatchType.",
    es: "El tipo de proceso debe existir primero: véase ensureBatchType.",
  },
  INVALID_CRON: {
    en: "Five fields: minute, hour, day of month, month, day of week, such as 0 3 1 * *.",
    fr: "Cinq champs : minute, heure, jour du mois, mois, jour de la semaine, par exemple 0 3 1 * *.",
    es: "Cinco campos: minuto, hora, día del mes, mes, día de la semana, por ejemplo 0 3 1 * *.",
  },
  RUN_NOT_PERMITTED: {
    en: "A RUN and a schedule of RUNs take the permission privacy:run.",
    fr: "Une exécution réelle et sa programmation demandent l'autorisation privacy:run.",
    es: "Una ejecución real y su programación requieren el permiso privacy:run.",
  },
  RUN_NEEDS_PLAN: {
    en: "A schedule of RUNs is confirmed by the hash of a simulation.",
    fr: "Une programmation d'exécutions réelles se confirme par l'empreinte d'une simulation.",
    es: "Una programación de ejecuciones reales se confirma con la huella de una simulación.",
  },
  SIMULATION_OF_OTHER_PERIODS: {
    en: "The simulation was made for other periods.",
    fr: "La simulation porte sur d'autres durées.",
    es: "La simulación es de otros períodos.",
  },
  TOO_MANY_SCHEDULES: {
    en: "There are at most {maximum} schedules.",
    fr: "Il y a au plus {maximum} programmations.",
    es: "Hay como máximo {maximum} programaciones.",
  },
  ANONYMIZATION_SCHEDULE_NOT_FOUND: {
    en: "There is no schedule with this id.",
    fr: "Il n'existe pas de programmation portant cet identifiant.",
    es: "No hay ninguna programación con este identificador.",
  },
});
