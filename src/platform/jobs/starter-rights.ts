import type { Caller, TokenClaims } from "../access/caller.js";
import type { OperationContext } from "../context.js";

/** Who started the work has other rights by now than the run began with: another run goes on with those. */
export class RightsChanged extends Error {
  override readonly name = "RightsChanged";
}

/**
 * Asked between the steps of long work, so that rights which are taken away count for its next step.
 * @param context of the run
 * @throws RightsChanged
 */
export async function assertSameRights(
  { ports, caller, fields }: OperationContext,
  claims: TokenClaims,
): Promise<void> {
  const [now, raised] = await Promise.all([
    ports.privacy.callerOf(claims),
    ports.privacy.raisedLevels(caller.institutionId),
  ]);
  if (!now || rightsOf(now) !== rightsOf(caller) || !fields.isRaisedBy(raised)) throw new RightsChanged();
}

const rightsOf = ({ clearance, permissions, organizations }: Caller): string =>
  JSON.stringify([clearance, [...permissions].sort(), [...organizations].sort()]);
