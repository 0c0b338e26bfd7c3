import { type PersonalLabels, texts } from "./labels.js";

/** What a person reads about mails of the program. */
export const platformLabels: PersonalLabels = {
  tables: { "platform.mail": texts("Mails of the program", "E-mails du programme", "Correos del programa") },
  columns: {
    template: texts("Mail", "E-mail", "Correo"),
    mail_status: texts("State", "État", "Estado"),
    ended_at: texts("Ended on", "Terminé le", "Terminado el"),
  },
};
