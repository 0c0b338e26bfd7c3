import { defineMessages } from "../../platform/i18n/messages.js";

defineMessages({
  ANONYMIZATION_RUN_NOT_FOUND: {
    en: "There is no run with this id.",
    fr: "Il n'existe pas de traitement portant cet identifiant.",
    es: "No hay ninguna ejecución con este identificador.",
  },
  ANONYMIZATION_RUN_HAS_ENDED: {
    en: "This run has ended already.",
    fr: "Ce traitement est déjà terminé.",
    es: "Esta ejecución ya ha terminado.",
  },
  SIMULATION_NOT_FOUND: {
    en: "No simulation that is done has this hash. Simulate first.",
    fr: "Aucune simulation terminée ne porte cette empreinte. Faites d'abord une simulation.",
    es: "Ninguna simulación terminada tiene esta huella. Haga primero una simulación.",
  },
  SIMULATION_TOO_OLD: {
    en: "The simulation is older than seven days. Simulate again.",
    fr: "La simulation date de plus de sept jours. Refaites-en une.",
    es: "La simulación tiene más de siete días. Haga otra.",
  },
  SIMULATION_OF_A_LATER_DAY: {
    en: "The simulation is of a day that has not come yet.",
    fr: "La simulation porte sur un jour qui n'est pas encore venu.",
    es: "La simulación es de un día que aún no ha llegado.",
  },
  PLAN_ALTERED: {
    en: "The plan does not say any more what was confirmed.",
    fr: "Le plan ne dit plus ce qui a été confirmé.",
    es: "El plan ya no dice lo que se confirmó.",
  },
  RUN_IN_PROGRESS: {
    en: "Another run has not ended yet.",
    fr: "Un autre traitement n'est pas encore terminé.",
    es: "Otra ejecución aún no ha terminado.",
  },
  AS_OF_NOT_PERMITTED: {
    en: "Another day than today takes the permission operator:admin.",
    fr: "Un autre jour qu'aujourd'hui demande l'autorisation operator:admin.",
    es: "Otro día que hoy requiere el permiso operator:admin.",
  },
  NOT_PERMITTED_ANY_MORE: {
    en: "Who asked for it is not permitted to any more.",
    fr: "La personne qui l'a demandé n'y est plus autorisée.",
    es: "Quien lo pidió ya no tiene permiso.",
  },
  INTERRUPTED_TOO_OFTEN: {
    en: "It was interrupted too often at the same place.",
    fr: "Il a été interrompu trop souvent au même endroit.",
    es: "Se interrumpió demasiadas veces en el mismo lugar.",
  },
  RUN_STARTED: { en: "Begun.", fr: "Commencé.", es: "Iniciado." },
  RUN_RESUMED: { en: "Resumed.", fr: "Repris.", es: "Reanudado." },
  RUN_CONTACTS_DONE: {
    en: "Through all contacts: {count} were looked at.",
    fr: "Tous les contacts ont été parcourus : {count} examinés.",
    es: "Se recorrieron todos los contactos: {count} examinados.",
  },
  RUN_TICKETS_DONE: {
    en: "Through all tickets: {count} with holders from before the cutoff.",
    fr: "Tous les billets ont été parcourus : {count} avec bénéficiaire d'avant la date limite.",
    es: "Se recorrieron todas las entradas: {count} con titular anterior a la fecha límite.",
  },
  RUN_ORDERS_DONE: {
    en: "Through all orders: {count} with an address from before the cutoff.",
    fr: "Toutes les commandes ont été parcourues : {count} avec une adresse d'avant la date limite.",
    es: "Se recorrieron todos los pedidos: {count} con una dirección anterior a la fecha límite.",
  },
  RUN_DONE: { en: "Done.", fr: "Terminé.", es: "Terminado." },
  RUN_FAILED: { en: "Could not go on.", fr: "N'a pas pu continuer.", es: "No pudo continuar." },
  RUN_CANCELLED: { en: "Ended by somebody.", fr: "Arrêté par quelqu'un.", es: "Detenido por alguien." },
});
