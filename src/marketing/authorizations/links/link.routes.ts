import type { RequestListener } from "node:http";
import type { Services } from "../../../platform/context.js";
import { type Locale, negotiateLocale } from "../../../platform/i18n/locale.js";
import { type LinkPage, linkRoute } from "../../../platform/links/index.js";
import { authorizationName, fill, pageTexts } from "./link.texts.js";
import { linkInstitution } from "./link-session.sql.js";
import { confirm, type OptInAsked, optInAsked } from "./opt-in-confirmation.js";
import { optInPlace, unsubscribePlace } from "./places.js";
import { unsubscribe, unsubscriptionOf } from "./unsubscribe.service.js";

/** The pages behind the links in mails, by path. Served beside GraphQL, by the gateway and by marketing apart. */
export function consentRoutes(services: Services): Readonly<Record<string, RequestListener>> {
  const onFault = (error: unknown) => services.log.error({ code: (error as { code?: unknown }).code }, "a link failed");
  return {
    [optInPlace.path]: linkRoute(async ({ token, acts, acceptLanguage }) => {
      const found = acts ? await confirm(services, token) : await optInAsked(services, token);
      return found ? optInPage(found, acts) : brokenPage(negotiateLocale(acceptLanguage));
    }, onFault),
    [unsubscribePlace.path]: linkRoute(async ({ token, acts, acceptLanguage }) => {
      const locale = negotiateLocale(acceptLanguage);
      const wanted = unsubscriptionOf(services, token);
      if (!wanted) return brokenPage(locale);
      const institution = acts
        ? await unsubscribe(services, wanted)
        : await linkInstitution(services, wanted.institutionId);
      if (!institution) return brokenPage(locale);
      const name = authorizationName(wanted.code, locale, institution.name);
      return unsubscribePage(locale, { institution: institution.name, name }, acts);
    }, onFault),
  };
}

function unsubscribePage(locale: Locale, values: Readonly<Record<string, string>>, isDone: boolean): LinkPage {
  const say = (key: keyof typeof pageTexts) => fill(pageTexts[key], locale, values);
  if (isDone) return { status: 200, locale, title: say("unsubscribedTitle"), paragraphs: [say("unsubscribed")] };
  const paragraphs = [say("unsubscribe")];
  return { status: 200, locale, title: say("unsubscribeTitle"), paragraphs, button: say("unsubscribeButton") };
}

function optInPage({ institution, locale, wordings }: OptInAsked, isDone: boolean): LinkPage {
  const say = (key: keyof typeof pageTexts) => fill(pageTexts[key], locale, { institution });
  if (isDone) {
    const paragraphs = [say("confirmed"), ...wordings];
    return { status: 200, locale, title: say("confirmedTitle"), paragraphs };
  }
  const paragraphs = [say("confirm"), ...wordings];
  return { status: 200, locale, title: say("confirmTitle"), paragraphs, button: say("confirmButton") };
}

/** One page for all links that do nothing: why is nobody's business who only tries. */
function brokenPage(locale: Locale): LinkPage {
  return { status: 410, locale, title: pageTexts.invalidTitle[locale], paragraphs: [pageTexts.invalid[locale]] };
}
