import { assertCompositionSuccess, composeServices } from "@theguild/federation-composition";
import { buildSchema, lexicographicSortSchema, parse, printSchema } from "graphql";
import type { ModuleName } from "../platform/module.js";

/**
 * The supergraph of these subgraphs. Each gateway makes it at start from the code that it was built from, not from
 * subgraphs that it would have to wait for: the parts of one installation are of one version.
 *
 * @param sdls by subgraph, as federation knows it
 * @throws Error that lists what does not fit together
 */
export function composeSupergraph(sdls: ReadonlyMap<ModuleName, string>): string {
  return compose(sdls).supergraphSdl;
}

/** The API that clients see, as SDL: without the machinery of federation, sorted, so that it only differs where it does. */
export function publicApi(sdls: ReadonlyMap<ModuleName, string>): string {
  return `${printSchema(lexicographicSortSchema(buildSchema(compose(sdls).publicSdl)))}\n`;
}

function compose(sdls: ReadonlyMap<ModuleName, string>) {
  const services = [...sdls].map(([name, sdl]) => ({ name, typeDefs: parse(sdl), url: `internal:${name}` }));
  const composed = composeServices(services);
  assertCompositionSuccess(composed, "the subgraphs do not fit together");
  return composed;
}
