import { isPermitted } from "../access/allow.js";
import type { TokenClaims } from "../access/caller.js";
import type { Permission } from "../access/permissions.js";
import { OperationContext, type Services } from "../context.js";
import type { ChangeSource } from "../database/sql.js";
import type { Locale } from "../i18n/locale.js";

export interface Starter {
  readonly institutionId: number;
  /** Of when he started the work. */
  readonly claims: TokenClaims;
  readonly permission: Permission;
  readonly requestId: string;
  readonly signal: AbortSignal;
  /** English when left out. */
  readonly locale?: Locale;
  readonly source?: ChangeSource;
}

/** Who started background work, with the lower of his rights then and of today; null when he may not any more. */
export async function starterContext(services: Services, starter: Starter): Promise<OperationContext | null> {
  const { institutionId, claims, permission, requestId, signal, locale = "en", source } = starter;
  const { privacy } = services.ports;
  const caller = await privacy.callerOf(claims);
  if (!caller || !isPermitted(caller, permission) || caller.institutionId !== institutionId) return null;
  const raisedLevels = await privacy.raisedLevels(institutionId);
  const operation = { caller, raisedLevels, locale, requestId, signal };
  return source ? new OperationContext(services, operation, source) : new OperationContext(services, operation);
}
