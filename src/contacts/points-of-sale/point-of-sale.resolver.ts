import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import { Allow } from "../../platform/access/allow.js";
import type { OperationContext } from "../../platform/context.js";
import { findPointOfSale, pointsOfSale, setPointOfSale, summaryIn } from "./point-of-sale.service.js";
import {
  PointOfSale,
  PointOfSaleConnection,
  PrivacySettings,
  SetPointOfSaleInput,
  SetPointOfSalePayload,
} from "./point-of-sale.type.js";

@Resolver(() => PointOfSale)
export class PointOfSaleResolver {
  @Allow("authenticated")
  @Query(() => PointOfSale, {
    nullable: true,
    description: "A point of sale, with what it shows about privacy. Null when none has this id.",
  })
  pointOfSale(
    @Arg("id", () => ID, { description: "Opaque id of the point of sale." }) id: string,
    @Ctx() context: OperationContext,
  ) {
    return findPointOfSale(context, id);
  }

  @Allow("authenticated")
  @Query(() => PointOfSaleConnection, { description: "The institution's points of sale, oldest first." })
  pointsOfSale(
    @Arg("first", () => Int, { description: "How many, from 1 to 100." }) first: number,
    @Arg("after", () => String, { nullable: true, description: "The `endCursor` of the page before." }) after:
      | string
      | null,
    @Ctx() context: OperationContext,
  ) {
    return pointsOfSale(context, { first, after });
  }

  @Allow("pointOfSale:write")
  @Mutation(() => SetPointOfSalePayload, {
    description: "Makes a point of sale, or replaces the one of this code, with what it shows about privacy.",
  })
  setPointOfSale(
    @Arg("input", () => SetPointOfSaleInput, { description: "The point of sale." }) input: SetPointOfSaleInput,
    @Ctx() context: OperationContext,
  ) {
    return setPointOfSale(context, input);
  }
}

@Resolver(() => PrivacySettings)
export class PrivacySettingsResolver {
  @FieldResolver(() => String, {
    nullable: true,
    description: "The summary of the policy, in English where there is none in this language; null without any.",
  })
  summary(
    @Root() privacy: PrivacySettings,
    @Arg("locale", () => String, {
      nullable: true,
      description: "Language of the text: en, fr or es; English for another one. Left out: the caller's language.",
    })
    locale: string | null,
    @Ctx() context: OperationContext,
  ) {
    return summaryIn(privacy, locale, context.locale);
  }
}
