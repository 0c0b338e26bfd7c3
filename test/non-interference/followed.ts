import { reaches } from "./answers.js";
import type { Bundle, Edge, OutputField, Path } from "./selections.js";

/** Which steps have been followed by one caller, until there was something at their end. */
export class Followed {
  readonly #reached = new Set<string>();

  /** @param root the field of the query from which the path leads on */
  isNew(root: OutputField, path: Path): boolean {
    return !this.#reached.has(lastSteps(root, path));
  }

  note(root: OutputField, { paths }: Bundle, answer: unknown): void {
    for (const path of paths) if (reaches(answer, path)) this.#reached.add(lastSteps(root, path));
  }
}

/** What stands at the end of a path depends on the last step and on what it was taken from. */
function lastSteps(root: OutputField, path: Path): string {
  return [root.name, ...path.map(nameOf)].slice(-2).join(" ");
}

const nameOf = ({ field, text }: Edge) => (field ? `${field.owner.name}.${field.field.name}` : text);
