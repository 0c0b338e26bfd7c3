import { systemClock } from "../platform/clock.js";
import { withConnection } from "../platform/database/one-connection.js";
import { Calendar } from "./demo-calendar.js";
import type { Demo } from "./demo-caller.js";
import { demoCallers, firstContact } from "./demo-callers.js";
import { demoIsLoaded, loadDemo } from "./load-demo.js";

/** One contact file out of all four subgraphs; the audit needs a time frame (F27). */
function firstQuery(calendar: Calendar): string {
  return `{
  contactByNumber(contactNumber: "${firstContact.number}") {
    displayName
    email
    addresses { kind town }
    authorizations { code value }
    purchaseHistory(first: 3) {
      period { from to }
      totalCount
      nodes { orderNumber orderedAt total lines { quantity product { name } } }
    }
    culturalHistory(first: 3) { nodes { date product { name } ticket { seat } } }
    financialHistory(first: 3) { nodes { paidAt amount method } }
    audit(from: "${calendar.instant(-365, "00:00")}", to: "${calendar.instant(0, "23:59")}", first: 5) {
      nodes { at actor field oldValue newValue }
    }
    redactions { field requiredClearance }
  }
}`;
}

/** The demo institution. */
export const demo: Demo = {
  callers: demoCallers,
  firstQuery: firstQuery(new Calendar(systemClock, "UTC")),
  load: ({ ownerUrl, ...tools }) =>
    withConnection(ownerUrl, async (owner) => {
      await loadDemo(owner, tools);
      return await demoIsLoaded(owner);
    }),
};
