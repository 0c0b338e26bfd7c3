import { Field, ID, InputType, Int, ObjectType } from "type-graphql";
import { IdempotencyKey } from "../../platform/graphql/idempotency-key.js";
import { UserError, Warning } from "../../platform/graphql/shared-types.js";
import { ContactLink } from "../connection.type.js";
import { ConnectionType, ContactRole } from "../contact.enums.js";
import { ContactChangeInput } from "../contact.inputs.js";
import { ContactPayload } from "../contact.payloads.js";
import { Contact } from "../contact.type.js";

@InputType({ description: "Two contacts and how they are linked." })
export class AddConnectionInput {
  @Field(() => ConnectionType, { description: "How they are linked." })
  type!: ConnectionType;

  @Field(() => ID, { description: "The relay, the member or the subsidiary." })
  fromId!: string;

  @Field(() => ID, { description: "The structure, or the parent." })
  toId!: string;

  @IdempotencyKey()
  idempotencyKey?: string | null;
}

@InputType({ description: "Which connection to end." })
export class RemoveConnectionInput {
  @Field(() => ID, { description: "The connection: `id` of a `ContactLink`." })
  id!: string;

  @IdempotencyKey()
  idempotencyKey?: string | null;
}

@InputType({ description: "A structure and one of its relays." })
export class SetPrimaryRelayInput {
  @Field(() => ID, { description: "The structure." })
  structureId!: string;

  @Field(() => ID, { description: "One of its relays, valid." })
  relayId!: string;

  @IdempotencyKey()
  idempotencyKey?: string | null;
}

@InputType({ description: "All roles that a contact shall have." })
export class SetRolesInput extends ContactChangeInput {
  @Field(() => Int, {
    description: "The `version` that the change is based on. Another one in the meantime: VERSION_CONFLICT.",
  })
  version!: number;

  @Field(() => [ContactRole], {
    description:
      "At least one for an individual. RELAY, MEMBER and SUBSIDIARY come and go with a connection: they must be in the list exactly when the contact has them.",
  })
  roles!: ContactRole[];
}

@InputType({ description: "A role that takes the place of another." })
export class ChangeRoleInput extends ContactChangeInput {
  @Field(() => ContactRole, {
    description: "The role that goes. The connections that it stands for go with it: RELAY, MEMBER, SUBSIDIARY.",
  })
  from!: ContactRole;

  @Field(() => ContactRole, { description: "The role that comes." })
  to!: ContactRole;

  @Field(() => ID, {
    nullable: true,
    description: "The structure of a RELAY or MEMBER, or the parent of a SUBSIDIARY. For these roles only.",
  })
  connectToId?: string | null;
}

@ObjectType({ simpleResolvers: true, description: "Answer to `addConnection`." })
export class AddConnectionPayload {
  @Field(() => ContactLink, { nullable: true, description: "The new connection; null when nothing was written." })
  connection!: ContactLink | null;

  @Field(() => [UserError], { description: "What to mend in the input. Empty when the change was made." })
  userErrors!: UserError[];

  @Field(() => [Warning], { description: "What is worth knowing about a change that was made." })
  warnings!: Warning[];
}

@ObjectType({ simpleResolvers: true, description: "Answer to `removeConnection`." })
export class RemoveConnectionPayload {
  @Field(() => Contact, { nullable: true, description: "Where it started; null when nothing was written." })
  from!: Contact | null;

  @Field(() => Contact, { nullable: true, description: "Where it ended; null when nothing was written." })
  to!: Contact | null;

  @Field(() => [UserError], { description: "What to mend in the input. Empty when the change was made." })
  userErrors!: UserError[];

  @Field(() => [Warning], {
    description: "What is worth knowing about a change that was made: PRIMARY_RELAY_CHANGED.",
  })
  warnings!: Warning[];
}

@ObjectType({ simpleResolvers: true, description: "Answer to `setPrimaryRelay`: the structure." })
export class SetPrimaryRelayPayload extends ContactPayload {}

@ObjectType({ simpleResolvers: true, description: "Answer to `setRoles`." })
export class SetRolesPayload extends ContactPayload {}

@ObjectType({ simpleResolvers: true, description: "Answer to `changeRole`." })
export class ChangeRolePayload extends ContactPayload {}
