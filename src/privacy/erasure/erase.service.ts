import { randomBytes } from "node:crypto";
import { lockVisibleContacts } from "../../contacts/index.js";
import type { Services } from "../../platform/context.js";
import { withFullClearance } from "../../platform/database/full-clearance.js";
import { plannedByKeys } from "../../platform/database/planning.js";
import type { Sql } from "../../platform/database/sql.js";
import {
  type ErasureSteps,
  eitherOf,
  eraseEverywhere,
  proveErased,
  removeEverywhere,
  summed,
} from "../../platform/personal-data/index.js";
import { addToCertificate, insertDigests, openCertificate } from "./certificate/certificate.sql.js";
import { selectErasable } from "./obstacle.sql.js";
import { digestsOf, ProofKey } from "./proof/digest.js";

/** What becomes of a contact: a shell with country, town and postcode stays, or nothing. */
export type ErasureOutcome = "ANONYMIZE" | "DELETE";

export interface ErasureOrder {
  /** Database ids. Any number; in chunks of a few thousand they are erased fastest. */
  readonly contacts: readonly { readonly id: string; readonly outcome: ErasureOutcome }[];
  /** Under which rule, such as `MANUAL`; stands on the certificate. */
  readonly rule: string;
  /** Database id of the batch, whose chunks share a certificate; left out: erased by hand. */
  readonly runId?: string;
}

export interface Erased {
  readonly certificateId: string;
  /** Those who were erased now, in ascending order of their ids. */
  readonly anonymized: readonly string[];
  readonly removed: readonly string[];
  /** Rows that were emptied or deleted, or a name taken out of, by table: each once. */
  readonly steps: ErasureSteps;
}

/**
 * Erases contacts in the tables of all modules, in the caller's transaction, completely whatever he may see; audit and
 * certificate name him. Locks the contacts first. Whoever is unknown, a structure, or erased already is left out: a
 * repeat changes nothing. Asks for no balance, role or hold: that is the caller's to do, in this transaction.
 *
 * @throws Error when something is left that the map of personal data says is gone; nothing is erased then
 * Source: domain 4.5, F48, F49
 */
export async function eraseContacts(
  { ports }: Pick<Services, "ports">,
  db: Sql,
  { contacts, rule, runId }: ErasureOrder,
): Promise<Erased> {
  return withFullClearance(db, async () => {
    const outcomes = new Map(contacts.map(({ id, outcome }) => [id, outcome]));
    const locked = await lockVisibleContacts(db, [...outcomes.keys()]);
    const ids = await selectErasable(db, locked);
    const removed = ids.filter((id) => outcomes.get(id) === "DELETE");
    const anonymized = ids.filter((id) => outcomes.get(id) !== "DELETE");
    const certificate = await openCertificate(db, { rule, runId: runId ?? null, proofKey: randomBytes(32) });
    if (ids.length === 0) return { certificateId: certificate.id, anonymized, removed, steps: {} };
    await keepDigests(ports.erasers, db, certificate, ids);
    const steps = await erase(ports.erasers, db, { anonymized, removed, runId: runId ?? null });
    await addToCertificate(db, certificate.id, { anonymized: anonymized.length, removed: removed.length, steps });
    return { certificateId: certificate.id, anonymized, removed, steps };
  });
}

type Erasers = Services["ports"]["erasers"];

/** What the pass will look for: read before it is gone. */
async function keepDigests(
  erasers: Erasers,
  db: Sql,
  { id, proofKey }: { readonly id: string; readonly proofKey: Buffer },
  ids: readonly string[],
): Promise<void> {
  const key = new ProofKey(proofKey);
  for (const { identifiers } of erasers)
    if (identifiers) await insertDigests(db, id, digestsOf(key, await identifiers(db, ids)));
}

async function erase(
  erasers: Erasers,
  db: Sql,
  { anonymized, removed, runId }: { anonymized: readonly string[]; removed: readonly string[]; runId: string | null },
): Promise<ErasureSteps> {
  const { steps, ofRemoved } = await eraseEverywhere(db, erasers, { anonymized, removed });
  for (const { record } of erasers) {
    if (record && anonymized.length > 0) await record(db, { ids: anonymized, outcome: "ANONYMIZED", runId });
    if (record && removed.length > 0) await record(db, { ids: removed, outcome: "DELETED", runId });
  }
  const gone = removed.length > 0 ? await plannedByKeys(db, () => removeEverywhere(db, erasers, removed)) : {};
  await proveErased(db, erasers, { anonymized, removed });
  return summed([steps, eitherOf(ofRemoved, gone)]);
}
