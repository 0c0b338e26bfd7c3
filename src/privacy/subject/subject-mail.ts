import { isPermitted } from "../../platform/access/allow.js";
import type { Services } from "../../platform/context.js";
import { encodeId } from "../../platform/graphql/opaque-id.js";
import type { Locale, Texts } from "../../platform/i18n/locale.js";
import { noticeInForce } from "../../platform/legal-notices.js";
import type { MailTemplate } from "../../platform/mail/index.js";
import { subjectPath } from "./subject.service.js";
import { selectSubjectMail } from "./subject-kept.sql.js";

const subject: Texts = {
  en: "The export of a contact's data is ready",
  fr: "L'export des données d'un contact est prêt",
  es: "La exportación de los datos de un contacto está lista",
};

const text: Texts = {
  en: `Hello,

The export that you have asked {institution} for is ready. Fetch it until {until}, with your own access token:
{url}

{notice}
`,
  fr: `Bonjour,

L'export que vous avez demandé à {institution} est prêt. Téléchargez-le jusqu'au {until}, avec votre propre jeton d'accès :
{url}

{notice}
`,
  es: `Hola:

La exportación que ha solicitado a {institution} está lista. Descárguela hasta el {until}, con su propio token de acceso:
{url}

{notice}
`,
};

/** Says that an export is ready. It never carries the file, and names nobody. */
export function subjectExportMail(services: Services): MailTemplate {
  return {
    code: "SUBJECT_EXPORT",
    async compose(db, { subjectId, locale }) {
      const found = subjectId === null ? null : await selectSubjectMail(db, subjectId);
      const caller = found && (await services.ports.privacy.callerOf(found.claims));
      if (!caller || !isPermitted(caller, "subject:export")) return null;
      const values = {
        institution: found.institution,
        until: dayOf(found.expiresAt, found.timeZone, locale),
        url: services.links.at(subjectPath, { id: encodeId("SubjectExport", subjectId!) }),
        notice: (await noticeInForce(db, "DATA_EXPORT", locale)).text,
      };
      return { to: { name: "", address: found.email }, subject: subject[locale], text: fill(text[locale], values) };
    },
  };
}

function dayOf(at: Date, timeZone: string, locale: Locale): string {
  return new Intl.DateTimeFormat(locale, { timeZone, dateStyle: "long", timeStyle: "short" }).format(at);
}

/** Values are put in once: what stands in them is not looked through again. */
function fill(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (_, key: string) => values[key] ?? "");
}
