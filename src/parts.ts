import { type ModuleName, moduleNames } from "./platform/module.js";

/** What a process can be told to run. All of them by default. */
export const partNames = ["gateway", ...moduleNames, "worker"] as const;
export type PartName = (typeof partNames)[number];

/** How the subgraphs among the parts are served. A process with a gateway calls its own without HTTP. */
export function servedApart(parts: ReadonlySet<PartName>): readonly ModuleName[] {
  return parts.has("gateway") ? [] : moduleNames.filter((name) => parts.has(name));
}
