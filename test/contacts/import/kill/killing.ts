import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { expect } from "chai";
import { importUndoTask } from "../../../../src/contacts/index.js";
import { decodeId } from "../../../../src/platform/graphql/opaque-id.js";
import type { TestDatabase } from "../../../support/database.js";
import { eventually } from "../../../support/eventually.js";
import type { TestInstitution } from "../../../support/rows.js";
import type { Importer } from "../importer.js";
import { authorizationsFile, contactsFile, crowd, leftBehind } from "./crowd.js";

export type Kind = "AUTHORIZATIONS" | "CONTACTS";

interface Disturbance {
  /** How long the work takes when nobody disturbs it. */
  readonly durationMs: number;
  /** From 0 to 1. */
  random(): number;
  readonly kills: number;
}

/** What is left behind after the import, and after its undo. */
interface Left {
  readonly imported: Record<string, string>;
  readonly undone: Record<string, string>;
  readonly importMs: number;
  readonly undoMs: number;
}

/** Imports and undoes, killed by SIGKILL or not, of rows of one kind. */
export class Killing {
  constructor(
    readonly db: TestDatabase,
    readonly importer: Importer,
    readonly kind: Kind,
    readonly rows: number,
  ) {}

  async undisturbed(): Promise<Left> {
    const job = await this.#start();
    const importedAt = performance.now();
    await this.importer.task().run(job, new AbortController().signal);
    const importMs = performance.now() - importedAt;
    const imported = await leftBehind(this.db, job.institution);
    await this.#askForUndo(job.id);
    const undoneAt = performance.now();
    await importUndoTask(this.importer.services).run(job, new AbortController().signal);
    const undoMs = performance.now() - undoneAt;
    return { imported, undone: await leftBehind(this.db, job.institution), importMs, undoMs };
  }

  /** @returns how many of the kills came while there was still something to do */
  async disturbed(expected: Left, seed: number, kills: number): Promise<number> {
    const random = randomOf(seed);
    const job = await this.#start();
    const hits = await this.#killing(job, "import", { durationMs: expected.importMs, random, kills });
    expect(await leftBehind(this.db, job.institution), `import, seed ${seed}`).to.deep.equal(expected.imported);
    await this.#askForUndo(job.id);
    const undoHits = await this.#killing(job, "undo", { durationMs: expected.undoMs, random, kills });
    expect(await leftBehind(this.db, job.institution), `undo, seed ${seed}`).to.deep.equal(expected.undone);
    return hits + undoHits;
  }

  async #start() {
    const { db, importer, kind, rows } = this;
    const institution = await crowd(db, rows);
    const context = importer.operator({ institution });
    const file = kind === "CONTACTS" ? contactsFile(rows) : await authorizationsFile(db, institution);
    const { importJob, userErrors } = await importer.start(file, { context, type: kind, onMatch: "UPDATE" });
    if (!importJob) throw new Error(JSON.stringify(userErrors));
    return { institution, institutionId: institution.id, id: decodeId("ImportJob", importJob.id)! };
  }

  async #askForUndo(id: string): Promise<void> {
    await this.db.owner.query(
      "UPDATE contacts.import_job SET status_before_undo = status, status = 'UNDOING', undo_claims = claims WHERE id = $1",
      [id],
    );
  }

  /** Runs the work in processes of its own, which are killed at random points, and lets the last one end it. */
  async #killing(
    { institution, id }: { institution: TestInstitution; id: string },
    what: "import" | "undo",
    { durationMs, random, kills }: Disturbance,
  ): Promise<number> {
    let hits = 0;
    for (let n = 0; n < kills; n++) {
      const fence = await this.#fenceOf(id);
      const child = this.#spawn(institution, id, what);
      const exited = once(child, "exit");
      await Promise.race([
        eventually(
          () => this.#fenceOf(id),
          (now) => now > fence,
          60_000,
        ),
        exited,
      ]);
      await Promise.race([delay(random() * durationMs * 1.2), exited]);
      child.kill("SIGKILL");
      const [, signal] = await exited;
      if (signal === "SIGKILL" && (await this.#goesOn(id))) hits++;
    }
    const last = this.#spawn(institution, id, what);
    const [code] = await once(last, "exit");
    expect(code, "the run that nobody killed").to.equal(0);
    return hits;
  }

  #spawn(institution: TestInstitution, id: string, what: "import" | "undo") {
    const script = new URL("../doomed-import.js", import.meta.url).pathname;
    const parameters = [this.db.appUrl, this.db.filesFolder, String(institution.id), id, what];
    return spawn(process.execPath, [script, ...parameters], { stdio: ["ignore", "inherit", "inherit"] });
  }

  async #fenceOf(id: string): Promise<number> {
    const { rows } = await this.db.owner.query("SELECT fence FROM contacts.import_job WHERE id = $1", [id]);
    return rows[0].fence;
  }

  async #goesOn(id: string): Promise<boolean> {
    const { rowCount } = await this.db.owner.query(
      "SELECT FROM contacts.import_job WHERE id = $1 AND status IN ('QUEUED', 'RUNNING', 'UNDOING')",
      [id],
    );
    return rowCount === 1;
  }
}

/** Numbers that are the same for the same seed (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
