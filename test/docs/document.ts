import { readFileSync } from "node:fs";

/** A document of the repository, as its readers and its tests see it. */
export class Document {
  readonly text: string;

  constructor(readonly file: string) {
    this.text = readFileSync(file, "utf8");
  }

  /** The cells of the tables below a heading, without the head of each; cells in backticks lose them. */
  rowsUnder(heading: string): string[][] {
    const lines = this.under(heading).split("\n");
    return lines
      .filter((line, at) => line.startsWith("|") && !line.startsWith("|---") && !lines[at + 1]?.startsWith("|---"))
      .map((line) =>
        line
          .slice(1, -1)
          .split(/(?<!\\)\|/)
          .map((cell) => cell.trim().replace(/^`([^`]*)`$/, "$1")),
      );
  }

  /** What stands below a heading, up to the next one of its level or above. */
  under(heading: string): string {
    const lines = this.text.split("\n");
    const start = lines.findIndex((line) => /^#+ /.test(line) && line.replace(/^#+ /, "") === heading);
    if (start < 0) throw new Error(`${this.file} has no heading ${heading}`);
    const level = lines[start]!.indexOf(" ");
    const end = lines.findIndex((line, at) => at > start && /^#+ /.test(line) && line.indexOf(" ") <= level);
    return lines.slice(start + 1, end < 0 ? undefined : end).join("\n");
  }

  /** The fenced blocks of a language, in their order. */
  blocks(language: string): string[] {
    return [...this.text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, "gms"))].map(([, block]) => block!);
  }

  /** Anchors of its headings, as GitHub makes them. */
  get anchors(): Set<string> {
    const headings = [...this.text.matchAll(/^#+ (.*)$/gm)].map(([, heading]) => heading!);
    return new Set(
      headings.map((heading) =>
        heading
          .toLowerCase()
          .replace(/[^\p{L}\p{Nd} _-]/gu, "")
          .replaceAll(" ", "-"),
      ),
    );
  }

  /** Where its links lead. */
  get links(): string[] {
    return [...this.text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target!);
  }
}
