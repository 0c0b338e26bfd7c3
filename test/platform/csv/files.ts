import { createReadStream } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import {
  type CsvFileError,
  type CsvLimits,
  detectDialect,
  type OpenFile,
  readCsv,
} from "../../../src/platform/csv/index.js";

/** A file of `test/platform/csv/files`; the compiled tests run elsewhere, from the root of the project. */
export const openFixture =
  (name: string): OpenFile =>
  () =>
    createReadStream(join(process.cwd(), "test/platform/csv/files", name));

/** The same bytes at each opening, in chunks as a network may cut them. */
export const openBytes =
  (content: string | Buffer, chunkBytes = 7): OpenFile =>
  () =>
    Readable.from(chunksOf(Buffer.from(content), chunkBytes));

function* chunksOf(bytes: Buffer, size: number): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** `[line, ...cells]` for each row, by the dialect that is found. */
export async function readAll(open: OpenFile, limits: Partial<CsvLimits> = {}): Promise<(number | string)[][]> {
  const records = await collect(readCsv(open, await detectDialect(open, limits), limits));
  return records.map(({ line, cells }) => [line, ...cells]);
}

/** The error's code and parameters, or the value when there was none, so that a failing test shows it. */
export async function refusalOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    return await promise;
  } catch (error) {
    const { name, code, params } = error as CsvFileError;
    return name === "CsvFileError" ? { code, ...params } : error;
  }
}
