import { contactsModule } from "./contacts/index.js";
import type { Demo } from "./demo/demo-caller.js";
import type { Services } from "./platform/context.js";
import type { Task } from "./platform/jobs/index.js";
import type { SubgraphModule } from "./platform/module.js";
import type { Ports } from "./platform/ports.js";

/** What the process is made of. Modules do not know each other: they are handed here what they need of each other. */
export interface Product {
  readonly modules: readonly SubgraphModule[];
  /** What modules do for each other. */
  ports(services: Omit<Services, "ports">): Ports;
  /** Background code for the worker. */
  tasks(services: Services): readonly Task[];
  readonly demo: Demo | null;
}

/** The contact file. */
export const product: Product = {
  modules: [contactsModule],
  ports: () => ({
    marketing: { copyContacts: async () => undefined },
    privacy: { callerOf: async () => null, raisedLevels: async () => new Map() },
  }),
  tasks: () => [],
  demo: null,
};
