import type { Caller, TokenClaims } from "../platform/access/caller.js";
import type { RaisedLevels } from "../platform/access/fields.js";
import type { Services } from "../platform/context.js";
import { ReadWaves } from "../platform/database/read-waves.js";
import type { Sql, SqlSession } from "../platform/database/sql.js";
import { ExpiringCache } from "../platform/expiring-cache.js";
import { decodeId } from "../platform/graphql/opaque-id.js";
import type { PrivacyPort } from "../platform/ports.js";
import { insertExport, insertReads } from "./access-log/index.js";
import { selectFieldLevels } from "./field-level.sql.js";
import { contactCaller, operatorCaller } from "./rights.js";
import {
  type Institution,
  type OperatorRights,
  type RoleBundles,
  selectCommunityIds,
  selectInstitution,
  selectMayLogIn,
  selectOperatorRights,
  selectRoleBundles,
  selectSettingsVersion,
} from "./rights.sql.js";
import { insertSettingChanges } from "./settings/index.js";

/** How old the rights may be that a caller acts with. */
const lifetimeMs = 30_000;
/** Callers whose rights are remembered. */
const capacity = 20_000;

/** Logins are at most this long, and hold no control characters: PostgreSQL could not be asked for them. */
const loginPattern = /^\P{Cc}{1,200}$/u;

type Needs = Pick<Services, "pools" | "clock" | "log">;

/** Reads the rights of callers and the field levels of institutions for a whole process. */
export function createPrivacyPort(needs: Needs): PrivacyPort {
  const rights = new RightsReader(needs);
  const levels = new LevelsReader(needs);
  return {
    callerOf: (claims) => rights.callerOf(claims),
    raisedLevels: (institutionId) => levels.raisedLevels(institutionId),
    recordReads: insertReads,
    recordExport: insertExport,
    recordSettings: insertSettingChanges,
  };
}

class RightsReader {
  readonly #institutions: ExpiringCache<Institution | null>;
  readonly #operators: ExpiringCache<OperatorRights | null>;
  readonly #bundles: ExpiringCache<RoleBundles>;
  readonly #contacts: ExpiringCache<boolean>;

  constructor(private readonly needs: Needs) {
    const options = { lifetimeMs, capacity };
    this.#institutions = new ExpiringCache(needs.clock, options);
    this.#operators = new ExpiringCache(needs.clock, options);
    this.#bundles = new ExpiringCache(needs.clock, options);
    this.#contacts = new ExpiringCache(needs.clock, options);
  }

  async callerOf(claims: TokenClaims): Promise<Caller | null> {
    if (!loginPattern.test(claims.subject) || !loginPattern.test(claims.institution)) return null;
    const institution = await this.#institutions.get(claims.institution, () =>
      selectInstitution(this.#read(null), claims.institution),
    );
    if (!institution) return null;
    return claims.kind === "CONTACT" ? this.#contact(claims, institution) : this.#operator(claims, institution);
  }

  async #operator(claims: TokenClaims, institution: Institution): Promise<Caller | null> {
    const { kind, subject } = claims;
    const db = this.#read(institution);
    const [rights, bundles] = await Promise.all([
      this.#operators.get(`${institution.id} ${kind} ${subject}`, async () => {
        const found = await selectOperatorRights(db, subject, kind);
        if (!found)
          this.needs.log.warn({ institution: institution.code, kind }, "a valid token names no active operator");
        return found;
      }),
      this.#bundles.get(String(institution.id), () => selectRoleBundles(db)),
    ]);
    return rights && operatorCaller(claims, institution, rights, bundles);
  }

  async #contact(claims: TokenClaims, institution: Institution): Promise<Caller | null> {
    const id = decodeId("Contact", claims.subject);
    if (id === null) return null;
    const db = this.#read(institution, id);
    const [mayLogIn, communityIds] = await Promise.all([
      this.#contacts.get(`${institution.id} ${id}`, () => selectMayLogIn(db, id)),
      // not remembered: who has just been created on behalf is there at once
      selectCommunityIds(db, id),
    ]);
    return mayLogIn ? contactCaller(claims, institution, id, communityIds) : null;
  }

  /** Sees no contact but the one that is named. */
  #read(institution: Institution | null, contactId: string | null = null): Sql {
    const session = systemSession(this.needs, institution?.id ?? 0);
    const timeZone = institution?.timeZone ?? session.timeZone;
    const clearance = contactId === null ? 0 : 2;
    return new ReadWaves(this.needs.pools.api, { ...session, timeZone, clearance, ownContactId: contactId });
  }
}

interface Levels {
  readonly version: number;
  readonly levels: Promise<RaisedLevels>;
}

class LevelsReader {
  readonly #known = new Map<number, Levels>();
  /** One for each institution, so that operations that begin in one tick share a round trip. */
  readonly #waves = new Map<number, Sql>();

  constructor(private readonly needs: Needs) {}

  /** @throws Error when there is no such institution */
  async raisedLevels(institutionId: number): Promise<RaisedLevels> {
    const db = this.#read(institutionId);
    const version = await selectSettingsVersion(db);
    if (version === null) throw new Error(`there is no institution ${institutionId}`);
    const known = this.#known.get(institutionId);
    // a late reader of an older version must not bring it back
    if (known && known.version >= version) return known.levels;
    const fresh = { version, levels: readLevels(db) };
    this.#known.set(institutionId, fresh);
    fresh.levels.catch(() => {
      if (this.#known.get(institutionId) === fresh) this.#known.delete(institutionId);
    });
    return fresh.levels;
  }

  #read(institutionId: number): Sql {
    const waves =
      this.#waves.get(institutionId) ?? new ReadWaves(this.needs.pools.api, systemSession(this.needs, institutionId));
    this.#waves.set(institutionId, waves);
    return waves;
  }
}

async function readLevels(db: Sql): Promise<RaisedLevels> {
  const rows = await selectFieldLevels(db);
  return new Map(rows.map(({ typeName, fieldName, level }) => [`${typeName}.${fieldName}`, level]));
}

/** Before there is a caller: sees settings and operators of the institution, and no contact above FREE. */
function systemSession({ clock }: Needs, institutionId: number): SqlSession {
  return {
    institutionId,
    clearance: 0,
    ownContactId: null,
    actor: "system",
    actorKind: "SYSTEM",
    source: "SYSTEM",
    timeZone: "UTC",
    clock,
  };
}
