import { expect } from "chai";

/** What the promise is rejected with; it is an error of the test when it is not. */
export function faultOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.fail("it should have failed"),
    (error) => error,
  );
}
