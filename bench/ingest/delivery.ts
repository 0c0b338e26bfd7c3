import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { encodeId } from "../../src/platform/graphql/opaque-id.js";

/** What orders are made of. */
export interface Stock {
  readonly organization: string;
  readonly firstContact: number;
  readonly contacts: number;
  readonly products: readonly string[];
}

export const ticketsPerOrder = 4;
const price = "40.00";
const total = "160.00";

interface Sale {
  readonly number: string;
  readonly orderedAt: string;
  readonly purchaser: number;
  readonly product: string;
  readonly seats: readonly { readonly attends: number; readonly seat: string }[];
}

/** Orders of one ticketing day after another; the same for the same numbers. */
function* sales({ firstContact, contacts, products }: Stock, prefix: string, orders: number): Generator<Sale> {
  for (let n = 0; n < orders; n++) {
    const contact = (draw: number) => firstContact + ((n * 7_919 + draw * 104_729) % contacts);
    yield {
      number: `${prefix}-${n}`,
      orderedAt: new Date(Date.UTC(2026, 0, 1) + n * 60_000).toISOString(),
      purchaser: contact(0),
      product: products[n % products.length]!,
      seats: Array.from({ length: ticketsPerOrder }, (_, index) => ({
        attends: contact(index),
        seat: `${index}-${n % 900}`,
      })),
    };
  }
}

function recordOf({ organization }: Stock, { number, orderedAt, purchaser, product, seats }: Sale) {
  const named = (id: number) => ({ contactId: encodeId("Contact", String(id)) });
  const tickets = seats.map(({ attends, seat }, index) => ({
    ...{ ticketNumber: index + 1, culturalContact: named(attends), price, seat },
  }));
  return {
    order: {
      ...{
        organization,
        orderNumber: number,
        version: 1,
        operationKind: "SALE",
        orderedAt,
        purchaser: named(purchaser),
      },
      ...{
        currency: "CHF",
        total,
        lines: [{ lineNumber: 1, product, quantity: seats.length, amount: total, tickets }],
      },
    },
  };
}

/** Writes the file that a ticketing system would deliver. @returns its path */
export async function writeRecords(folder: string, stock: Stock, prefix: string, orders: number): Promise<string> {
  return written(folder, `${prefix}.jsonl`, sales(stock, prefix, orders), (sale) =>
    JSON.stringify(recordOf(stock, sale)),
  );
}

export interface RawFiles {
  readonly orders: string;
  readonly lines: string;
  readonly tickets: string;
}

/** Writes the same as COPY takes it, a file for each table. */
export async function writeRaw(folder: string, stock: Stock, prefix: string, orders: number): Promise<RawFiles> {
  const all = () => sales(stock, prefix, orders);
  const columns = (...values: readonly (string | number)[]) => values.join("\t");
  return {
    orders: await written(folder, `${prefix}.orders`, all(), ({ number, orderedAt, purchaser }) =>
      columns(number, orderedAt, purchaser, total),
    ),
    lines: await written(folder, `${prefix}.lines`, all(), ({ number, product, seats }) =>
      columns(number, 1, product, seats.length, total),
    ),
    tickets: await written(folder, `${prefix}.tickets`, all(), ({ number, product, seats }) =>
      seats.map(({ attends, seat }, index) => columns(number, 1, index + 1, product, attends, price, seat)).join("\n"),
    ),
  };
}

async function written(
  folder: string,
  name: string,
  all: Iterable<Sale>,
  textOf: (sale: Sale) => string,
): Promise<string> {
  const file = join(folder, name);
  await pipeline(Readable.from(pieces(all, textOf)), createWriteStream(file));
  return file;
}

function* pieces(all: Iterable<Sale>, textOf: (sale: Sale) => string): Generator<string> {
  let text = "";
  for (const sale of all) {
    text += `${textOf(sale)}\n`;
    if (text.length < 256 * 1024) continue;
    yield text;
    text = "";
  }
  yield text;
}
