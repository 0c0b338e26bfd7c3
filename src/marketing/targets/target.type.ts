import { Field, ID, Int, ObjectType } from "type-graphql";
import { connectionOf } from "../../platform/graphql/connection.js";
import { DateScalar } from "../../platform/graphql/scalars.js";
import { UserError, Warning } from "../../platform/graphql/shared-types.js";
import { Contact } from "../contact.type.js";
import { TargetFieldKind, TargetKind, TargetOperator, TargetScopeKind } from "./target.enums.js";

@ObjectType({ simpleResolvers: true, description: "A field that targets ask for." })
export class TargetField {
  @Field(() => String, { description: "Its code, for `field` of a condition." })
  code!: string;

  @Field(() => String, { description: "Its name, in the caller's language." })
  label!: string;

  @Field(() => TargetFieldKind, { description: "What its values look like." })
  kind!: TargetFieldKind;

  @Field(() => [TargetOperator], { description: "How it is compared." })
  operators!: readonly TargetOperator[];

  @Field(() => [String], { nullable: true, description: "The codes that it takes; null: any value of its kind." })
  values!: readonly string[] | null;

  @Field(() => TargetScopeKind, { nullable: true, description: "What `scope` narrows; null: it takes none." })
  scope!: TargetScopeKind | null;
}

@ObjectType({ simpleResolvers: true, description: "Which purchases or visits count for a condition." })
class TargetScope {
  @Field(() => DateScalar, { nullable: true, description: "First day that counts." })
  from!: string | null;

  @Field(() => DateScalar, { nullable: true, description: "Last day that counts." })
  to!: string | null;

  @Field(() => [String], { nullable: true, description: "Codes of organizations." })
  organizations!: string[] | null;

  @Field(() => [String], { nullable: true, description: "Kinds of products." })
  productKinds!: string[] | null;

  @Field(() => [String], { nullable: true, description: "Codes of products." })
  products!: string[] | null;

  @Field(() => [String], { nullable: true, description: "Codes of seasons." })
  seasons!: string[] | null;

  @Field(() => String, { nullable: true, description: "Only amounts in this currency (ISO 4217)." })
  currency!: string | null;
}

@ObjectType({ simpleResolvers: true, description: "One condition of a filter." })
class TargetCondition {
  @Field(() => String, { description: "The field, as `targetFields` lists them." })
  field!: string;

  @Field(() => TargetOperator, { description: "How it is compared." })
  operator!: TargetOperator;

  @Field(() => [String], { description: "What it is compared with." })
  values!: string[];

  @Field(() => TargetScope, { nullable: true, description: "What counts, for fields with a scope." })
  scope!: TargetScope | null;
}

@ObjectType({ simpleResolvers: true, description: "A filter: one of the four has a value." })
class TargetFilter {
  @Field(() => [TargetFilter], { nullable: true, description: "All of these are met." })
  all!: TargetFilter[] | null;

  @Field(() => [TargetFilter], { nullable: true, description: "At least one of these is met." })
  any!: TargetFilter[] | null;

  @Field(() => [TargetFilter], { nullable: true, description: "None of these is met." })
  none!: TargetFilter[] | null;

  @Field(() => TargetCondition, { nullable: true, description: "One condition." })
  condition!: TargetCondition | null;
}

@ObjectType({ simpleResolvers: true, description: "A contact whom a target has." })
export class TargetMember {
  @Field(() => Contact, { description: "The contact." })
  contact!: Contact;
}

@ObjectType({ simpleResolvers: true, description: "A page of the contacts of a target, in the order of their ids." })
export class TargetMemberConnection extends connectionOf("TargetMember", () => TargetMember) {}

@ObjectType({ simpleResolvers: true, description: "A set of contacts: a question, or an answer to one." })
export class Target {
  @Field(() => ID, { description: "Opaque and stable." })
  id!: string;

  @Field(() => String, { description: "Its name." })
  name!: string;

  @Field(() => TargetKind, { description: "Question or answer." })
  kind!: TargetKind;

  @Field(() => TargetFilter, { nullable: true, description: "What is asked; null for a list that was made by hand." })
  filter!: object | null;

  @Field(() => String, { description: "Login of who made it: later runs ask with his rights of that day." })
  owner!: string;

  @Field(() => [String], { description: "Logins of the partners who share it." })
  sharedWith!: string[];

  @Field(() => Date, { nullable: true, description: "When a static target was last taken; null for a dynamic one." })
  takenAt!: Date | null;

  @Field(() => Date, { description: "When it was made." })
  createdAt!: Date;

  @Field(() => Date, { description: "When it was last changed." })
  updatedAt!: Date;

  @Field(() => Int, { description: "Counts up with each change." })
  version!: number;
}

@ObjectType({ simpleResolvers: true, description: "A page of targets, the newest first." })
export class TargetConnection extends connectionOf("Target", () => Target) {}

@ObjectType({ simpleResolvers: true, description: "Whom a filter meets now." })
export class TargetPreview {
  @Field(() => Int, { nullable: true, description: "How many, exactly; null when the filter cannot be asked." })
  count!: number | null;

  @Field(() => [UserError], { description: "What to mend in the filter, each with its path. Empty when it was asked." })
  userErrors!: UserError[];
}

@ObjectType({ simpleResolvers: true, description: "How a target would change with another filter." })
export class TargetDiff {
  @Field(() => Int, { nullable: true, description: "How many would enter; null when the filter cannot be asked." })
  entering!: number | null;

  @Field(() => Int, { nullable: true, description: "How many would leave; null when the filter cannot be asked." })
  leaving!: number | null;

  @Field(() => [UserError], { description: "What to mend in the filter, each with its path. Empty when it was asked." })
  userErrors!: UserError[];
}

@ObjectType({ simpleResolvers: true })
abstract class TargetPayload {
  @Field(() => Target, { nullable: true, description: "The target as it is now; null when nothing was written." })
  target!: Target | null;

  @Field(() => [UserError], { description: "What to mend in the input. Empty when the change was made." })
  userErrors!: UserError[];

  @Field(() => [Warning], { description: "What is worth knowing about a change that was made." })
  warnings!: Warning[];
}

@ObjectType({ simpleResolvers: true, description: "Answer to `createTarget`." })
export class CreateTargetPayload extends TargetPayload {}

@ObjectType({ simpleResolvers: true, description: "Answer to `updateTarget`." })
export class UpdateTargetPayload extends TargetPayload {}

@ObjectType({ simpleResolvers: true, description: "Answer to `snapshotTarget`." })
export class SnapshotTargetPayload extends TargetPayload {}
