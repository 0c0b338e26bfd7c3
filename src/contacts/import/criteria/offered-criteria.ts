import type { OperationContext } from "../../../platform/context.js";
import type { DefinitionRow } from "../../criteria/criterion.sql.js";

/**
 * Whether a file has a column for a criterion: one in use that the caller sees, and that he could set in the organizations
 * that the file is for. @param organization null: all of the caller's
 */
export function isOffered(
  { caller, fields }: OperationContext,
  definition: DefinitionRow,
  organization: string | null,
): boolean {
  const { isActive, level, organization: only } = definition;
  const organizations = organization === null ? caller.organizations : [organization];
  return isActive && level <= fields.clearance && (only === null || organizations.includes(only));
}
