import { Field, InputType, ObjectType, registerEnumType } from "type-graphql";
import { ContactChangeInput } from "../contact.inputs.js";
import { ContactPayload } from "../contact.payloads.js";

@ObjectType({
  simpleResolvers: true,
  description: "A contact's account in the ticket shop. Passwords are kept by the identity provider, never here.",
})
export class InternetAccount {
  @Field(() => String, { description: "What the contact logs in with: an e-mail address. Capitals do not count." })
  login!: string;

  @Field(() => Date, { description: "When the account was created." })
  createdAt!: Date;

  @Field(() => Date, { nullable: true, description: "Since when the account is disabled; null while it is not." })
  disabledAt!: Date | null;
}

export enum LoginRefusal {
  NO_ACCOUNT = "NO_ACCOUNT",
  DISABLED = "DISABLED",
  INVALID = "INVALID",
  ANONYMIZED = "ANONYMIZED",
  LOGIN_TAKEN = "LOGIN_TAKEN",
}
registerEnumType(LoginRefusal, {
  name: "LoginRefusal",
  description: "Why a contact may not log in.",
  valuesConfig: {
    NO_ACCOUNT: { description: "The contact has no internet account." },
    DISABLED: { description: "The account was disabled." },
    INVALID: { description: "The contact's validity has ended." },
    ANONYMIZED: { description: "The contact was anonymized." },
    LOGIN_TAKEN: { description: "An older account of another public contact has the same login." },
  },
});

@ObjectType({ simpleResolvers: true, description: "Whether a contact may log in. A blocked contact may." })
export class LoginEligibility {
  @Field(() => Boolean, { description: "True when nothing speaks against it." })
  eligible!: boolean;

  @Field(() => [LoginRefusal], { description: "Everything that speaks against it." })
  reasons!: LoginRefusal[];
}

@InputType({ description: "A new internet account." })
export class CreateInternetAccountInput extends ContactChangeInput {
  @Field(() => String, {
    description: "An e-mail address. No two public contacts have the same login; capitals do not count.",
  })
  login!: string;
}

@InputType({ description: "Which account to disable." })
export class DisableInternetAccountInput extends ContactChangeInput {}

@ObjectType({ simpleResolvers: true, description: "Answer to `createInternetAccount`." })
export class CreateInternetAccountPayload extends ContactPayload {}

@ObjectType({ simpleResolvers: true, description: "Answer to `disableInternetAccount`." })
export class DisableInternetAccountPayload extends ContactPayload {}
