import type { Measured } from "./measure.js";

/** What a run says: the last line of `--json`. */
export interface Report {
  readonly bench: string;
  /** Contacts. */
  readonly scale: number;
  /** Of the worst case. */
  readonly ratio: number;
  /** The most that the product's processes took in a case, without PostgreSQL. */
  readonly peakMemoryMb: number;
  readonly cases: readonly {
    readonly name: string;
    readonly product: number;
    readonly baseline: number;
    readonly unit: string;
    readonly ratio: number;
  }[];
}

export function reportOf(bench: string, scale: number, measured: readonly Measured[]): Report {
  return {
    bench,
    scale,
    ratio: rounded(Math.max(...measured.map(({ ratio }) => ratio))),
    peakMemoryMb: Math.round(Math.max(...measured.map(({ peakMemoryMb }) => peakMemoryMb))),
    cases: measured.map(({ name, product, baseline, unit, ratio }) => ({
      name,
      product: rounded(product),
      baseline: rounded(baseline),
      unit,
      ratio: rounded(ratio),
    })),
  };
}

const header = ["case", "product", "baseline", "unit", "ratio", "memory MB"];
const isText = [true, false, false, true, false, false];

/** The cases as lines of columns, numbers to the right. */
export function tableOf(measured: readonly Measured[]): string {
  const rows = measured.map(({ name, product, baseline, unit, ratio, peakMemoryMb }) => [
    name,
    String(rounded(product)),
    String(rounded(baseline)),
    unit,
    ratio.toFixed(2),
    peakMemoryMb.toFixed(0),
  ]);
  const widths = header.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]!.length)));
  const lines = [header, widths.map((width) => "-".repeat(width)), ...rows].map((cells) =>
    cells
      .map((cell, column) => (isText[column] ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
      .join("  ")
      .trimEnd(),
  );
  return `${lines.join("\n")}\n`;
}

/** Three figures that count; a median of a few rounds is not better than that. */
function rounded(value: number): number {
  return Number(value.toPrecision(3));
}
