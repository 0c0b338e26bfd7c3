import { isPermitted } from "../../../platform/access/allow.js";
import type { Services } from "../../../platform/context.js";
import { encodeId } from "../../../platform/graphql/opaque-id.js";
import type { Locale, Texts } from "../../../platform/i18n/locale.js";
import { message } from "../../../platform/i18n/messages.js";
import { noticeInForce } from "../../../platform/legal-notices.js";
import { fillText, type MailTemplate } from "../../../platform/mail/index.js";
import { templatePath, zipNameOf } from "./template.service.js";
import { selectFailedTemplateMail, selectTemplateMail, type TemplateMailRow } from "./template-kept.sql.js";

/** The largest zip that a mail carries, in bytes. Source: F83 */
const mostAttachedBytes = 10 * 1024 ** 2;

const subject: Texts = {
  en: "Your import template is ready",
  fr: "Votre modèle d'import est prêt",
  es: "Su plantilla de importación está lista",
};

const text: Texts = {
  en: `Hello,

The import template {file} of {institution} is ready. Contacts in it: {count}.

{where}

Fill in the columns that begin with [new], only where something is to change, and upload the file as an import.

{notice}
`,
  fr: `Bonjour,

Le modèle d'import {file} de {institution} est prêt. Contacts dans le fichier : {count}.

{where}

Remplissez les colonnes qui commencent par [new], seulement là où quelque chose doit changer, puis envoyez le fichier comme import.

{notice}
`,
  es: `Hola:

La plantilla de importación {file} de {institution} está lista. Contactos en el archivo: {count}.

{where}

Rellene las columnas que empiezan por [new], solo donde algo deba cambiar, y envíe el archivo como importación.

{notice}
`,
};

const attached: Texts = {
  en: "It is attached to this mail.",
  fr: "Il est joint à ce message.",
  es: "Va adjunta a este mensaje.",
};

const linked: Texts = {
  en: "Fetch it until {until}, on the import screen or with your own access token:\n{url}",
  fr: "Téléchargez-le jusqu'au {until}, depuis l'écran des imports ou avec votre propre jeton d'accès :\n{url}",
  es: "Descárguela hasta el {until}, desde la pantalla de importaciones o con su propio token de acceso:\n{url}",
};

/** Says that a template is ready, and carries it where the institution allows that (F83). No marketing. */
export function importTemplateMail(services: Services): MailTemplate {
  return {
    code: "IMPORT_TEMPLATE",
    async compose(db, { subjectId, locale }) {
      const found = subjectId === null ? null : await selectTemplateMail(db, subjectId);
      if (!found || !(await mayStillImport(services, found))) return null;
      const { fileId, fileName, email, institution, rowCount } = found;
      const isAttached = found.templateMail === "ATTACHMENT" && found.sizeBytes <= mostAttachedBytes;
      const url = services.links.at(templatePath, { id: encodeId("ImportTemplate", subjectId!) });
      const where = isAttached ? attached[locale] : fillText(linked[locale], { url, until: dayOf(found, locale) });
      const notice = (await noticeInForce(db, "DATA_EXPORT", locale)).text;
      const attachment = {
        name: zipNameOf(fileName),
        type: "application/zip",
        open: () => services.files.open(fileId),
      };
      return {
        to: { name: "", address: email },
        subject: subject[locale],
        text: fillText(text[locale], { file: fileName, institution, count: String(rowCount), where, notice }),
        ...(isAttached && { attachment }),
      };
    },
  };
}

const failedSubject: Texts = {
  en: "Your import template could not be made",
  fr: "Votre modèle d'import n'a pas pu être créé",
  es: "No se pudo crear su plantilla de importación",
};

const failedText: Texts = {
  en: "Hello,\n\nThe import template {id} of {institution} could not be made. {why}\n",
  fr: "Bonjour,\n\nLe modèle d'import {id} de {institution} n'a pas pu être créé. {why}\n",
  es: "Hola:\n\nNo se pudo crear la plantilla de importación {id} de {institution}. {why}\n",
};

/** Says that there will be no template, and why. */
export function importTemplateFailedMail(services: Services): MailTemplate {
  return {
    code: "IMPORT_TEMPLATE_FAILED",
    async compose(db, { subjectId, locale }) {
      const found = subjectId === null ? null : await selectFailedTemplateMail(db, subjectId);
      if (!found || !(await mayStillImport(services, found))) return null;
      const { email, institution, failureCode, failureParameters } = found;
      const why = message(failureCode, locale, failureParameters ?? {});
      const id = encodeId("ImportTemplate", subjectId!);
      const text = fillText(failedText[locale], { id, institution, why });
      return { to: { name: "", address: email }, subject: failedSubject[locale], text };
    },
  };
}

/** Who has left since gets no file. */
async function mayStillImport({ ports }: Services, { claims }: Pick<TemplateMailRow, "claims">): Promise<boolean> {
  const caller = await ports.privacy.callerOf(claims);
  return caller !== null && isPermitted(caller, "import:run");
}

function dayOf({ expiresAt, timeZone }: TemplateMailRow, locale: Locale): string {
  return new Intl.DateTimeFormat(locale, { timeZone, dateStyle: "long", timeStyle: "short" }).format(expiresAt);
}
