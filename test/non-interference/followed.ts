import { reaches } from "./answers.js";
import { isDeep } from "./chance.js";
import type { Bundle, Edge, OutputField, Path } from "./selections.js";

/** Answers with nothing at the end of a path before it is given up. */
const mostAttempts = isDeep ? 40 : 4;

/** Which steps have been followed by one caller, until there was something at their end. */
export class Followed {
  readonly #attempts = new Map<string, number>();

  /** @param root the field of the query from which the path leads on */
  isNew(root: OutputField, path: Path): boolean {
    return (this.#attempts.get(lastSteps(root, path)) ?? 0) < mostAttempts;
  }

  note(root: OutputField, { paths }: Bundle, answer: unknown): void {
    for (const path of paths) {
      const steps = lastSteps(root, path);
      const before = this.#attempts.get(steps) ?? 0;
      this.#attempts.set(steps, reaches(answer, path) ? mostAttempts : before + 1);
    }
  }
}

/** What stands at the end of a path depends on the last step and on what it was taken from. */
function lastSteps(root: OutputField, path: Path): string {
  return [root.name, ...path.map(nameOf)].slice(-2).join(" ");
}

const nameOf = ({ field, text }: Edge) => (field ? `${field.owner.name}.${field.field.name}` : text);
