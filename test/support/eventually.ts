import { setTimeout as delay } from "node:timers/promises";

/**
 * Asks until the answer is what is waited for, and returns it.
 * @throws Error with the last answer when that does not happen in time
 */
export async function eventually<Answer>(
  ask: () => Promise<Answer>,
  isIt: (answer: Answer) => boolean,
  timeoutMs = 20_000,
): Promise<Answer> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (isIt(answer)) return answer;
    if (Date.now() > end) throw new Error(`waited ${timeoutMs} ms in vain; at last: ${JSON.stringify(answer)}`);
    await delay(20);
  }
}
