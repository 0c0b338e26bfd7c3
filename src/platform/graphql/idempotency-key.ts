import { Field } from "type-graphql";

/** The field `idempotencyKey` of the input of a mutation: `idempotency.ts` says what it does. */
export function IdempotencyKey(): PropertyDecorator {
  return Field(() => String, {
    nullable: true,
    description:
      "Repeating a mutation with the same key and input within 72 hours changes nothing and answers again. Up to 200 characters.",
  });
}
