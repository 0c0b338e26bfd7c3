import { createMarketingPort } from "../../src/marketing/index.js";
import { testKeys } from "./keys.js";

/** What marketing does for the other modules, with the keys of {@link testKeys}. */
export const marketingPort = createMarketingPort({ identityKeys: testKeys() });
