import { type PersonalLabels, texts } from "../platform/personal-data/index.js";

/** What a person reads about how long he is kept, and who saw him. */
export const privacyLabels: PersonalLabels = {
  tables: {
    "privacy.audit_access": texts(
      "Who saw or exported your data",
      "Consultations et exports",
      "Consultas y exportaciones",
    ),
    "privacy.gdpr_recency": texts("Last activity", "Dernière activité", "Última actividad"),
    "privacy.retention_hold": texts("Retention hold", "Conservation imposée", "Conservación obligatoria"),
    "privacy.audit_contact": texts("Changes of holds", "Modifications des conservations", "Cambios de conservación"),
    "privacy.anonymization_run_item": texts(
      "Checks for inactivity",
      "Contrôles d'inactivité",
      "Controles de inactividad",
    ),
    "privacy.subject_export": texts("Exports of your data", "Exports de vos données", "Exportaciones de sus datos"),
  },
  columns: {
    access_kind: texts("Kind", "Type", "Tipo"),
    subject: texts("What was exported", "Contenu exporté", "Contenido exportado"),
    until_date: texts("Until", "Jusqu'au", "Hasta el"),
    set_at: texts("Set on", "Fixé le", "Fijado el"),
    outcomes: texts("Outcome", "Résultat", "Resultado"),
    planned: texts("Planned", "Prévu", "Previsto"),
    recency_day: texts("Last activity", "Dernière activité", "Última actividad"),
    recency_kind: texts("Kind of activity", "Type d'activité", "Tipo de actividad"),
    was_blocked: texts("Was blocked", "Était bloqué", "Estaba bloqueado"),
    balances: texts("Open balances", "Soldes ouverts", "Saldos abiertos"),
    last_ticket_end: texts("End of the last ticket", "Fin du dernier billet", "Fin de la última entrada"),
    requested_at: texts("Asked for on", "Demandé le", "Solicitado el"),
  },
};
