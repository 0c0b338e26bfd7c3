import type { Row } from "./rows.js";
import { permissionsOf, type Setting } from "./settings.js";
import type { Side } from "./world.js";

/** The callers, and somebody else on one side where nobody may ask for operators. */
export function operatorsOf({ askers }: Setting, side: Side): Row[] {
  const stranger = { login: "somebody.else", operator_kind: "OPERATOR", clearance: 2, roles: ["ADMINISTRATOR"] };
  const isAsked = askers.some((each) => permissionsOf(each).has("operator:admin"));
  const known = askers
    .filter(({ kind }) => kind !== "CONTACT")
    .map(({ login, kind, clearance, roles }) => ({ login, operator_kind: kind, clearance, roles }));
  const listed = side === "B" && !isAsked ? [...known, stranger] : known;
  return listed.map((each, index) => ({ ...each, id: index + 1, organizations: ["OPERA"], is_active: true }));
}

export function fieldLevelsOf({ raised }: Setting): Row[] {
  return [...raised].map(([name, level]) => {
    const [type_name, field_name] = name.split(".");
    return { type_name, field_name, level };
  });
}
