import type { PrivacyPort } from "../../src/platform/ports.js";

/** Of a port that stands for privacy's where no test asks for the access log, or for the audit of settings. */
export const unlogged: Pick<PrivacyPort, "recordReads" | "recordExport" | "recordSettings"> = {
  recordReads: async () => undefined,
  recordExport: async () => undefined,
  recordSettings: async () => undefined,
};
