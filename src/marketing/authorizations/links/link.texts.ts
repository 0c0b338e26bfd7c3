import type { Locale, Texts } from "../../../platform/i18n/locale.js";
import type { AuthorizationCode } from "../authorization.js";

/** What each authorization is called on pages and in mails, where the institution has published no wording. */
const names: Readonly<Record<AuthorizationCode, Texts>> = {
  INSTITUTION_EMAIL: {
    en: "E-mails of {institution}",
    fr: "E-mails de {institution}",
    es: "Correos electrónicos de {institution}",
  },
  THIRD_PARTY_TRANSFER: {
    en: "Handing your data on to third parties",
    fr: "Transmission de vos données à des tiers",
    es: "Comunicación de sus datos a terceros",
  },
  PARTNER_COMMUNICATION: {
    en: "Communication of partners of {institution}",
    fr: "Communication des partenaires de {institution}",
    es: "Comunicación de los socios de {institution}",
  },
  EMAIL: {
    en: "Communication by e-mail",
    fr: "Communication par e-mail",
    es: "Comunicación por correo electrónico",
  },
  SMS: { en: "Communication by SMS", fr: "Communication par SMS", es: "Comunicación por SMS" },
  PHONE: { en: "Communication by telephone", fr: "Communication par téléphone", es: "Comunicación por teléfono" },
  LETTER: { en: "Communication by letter", fr: "Communication par courrier", es: "Comunicación por carta" },
};

export function authorizationName(code: AuthorizationCode, locale: Locale, institution: string): string {
  return fill(names[code], locale, { institution });
}

/** What pages say. */
export const pageTexts = {
  invalidTitle: {
    en: "This link does not work",
    fr: "Ce lien ne fonctionne pas",
    es: "Este enlace no funciona",
  },
  invalid: {
    en: "It is not complete, or too old, or was used already. Please ask for a new one.",
    fr: "Il est incomplet, trop ancien ou déjà utilisé. Demandez-en un nouveau.",
    es: "Está incompleto, es demasiado antiguo o ya se ha utilizado. Solicite uno nuevo.",
  },
  unsubscribeTitle: { en: "Unsubscribe", fr: "Se désabonner", es: "Cancelar la suscripción" },
  unsubscribe: {
    en: "You no longer want this:\n{name}",
    fr: "Vous ne souhaitez plus ceci :\n{name}",
    es: "Ya no desea esto:\n{name}",
  },
  unsubscribeButton: { en: "Unsubscribe", fr: "Me désabonner", es: "Cancelar mi suscripción" },
  unsubscribedTitle: { en: "You are unsubscribed", fr: "Vous êtes désabonné", es: "Suscripción cancelada" },
  unsubscribed: {
    en: "{institution} has recorded that you no longer want this:\n{name}",
    fr: "{institution} a enregistré que vous ne souhaitez plus ceci :\n{name}",
    es: "{institution} ha registrado que ya no desea esto:\n{name}",
  },
  confirmTitle: { en: "Please confirm", fr: "Merci de confirmer", es: "Confirme, por favor" },
  confirm: {
    en: "{institution} asks for your agreement. You can withdraw it at any time.",
    fr: "{institution} vous demande votre accord. Vous pouvez le retirer à tout moment.",
    es: "{institution} le pide su acuerdo. Puede retirarlo en cualquier momento.",
  },
  confirmButton: { en: "I agree", fr: "J'accepte", es: "Acepto" },
  confirmedTitle: { en: "Thank you", fr: "Merci", es: "Gracias" },
  confirmed: {
    en: "Your agreement is recorded.",
    fr: "Votre accord est enregistré.",
    es: "Su acuerdo ha quedado registrado.",
  },
} as const satisfies Record<string, Texts>;

/** The mail that asks to confirm. */
export const optInMailTexts = {
  subject: {
    en: "Please confirm: {institution}",
    fr: "Merci de confirmer : {institution}",
    es: "Confirme, por favor: {institution}",
  },
  text: {
    en: `Hello,

{institution} was told that you agree to this:

{wordings}

Please confirm it here, within {days} days:
{url}

As long as you have not confirmed, nothing counts. If you have not asked for this, you need do nothing.

{institution}
`,
    fr: `Bonjour,

{institution} a été informé que vous acceptez ceci :

{wordings}

Merci de le confirmer ici, dans les {days} jours :
{url}

Tant que vous n'avez pas confirmé, rien n'est pris en compte. Si vous n'avez rien demandé, vous n'avez rien à faire.

{institution}
`,
    es: `Hola:

{institution} ha sido informado de que usted acepta esto:

{wordings}

Confírmelo aquí, en un plazo de {days} días:
{url}

Mientras no lo confirme, nada cuenta. Si no lo ha pedido, no tiene que hacer nada.

{institution}
`,
  },
} as const satisfies Record<string, Texts>;

/** Values are put in once: what stands in them is not looked through again. */
export function fill(texts: Texts, locale: Locale, values: Readonly<Record<string, string>>): string {
  return texts[locale].replace(/\{(\w+)\}/g, (_, key: string) => values[key] ?? "");
}
