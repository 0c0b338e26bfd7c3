import { rm } from "node:fs/promises";
import { openDemoIssuer } from "../src/platform/access/demo-issuer.js";
import { systemClock } from "../src/platform/clock.js";
import { withConnection } from "../src/platform/database/one-connection.js";
import type { Bench, Ground } from "./harness/bench.js";
import { type Stock, ticketsPerOrder, writeRaw, writeRecords } from "./ingest/delivery.js";

const organization = "OPERA";
/** 100,000 contacts: 250,000 orders with a million tickets. */
const ordersPerContact = 2.5;
const longOrders = 100_000;

export const bench: Bench = {
  description: "taking in orders with four tickets each from a file, against COPY and one set-based merge",
  scale: 10_000,
  changesData: true,
  async prepare(ground) {
    const stock = await stockOf(ground);
    const orders = ground.scale * ordersPerContact;
    const { superuserUrl, folder, institution } = ground;
    const ingester = await ground.start(new URL("./ingest/ingester.js", import.meta.url), await settingsOf(ground));
    const raw = await ground.start(new URL("./ingest/raw-copy.js", import.meta.url), {
      ...{ superuserUrl, institutionId: institution.id, organization },
    });
    const before = await placeOf(ground);
    let round = 0;
    const perThousand = (milliseconds: number) => milliseconds / ((orders * ticketsPerOrder) / 1_000);
    // rounds of a minute warm themselves up
    const warmUpRounds = orders < longOrders ? 2 : 0;
    return [
      {
        warmUpRounds,
        ...{ name: `${orders} orders in one file`, unit: "ms/1000 tickets", processes: [ingester] },
        async product() {
          const file = await writeRecords(folder, stock, `B${round++}`, orders);
          const milliseconds = (await ingester.call("deliver", { file, records: orders })) as number;
          await rm(file);
          await takeOut(ground, before);
          return perThousand(milliseconds);
        },
        async baseline() {
          const files = await writeRaw(folder, stock, `R${round++}`, orders);
          const milliseconds = (await raw.call("load", files)) as number;
          await Promise.all(Object.values(files).map((file) => rm(file as string)));
          await takeOut(ground, before);
          return perThousand(milliseconds);
        },
      },
    ];
  },
};

/** Products and contacts of the data set, and an operator who acts for their organization. */
async function stockOf({ superuserUrl, institution, operator }: Ground): Promise<Stock> {
  return withConnection(superuserUrl, async (superuser) => {
    await superuser.query("UPDATE privacy.operator SET organizations = $3 WHERE institution_id = $1 AND login = $2", [
      ...[institution.id, operator],
      [organization],
    ]);
    // those who may buy at any time
    await superuser.query("UPDATE contacts.contact SET validity_end_date = NULL WHERE institution_id = $1", [
      institution.id,
    ]);
    const { rows } = await superuser.query<{ first: number; count: number; products: string[] }>(
      `SELECT min(id)::int AS first, count(*)::int AS count,
         array(SELECT code FROM history.product WHERE institution_id = $1 AND organization = $2 ORDER BY id) AS products
       FROM contacts.contact WHERE institution_id = $1`,
      [institution.id, organization],
    );
    const { first, count, products } = rows[0]!;
    return { organization, firstContact: first, contacts: count, products };
  });
}

interface Place {
  readonly order: string;
  readonly ticket: string;
}

/** The last order and ticket of the data set. */
async function placeOf({ superuserUrl }: Ground): Promise<Place> {
  return withConnection(superuserUrl, async (superuser) => {
    const { rows } = await superuser.query<Place>(
      `SELECT (SELECT max(id) FROM history.sales_order) AS order, (SELECT max(id) FROM history.ticket) AS ticket`,
    );
    return rows[0]!;
  });
}

/**
 * Takes out what a round has brought. Each one shall begin with the same: otherwise everybody's history, of which the
 * product works out his indicators, would grow by ten tickets with each round of either side.
 */
async function takeOut({ superuserUrl }: Ground, { order, ticket }: Place): Promise<void> {
  await withConnection(superuserUrl, async (superuser) => {
    // references are not looked at: all of it goes
    await superuser.query("SET session_replication_role = replica");
    await superuser.query("DELETE FROM history.ticket WHERE id > $1", [ticket]);
    await superuser.query("DELETE FROM history.order_line WHERE order_id > $1", [order]);
    await superuser.query("DELETE FROM history.sales_order WHERE id > $1", [order]);
    await superuser.query("TRUNCATE history.contact_indicator");
    await superuser.query(
      "VACUUM (ANALYZE) history.ticket, history.order_line, history.sales_order, history.contact_indicator, contacts.contact",
    );
    await superuser.query("CHECKPOINT");
  });
}

async function settingsOf({ applicationUrl, folder, institution, operator }: Ground) {
  const issuer = await openDemoIssuer(folder, systemClock);
  const wish = {
    institution: institution.code,
    organizations: [organization],
    roles: ["ADMINISTRATOR"],
    clearance: 2 as const,
  };
  const token = await issuer.sign({ subject: operator, kind: "OPERATOR", ...wish });
  return { applicationUrl, dataDir: folder, authorization: `Bearer ${token}` };
}
