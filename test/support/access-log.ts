import type { PrivacyPort } from "../../src/platform/ports.js";

/** Of a port that stands for privacy's where no test asks for the access log. */
export const unlogged: Pick<PrivacyPort, "recordReads" | "recordExport"> = {
  recordReads: async () => undefined,
  recordExport: async () => undefined,
};
