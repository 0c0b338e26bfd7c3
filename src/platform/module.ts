import type { RequestListener } from "node:http";
import type { FieldCatalogue } from "./access/fields.js";
import type { Services } from "./context.js";
import type { SubgraphSchema } from "./graphql/subgraph-schema.js";
import type { FindDownload } from "./http/download.js";

export const moduleNames = ["contacts", "marketing", "history", "privacy"] as const;
export type ModuleName = (typeof moduleNames)[number];

/** What a module shows to main.ts. Its subgraph is only its surface; the worker and other modules call its functions. */
export interface SubgraphModule {
  readonly name: ModuleName;
  /** Its protected fields, of its own types and of `Contact`. */
  readonly fields: FieldCatalogue;
  /** Builds the subgraph. One module after another: the classes' registry is global. */
  buildSubgraph(): Promise<SubgraphSchema>;
  /** Pages behind signed links, by path. The gateway serves those of all modules, a subgraph apart its own. */
  routes?(services: Services): Readonly<Record<string, RequestListener>>;
  /** Files that callers fetch with their own token, by path. Served where `routes` are. */
  readonly downloads?: Readonly<Record<string, FindDownload>>;
}
