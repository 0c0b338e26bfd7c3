import type { Demo } from "./demo/demo-caller.js";
import type { Services } from "./platform/context.js";
import type { Task } from "./platform/jobs/index.js";
import type { SubgraphModule } from "./platform/module.js";
import type { Ports } from "./platform/ports.js";

/** What the process is made of. Modules do not know each other: they are handed what they need of each other here. */
export interface Product {
  readonly modules: readonly SubgraphModule[];
  /** What modules do for each other. Ports may use the services once they are complete, not while they are made. */
  ports(services: Omit<Services, "ports">): Ports;
  /** Background code for the worker. */
  tasks(services: Services): readonly Task[];
  readonly demo: Demo | null;
}
