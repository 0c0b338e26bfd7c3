import { timingSafeEqual } from "node:crypto";
import { lockVisibleContacts } from "../../../contacts/index.js";
import type { Services } from "../../../platform/context.js";
import type { Sql } from "../../../platform/database/sql.js";
import { systemSession } from "../../../platform/database/system-session.js";
import { inTransaction } from "../../../platform/database/transaction.js";
import type { Locale } from "../../../platform/i18n/locale.js";
import type { AuthorizationCode } from "../authorization.js";
import { applyAuthorizations, type ShownWording } from "../ledger.sql.js";
import { selectWordings } from "../wording.sql.js";
import { authorizationName } from "./link.texts.js";
import { linkInstitution, linkSession } from "./link-session.sql.js";
import { emailDigest } from "./opt-in.service.js";
import { confirmOptIn, type OptInState, selectOptIn } from "./opt-in.sql.js";
import { optInPlace } from "./places.js";

/** What a contact confirms, as he is shown it. */
export interface OptInAsked {
  readonly institution: string;
  readonly locale: Locale;
  /** For each code its wording, or its name where none is published. */
  readonly wordings: readonly string[];
}

interface OptInToken {
  readonly institutionId: number;
  readonly requestId: string;
}

/** The address by which a request is confirmed. */
export function optInUrl({ links }: Services, institutionId: number, { id, expiresAt }: OptInState): string {
  return links.to(optInPlace, [institutionId, id, expiresAt.getTime()]);
}

function tokenOf({ links, clock }: Services, token: string | null): OptInToken | null {
  const [institutionId, requestId, expiresAt] = links.read(optInPlace, token) ?? [];
  if (typeof institutionId !== "number" || typeof requestId !== "string") return null;
  return Number(expiresAt) > clock.now().getTime() ? { institutionId, requestId } : null;
}

/** Whether it can be confirmed now: once, in time, at the address that the mail went to, by somebody who is valid (F07). */
export function isOpen(services: Services, institutionId: number, state: OptInState): boolean {
  const { confirmedAt, expiresAt, isAnonymized, isValid, emailKey } = state;
  if (confirmedAt || expiresAt <= services.clock.now() || isAnonymized || !isValid || !emailKey) return false;
  return timingSafeEqual(emailDigest(services, institutionId, emailKey), state.emailDigest);
}

/** What a link asks for, without changing anything; null when it can no longer be confirmed. */
export async function optInAsked(services: Services, token: string | null): Promise<OptInAsked | null> {
  return (await openRequest(services, token))?.asked ?? null;
}

/** Confirms, once; null when it cannot be confirmed, and nothing was changed. */
export async function confirm(services: Services, token: string | null): Promise<OptInAsked | null> {
  const found = await openRequest(services, token);
  if (!found) return null;
  const { institutionId, requestId, contactId } = found;
  const session = linkSession(services, { ...found, id: contactId }, "DOUBLE_OPT_IN");
  const isDone = await inTransaction(services.pools.api, session, async (db) => {
    const ids = await lockVisibleContacts(db, [contactId]);
    // read again: another one may have confirmed, or the address may have changed, before the contact was locked
    const state = ids.length > 0 ? await selectOptIn(db, requestId) : null;
    if (!state || !isOpen(services, institutionId, state) || !(await confirmOptIn(db, ids, requestId))) return false;
    const values = new Map(state.codes.map((code) => [code, true]));
    await applyAuthorizations(db, ids, [{ contactId, values }], { wordings: shownBy(state), confirms: true });
    return true;
  });
  return isDone ? found.asked : null;
}

interface OpenRequest extends OptInToken {
  readonly contactId: string;
  readonly timeZone: string;
  readonly asked: OptInAsked;
}

async function openRequest(services: Services, token: string | null): Promise<OpenRequest | null> {
  const wanted = tokenOf(services, token);
  const institution = wanted && (await linkInstitution(services, wanted.institutionId));
  if (!wanted || !institution) return null;
  const { institutionId, requestId } = wanted;
  const { timeZone } = institution;
  // a contact is valid by the days of where the institution is
  const session = { ...systemSession(services, institutionId), timeZone };
  return inTransaction(services.pools.api, session, async (db) => {
    const state = await selectOptIn(db, requestId);
    if (!state || !isOpen(services, institutionId, state)) return null;
    return { ...wanted, timeZone, contactId: state.contactId, asked: await asked(db, state) };
  });
}

function shownBy({ codes, wordingVersions, locale }: OptInState): ReadonlyMap<AuthorizationCode, ShownWording> {
  return new Map(
    codes.flatMap((code, index): [AuthorizationCode, ShownWording][] => {
      const version = wordingVersions[index] ?? null;
      return version === null ? [] : [[code, { locale, version }]];
    }),
  );
}

/** As the mail and the page show it. */
export async function asked(db: Sql, state: OptInState): Promise<OptInAsked> {
  const { codes, locale, institution } = state;
  const shown = [...shownBy(state)].map(([code, wording]) => ({ code, ...wording }));
  const texts = new Map((await selectWordings(db, shown)).map(({ code, text }) => [code, text]));
  const wordings = codes.map((code) => texts.get(code) ?? authorizationName(code, locale, institution));
  return { institution, locale, wordings };
}
