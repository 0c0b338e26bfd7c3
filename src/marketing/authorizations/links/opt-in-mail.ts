import type { Services } from "../../../platform/context.js";
import type { MailTemplate } from "../../../platform/mail/index.js";
import { fill, optInMailTexts } from "./link.texts.js";
import { optInDays } from "./opt-in.service.js";
import { selectOptIn } from "./opt-in.sql.js";
import { asked, isOpen, optInUrl } from "./opt-in-confirmation.js";

/** Asks a contact to confirm what he is said to agree to. No marketing: it is sent whatever he authorizes. */
export function optInMail(services: Services): MailTemplate {
  return {
    code: "DOUBLE_OPT_IN",
    async compose(db, { subjectId, locale }) {
      const state = subjectId === null ? null : await selectOptIn(db, subjectId);
      if (!state?.email || !isOpen(services, db.institutionId, state)) return null;
      const { institution, wordings } = await asked(db, state);
      const values = {
        institution,
        wordings: wordings.join("\n\n"),
        days: String(optInDays),
        url: optInUrl(services, db.institutionId, state),
      };
      return {
        to: { name: "", address: state.email },
        subject: fill(optInMailTexts.subject, locale, values),
        text: fill(optInMailTexts.text, locale, values),
      };
    },
  };
}
