import type { IngestedChanges } from "../followers.js";

/** Collects what a chunk writes. */
export class Changes {
  readonly contacts = new Set<string>();
  readonly shipments = new Set<string>();
  readonly products = new Set<string>();
  readonly seasons = new Set<string>();

  addContacts(...ids: readonly (string | null)[]): void {
    for (const id of ids) if (id !== null) this.contacts.add(id);
  }

  get all(): IngestedChanges {
    return {
      contactIds: [...this.contacts],
      shipmentIds: [...this.shipments],
      productIds: [...this.products],
      seasonIds: [...this.seasons],
    };
  }
}
