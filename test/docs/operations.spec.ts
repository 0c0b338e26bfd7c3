import { readFileSync } from "node:fs";
import { expect } from "chai";
import { partNames } from "../../src/parts.js";
import { systemClock } from "../../src/platform/clock.js";
import { Telemetry } from "../../src/platform/telemetry.js";
import { createPrivacyPort } from "../../src/privacy/index.js";
import { product } from "../../src/product.js";
import { useDatabase } from "../support/database.js";
import { Document } from "./document.js";

describe("the operations guide", () => {
  const db = useDatabase();
  const guide = new Document("docs/operations.md");
  const firstCells = (heading: string) => guide.rowsUnder(heading).map(([cell]) => cell);

  it("tells of each reason not to start", () => {
    const source = readFileSync("src/platform/errors/startup-error.ts", "utf8");
    const codes = [...source.matchAll(/^ {2}\| "(\w+)"/gm)].map(([, code]) => code);

    expect(codes).to.have.length.above(5);
    expect(firstCells("When it does not start")).to.include.members(codes);
  });

  it("tells of each part", () => {
    expect(firstCells("Parts")).to.deep.equal([...partNames]);
  });

  it("tells of each queue, and when those of schedules run", () => {
    const services = db.services();
    const schedules = product.schedules(services);
    const queues = [...product.tasks(services), ...schedules].map(({ queue }) => queue);

    const rows = new Map(guide.rowsUnder("Jobs").map(([queue, when]) => [queue, when]));

    expect([...rows.keys()]).to.have.members(queues);
    for (const { queue, cron } of schedules) expect(rows.get(queue), cron).to.equal(wordsOf(cron));
  });

  it("tells of each metric of ours", async () => {
    const telemetry = new Telemetry();
    telemetry.watchPools(db.pools());
    const ours = [...(await telemetry.text()).matchAll(/^# TYPE (\w+)/gm)]
      .map(([, name]) => name)
      .filter((name) => !/^(process|nodejs)_/.test(name!));

    expect(ours).to.have.length.above(3);
    expect(firstCells("Metrics")).to.include.members(ours);
  });

  it("makes an institution whose operator has rights", async () => {
    const [sql] = guide.blocks("sql").filter((block) => block.includes("INSERT INTO platform.institution"));
    await db.owner.query(sql!);

    const port = createPrivacyPort(db.services({ clock: systemClock }));
    const claims = { subject: "op-1", kind: "OPERATOR", institution: "house", clearance: 2 } as const;
    const caller = await port.callerOf({
      ...claims,
      organizations: ["MAIN"],
      roles: ["ADMINISTRATOR"],
      permissions: [],
    });

    expect(caller).to.deep.include({ organizations: ["MAIN"], clearance: 2 });
    expect([...caller!.permissions]).to.include("operator:admin");
  });

  it("asks for jobs in SQL that works", async () => {
    const [sql] = guide.blocks("sql").filter((block) => block.includes("pgboss.job"));
    for (const statement of sql!.split(";\n").filter((one) => one.trim())) await db.owner.query(statement);
  });
});

function wordsOf(cron: string): string {
  if (cron === "* * * * *") return "each minute";
  const [minute, hour] = cron.split(" ").map((part) => part.padStart(2, "0"));
  return hour === "0*" ? `:${minute} of each hour` : `${hour}:${minute} UTC daily`;
}
