import { Arg, Ctx, FieldResolver, Int, Mutation, Resolver, Root } from "type-graphql";
import { Allow } from "../../platform/access/allow.js";
import type { OperationContext } from "../../platform/context.js";
import type { VisibleContact } from "../contact.loaders.js";
import { Contact, ContactConnection } from "../contact.type.js";
import { community, communityLeads, communityMembers } from "./community.service.js";
import {
  Community,
  CommunityMemberConnection,
  CreateContactOnBehalfInput,
  CreateContactOnBehalfPayload,
} from "./community.type.js";
import { createContactOnBehalf } from "./on-behalf.service.js";

const howMany = { description: "How many, from 1 to 100." };
const position = { nullable: true, description: "The `endCursor` of the page before." };

@Resolver(() => Contact)
export class ContactCommunityResolver {
  @FieldResolver(() => Community, {
    nullable: true,
    description: "The contacts whom this one may buy for in the ticket shop. Individuals only.",
  })
  community(@Root() contact: VisibleContact, @Ctx() context: OperationContext) {
    return community(context, contact);
  }

  @FieldResolver(() => ContactConnection, {
    nullable: true,
    description: "The internet users whose communities this contact belongs to, as far as the caller sees them.",
  })
  communityLeads(
    @Root() contact: VisibleContact,
    @Arg("first", () => Int, howMany) first: number,
    @Arg("after", () => String, position) after: string | null,
    @Ctx() context: OperationContext,
  ) {
    return communityLeads(context, contact, { first, after });
  }

  @Allow("community:write")
  @Mutation(() => CreateContactOnBehalfPayload, {
    description:
      "Creates the contact of somebody else, in the community of an internet user, who may then buy for him. An internet user who is blocked or no longer valid creates nobody.",
  })
  createContactOnBehalf(
    @Arg("input", () => CreateContactOnBehalfInput, { description: "The internet user and the new contact." })
    input: CreateContactOnBehalfInput,
    @Ctx() context: OperationContext,
  ) {
    return createContactOnBehalf(context, input);
  }
}

@Resolver(() => Community)
export class CommunityResolver {
  @FieldResolver(() => CommunityMemberConnection, {
    description: "Whoever joined first comes first. Members whom the caller does not see are not there.",
  })
  members(
    @Root() { owner }: Community,
    @Arg("first", () => Int, howMany) first: number,
    @Arg("after", () => String, position) after: string | null,
    @Ctx() context: OperationContext,
  ) {
    return communityMembers(context, owner as VisibleContact, { first, after });
  }
}
