import type { TestContact } from "../../support/rows.js";
import type { Lives } from "../lives.js";

type Life = (lives: Lives, contact: TestContact) => Promise<unknown>;

/** Somebody who bought once, so that he is no prospect, for a performance on this day. */
const lastTicket =
  (until: string): Life =>
  (lives, contact) =>
    lives.buys(contact, { on: until.replace(/^(\d{4})/, (year) => String(Number(year) - 1)), until });

const nothing: Life = async () => undefined;

/** The worked examples of domain 4.8 about one contact: number, what he did, created on, run on, outcome, and the recency that is kept afterwards. */
export const examples: readonly (readonly [string, Life, string, string, string, string])[] = [
  [
    "E2: an undated gift on the day of the cutoff",
    (l, c) => l.buys(c, { on: "2022-01-10" }),
    "2010-01-01",
    "2025-01-10",
    "ANONYMIZE",
    "2022-01-10",
  ],
  [
    "E3: an undated gift a day after",
    (l, c) => l.buys(c, { on: "2022-01-11" }),
    "2010-01-01",
    "2025-01-10",
    "KEPT_ACTIVE",
    "2022-01-11",
  ],
  ["E4: created and nothing else", nothing, "2021-05-01", "2025-01-10", "DELETE", "2021-05-01"],
  [
    "E5: a click of who never bought",
    (l, c) => l.clicks(c, "2022-03-02"),
    "2010-01-01",
    "2025-01-10",
    "KEPT_ACTIVE",
    "2022-03-02",
  ],
  [
    "E5b: a mail that was only opened",
    (l, c) => l.clicks(c, "2022-03-02", "OPEN"),
    "2010-01-01",
    "2025-01-10",
    "DELETE",
    "2010-01-01",
  ],
  [
    "E6: a withdrawal that leaves a TRUE",
    async (l, c) => {
      await l.authorizes(c, "2018-01-01", { SMS: "TRUE", INSTITUTION_EMAIL: "TRUE" });
      await lastTicket("2020-02-01")(l, c);
      await l.authorizes(c, "2023-04-01", { SMS: "FALSE" });
    },
    ...(["2010-01-01", "2025-01-10", "KEPT_ACTIVE", "2023-04-01"] as const),
  ],
  [
    "E7: the withdrawal of the only TRUE",
    async (l, c) => {
      await l.authorizes(c, "2018-01-01", { SMS: "TRUE" });
      await lastTicket("2020-02-01")(l, c);
      await l.authorizes(c, "2023-04-01", { SMS: "FALSE" });
    },
    ...(["2010-01-01", "2025-01-10", "ANONYMIZE", "2020-02-01"] as const),
  ],
  [
    "E8: a yes that was taken back on the same day",
    async (l, c) => {
      await lastTicket("2020-02-01")(l, c);
      await l.authorizes(c, "2023-04-01", { SMS: "TRUE" });
      await l.authorizes(c, "2023-04-01", { SMS: "FALSE" });
    },
    ...(["2010-01-01", "2025-01-10", "KEPT_ACTIVE", "2023-04-01"] as const),
  ],
  [
    "E9: an option that expired",
    (l, c) => l.buys(c, { on: "2021-12-20", until: "2022-05-01", kind: "OPTION", state: "EXPIRED" }),
    ...(["2010-01-01", "2025-01-10", "KEPT_ACTIVE", "2022-05-01"] as const),
  ],
  [
    "E10: a migrated contact, older than his file",
    (l, c) => l.buys(c, { on: "2019-01-01", until: "2019-03-03" }),
    ...(["2022-06-01", "2025-01-10", "ANONYMIZE", "2019-03-03"] as const),
  ],
  [
    "E23: a request on the local day of the cutoff",
    (l, c) => l.waits(c, "2022-01-09T23:30:00Z"),
    "2020-01-01",
    "2025-01-10",
    "DELETE",
    "2022-01-10",
  ],
  [
    "E24: a request on the local day after",
    (l, c) => l.waits(c, "2022-01-10T23:00:00Z"),
    "2020-01-01",
    "2025-01-10",
    "KEPT_ACTIVE",
    "2022-01-11",
  ],
  [
    "E25: a season pass",
    (l, c) => l.buys(c, { on: "2021-08-15", until: "2022-06-30" }),
    "2010-01-01",
    "2025-01-10",
    "KEPT_ACTIVE",
    "2022-06-30",
  ],
  [
    "E29: the same criterion value saved again",
    async (l, c) => {
      await l.classifies(c, "2018-05-01", true);
      await lastTicket("2019-06-01")(l, c);
      await l.classifies(c, "2024-05-01", true);
    },
    ...(["2010-01-01", "2025-01-10", "ANONYMIZE", "2019-06-01"] as const),
  ],
  [
    "E30: the end of February, on the cutoff",
    lastTicket("2021-02-28"),
    "2010-01-01",
    "2024-02-29",
    "ANONYMIZE",
    "2021-02-28",
  ],
  [
    "E30: the end of February, a day later",
    lastTicket("2021-03-01"),
    "2010-01-01",
    "2024-02-29",
    "KEPT_ACTIVE",
    "2021-03-01",
  ],
];
