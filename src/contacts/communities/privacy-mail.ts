import { randomUUID } from "node:crypto";
import type { Sql } from "../../platform/database/sql.js";
import type { Locale, Texts } from "../../platform/i18n/locale.js";
import { type MailTemplate, queueMail } from "../../platform/mail/index.js";
import type { HistoryPort } from "../../platform/ports.js";
import { selectPrivacyMail } from "./community.sql.js";

const subject: Texts = {
  en: "Your data at {institution}",
  fr: "Vos données chez {institution}",
  es: "Sus datos en {institution}",
};

const text: Texts = {
  en: `Hello {name},

Somebody who buys tickets for you has given us your data and asked us to open an account for you at {institution}, with this e-mail address as its login.

We keep your name, your contact data and what is bought for you, in order to send you tickets and to let you in. We send you advertising only if you allow it.

You may read, correct and erase your data, restrict their use and object to it: log in, or answer at the address on our web site. You may also complain to the data protection authority.{policy}

If you do not know about this, tell us, and we erase your data.

{institution}
`,
  fr: `Bonjour {name},

Une personne qui achète des billets pour vous nous a communiqué vos données et demandé d'ouvrir pour vous un compte chez {institution}, avec cette adresse e-mail comme identifiant.

Nous conservons votre nom, vos coordonnées et ce qui est acheté pour vous, afin de vous envoyer des billets et de vous laisser entrer. Nous ne vous envoyons de la publicité que si vous l'autorisez.

Vous pouvez accéder à vos données, les rectifier, les faire effacer, en limiter l'usage et vous y opposer : connectez-vous, ou écrivez à l'adresse indiquée sur notre site. Vous pouvez aussi saisir l'autorité de protection des données.{policy}

Si vous n'en savez rien, dites-le-nous et nous effacerons vos données.

{institution}
`,
  es: `Hola, {name}:

Una persona que compra entradas para usted nos ha comunicado sus datos y nos ha pedido que le abramos una cuenta en {institution}, con esta dirección de correo como identificador.

Guardamos su nombre, sus datos de contacto y lo que se compra para usted, con el fin de enviarle entradas y dejarle pasar. Solo le enviamos publicidad si usted lo autoriza.

Puede consultar, rectificar y suprimir sus datos, limitar su uso y oponerse a él: conéctese o escriba a la dirección indicada en nuestro sitio. También puede reclamar ante la autoridad de protección de datos.{policy}

Si no sabe nada de esto, díganoslo y borraremos sus datos.

{institution}
`,
};

const policy: Texts = {
  en: " Our privacy policy: {policyUrl}",
  fr: " Notre politique de confidentialité : {policyUrl}",
  es: " Nuestra política de privacidad: {policyUrl}",
};

/** The privacy information of whoever was created on behalf with a login (F59). No marketing: it ignores authorizations. */
export const privacyMail: MailTemplate = {
  code: "PRIVACY_INFORMATION",
  async compose(db, { contactId, locale }) {
    const found = contactId === null ? null : await selectPrivacyMail(db, contactId);
    if (!found?.email) return null;
    const name = [found.firstName, found.lastName].filter(Boolean).join(" ");
    const { institution, policyUrl } = found;
    const values = { name, institution, policy: policyUrl ? fill(policy, locale, { policyUrl }) : "" };
    const to = { name, address: found.email };
    return { to, subject: fill(subject, locale, values), text: fill(text, locale, values) };
  },
};

/**
 * Sends the privacy information when the caller's transaction commits. It stands in the contact's shipment list from
 * then on, as sent by the institution itself: informing is its duty, whichever organization asked for the contact.
 */
export async function sendPrivacyMail(
  history: HistoryPort,
  db: Sql,
  { contactId, locale }: { contactId: string; locale: Locale },
): Promise<void> {
  const [shipmentId] = await history.recordShipments(db, [
    {
      ...{ organization: null, externalId: `mail-${randomUUID()}`, contactId },
      ...{ kind: "PRIVACY_INFORMATION", channel: "EMAIL", state: "QUEUED" },
    },
  ]);
  await queueMail(db, { template: "PRIVACY_INFORMATION", contactId, locale, shipmentId });
}

/** Values are put in once: what stands in them is not looked through again. */
function fill(texts: Texts, locale: Locale, values: Readonly<Record<string, string>>): string {
  return texts[locale].replace(/\{(\w+)\}/g, (_, key: string) => values[key] ?? "");
}
