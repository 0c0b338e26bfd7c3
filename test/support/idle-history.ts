import type { HistoryPort } from "../../src/platform/ports.js";

/** History's part for tests that are about something else: keeps nothing, and has nothing to clean. */
export const idleHistory: HistoryPort = {
  recordShipments: async () => [],
  updateShipmentStates: async () => new Set<string>(),
  countOldTickets: async () => ({ tickets: 0, orders: 0 }),
  cleanTickets: async () => null,
  cleanAddresses: async () => null,
};
