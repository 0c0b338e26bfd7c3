import type { BenchProcess } from "./process.js";

/** One thing that is measured: exported as `bench` by `bench/NAME.ts`, which is all that it takes to add one. */
export interface Bench {
  /** For `--help`, in one line. */
  readonly description: string;
  /** Contacts of the data set when `--scale` is left out. */
  readonly scale: number;
  /** True when it writes: it then works on a copy of the data set, which is dropped afterwards. */
  readonly changesData?: boolean;
  /** Starts what it needs and declares its cases. They are measured one after another, in this order. */
  prepare(ground: Ground): Promise<readonly Case[]>;
}

/** What a bench stands on. All of it goes away with the run, except the data set. */
export interface Ground {
  /** Contacts of the institution. */
  readonly scale: number;
  /** PostgreSQL's superuser, for looking at the data. Never served from. */
  readonly superuserUrl: string;
  /** The role that serves, under the policies. */
  readonly applicationUrl: string;
  readonly institution: { readonly id: number; readonly code: string };
  /** Login of an operator of that institution with every role and clearance CONFIDENTIAL. */
  readonly operator: string;
  /** For files of this run. */
  readonly folder: string;
  /** Starts a program of `bench/` as a process of its own and waits until it answers. Stopped after the run. */
  start(program: URL, settings: object): Promise<BenchProcess>;
}

/** One row of the table. */
export interface Case {
  readonly name: string;
  /** What a round gives, such as `ms/request`. Less must be better. */
  readonly unit: string;
  /** One round of the product. */
  product(): Promise<number>;
  /** One round of what it is compared with, reading or writing the same. */
  baseline(): Promise<number>;
  /** Rounds that are not counted: 2 when left out. */
  readonly warmUpRounds?: number;
  /** The product's processes that take part: their memory counts, PostgreSQL's does not. */
  readonly processes: readonly BenchProcess[];
}
