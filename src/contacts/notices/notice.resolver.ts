import { Arg, Ctx, Int, Query, Resolver } from "type-graphql";
import { Allow } from "../../platform/access/allow.js";
import type { OperationContext } from "../../platform/context.js";
import { LegalNotice } from "../../platform/graphql/shared-types.js";
import { negotiateLocale } from "../../platform/i18n/locale.js";
import { findLegalNotice } from "../../platform/legal-notices.js";

@Resolver()
export class NoticeResolver {
  @Allow("authenticated")
  @Query(() => LegalNotice, {
    nullable: true,
    description:
      "A notice that the law asks to show, to be shown before acting: FREE_TEXT_CONTENT, ALIAS_CONSENT, CREATION_ON_BEHALF, DATA_EXPORT, OPERATOR_LOGIN. Null for another code or version.",
  })
  legalNotice(
    @Arg("code", () => String, { description: "Which notice." }) code: string,
    @Arg("locale", () => String, {
      nullable: true,
      description: "Language of the text: en, fr or es; English for another one. Left out: the caller's language.",
    })
    locale: string | null,
    @Arg("version", () => Int, {
      nullable: true,
      description: "A wording that was shown before, by the version that acts recorded. Left out: the one in force.",
    })
    version: number | null,
    @Ctx() context: OperationContext,
  ) {
    const language = locale ? negotiateLocale(locale) : context.locale;
    return findLegalNotice(context.db, { code, locale: language, version: version ?? null });
  }
}
