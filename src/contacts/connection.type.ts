import { Field, ID, ObjectType } from "type-graphql";
import { connectionOf } from "../platform/graphql/connection.js";
import { ConnectionStatus, ConnectionType } from "./contact.enums.js";
import { Contact } from "./contact.type.js";

@ObjectType({
  simpleResolvers: true,
  description: "A link between two contacts. Shown at both ends, and only when the caller sees both.",
})
export class ContactLink {
  @Field(() => ID, { description: "Opaque and stable." })
  id!: string;

  @Field(() => ConnectionType, { description: "How they are linked." })
  type!: ConnectionType;

  @Field(() => ConnectionStatus, { description: "Whether it counts: while both contacts are valid." })
  status!: ConnectionStatus;

  @Field(() => Contact, { description: "Where the link starts: the relay, the member, the subsidiary." })
  from!: Contact;

  @Field(() => Contact, { description: "Where the link ends: the structure or the parent." })
  to!: Contact;
}

@ObjectType({ simpleResolvers: true, description: "A page of links to other contacts." })
export class ContactLinkConnection extends connectionOf("ContactLink", () => ContactLink) {}
