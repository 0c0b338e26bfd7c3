import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import { Allow } from "../../platform/access/allow.js";
import type { OperationContext } from "../../platform/context.js";
import { TargetKind } from "./target.enums.js";
import { CreateTargetInput, SnapshotTargetInput, TargetFilterInput, UpdateTargetInput } from "./target.inputs.js";
import {
  countOf,
  findTarget,
  membersOf,
  previewTarget,
  targetDiff,
  targetFields,
  targets,
  toTarget,
} from "./target.reading.js";
import { createTarget, snapshotTarget, updateTarget } from "./target.service.js";
import {
  CreateTargetPayload,
  SnapshotTargetPayload,
  Target,
  TargetConnection,
  TargetDiff,
  TargetField,
  TargetMemberConnection,
  TargetPreview,
  UpdateTargetPayload,
} from "./target.type.js";

const afterDescription = "The `endCursor` of the page before.";

@Resolver(() => Target)
export class TargetResolver {
  @Allow("target:read")
  @Query(() => [TargetField], {
    description:
      "Every field that the caller may ask for in a filter, with how it is compared: what an editor is built from.",
  })
  targetFields(@Ctx() context: OperationContext) {
    return targetFields(context);
  }

  @Allow("target:read")
  @Query(() => Target, { nullable: true, description: "A target. Null when there is none of this id for the caller." })
  async target(@Arg("id", () => ID, { description: "The target." }) id: string, @Ctx() context: OperationContext) {
    const row = await findTarget(context, id);
    return row && toTarget(row);
  }

  @Allow("target:read")
  @Query(() => TargetConnection, { description: "The targets, the newest first; of a partner, those shared with him." })
  targets(
    @Arg("first", () => Int, { description: "How many, from 1 to 100." }) first: number,
    @Arg("after", () => String, { nullable: true, description: afterDescription }) after: string | null,
    @Arg("kind", () => TargetKind, { nullable: true, description: "Only those of this kind." }) kind: TargetKind | null,
    @Ctx() context: OperationContext,
  ) {
    return targets(context, { first, after: after ?? null, kind: kind ?? null });
  }

  @Allow("target:read")
  @Query(() => TargetPreview, { description: "How many contacts a filter meets now, before a target is made of it." })
  previewTarget(
    @Arg("filter", () => TargetFilterInput, { description: "The filter." }) filter: TargetFilterInput,
    @Ctx() context: OperationContext,
  ) {
    return previewTarget(context, filter);
  }

  @Allow("target:read")
  @Query(() => TargetDiff, {
    nullable: true,
    description: "How many would enter and leave a target with another filter. Null when there is no such target.",
  })
  targetDiff(
    @Arg("targetId", () => ID, { description: "The target as it is." }) targetId: string,
    @Arg("filter", () => TargetFilterInput, { description: "The other filter." }) filter: TargetFilterInput,
    @Ctx() context: OperationContext,
  ) {
    return targetDiff(context, targetId, filter);
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description:
      "How many contacts it has now, exactly. Null when the filter asks for a field that is withheld from the caller.",
  })
  count(@Root() target: Target, @Ctx() context: OperationContext) {
    return countOf(context, target);
  }

  @FieldResolver(() => TargetMemberConnection, {
    nullable: true,
    description:
      "The contacts that it has now. Null when the filter asks for a field that is withheld from the caller.",
  })
  contacts(
    @Root() target: Target,
    @Arg("first", () => Int, { description: "How many, from 1 to 100." }) first: number,
    @Arg("after", () => String, { nullable: true, description: afterDescription }) after: string | null,
    @Ctx() context: OperationContext,
  ) {
    return membersOf(context, target, { first, after: after ?? null });
  }

  @Allow("target:write")
  @Mutation(() => CreateTargetPayload, { description: "Makes a target." })
  createTarget(
    @Arg("input", () => CreateTargetInput, { description: "Its name, and whom it is about." }) input: CreateTargetInput,
    @Ctx() context: OperationContext,
  ) {
    return createTarget(context, input);
  }

  @Allow("target:write")
  @Mutation(() => UpdateTargetPayload, { description: "Changes a target. Its kind never changes." })
  updateTarget(
    @Arg("input", () => UpdateTargetInput, { description: "The target and what changes." }) input: UpdateTargetInput,
    @Ctx() context: OperationContext,
  ) {
    return updateTarget(context, input);
  }

  @Allow("target:write")
  @Mutation(() => SnapshotTargetPayload, {
    description: "Takes a picture of a target as a new static one, or takes a static one anew.",
  })
  snapshotTarget(
    @Arg("input", () => SnapshotTargetInput, { description: "The target." }) input: SnapshotTargetInput,
    @Ctx() context: OperationContext,
  ) {
    return snapshotTarget(context, input);
  }
}
