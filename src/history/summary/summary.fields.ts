import type { FieldCatalogue } from "../../platform/access/fields.js";

/** A day gives away everything that it may be the day of. */
export const summaryFields: FieldCatalogue = {
  ContactSummary: {
    lastActivityDate: {
      level: 0,
      derivedFrom: [
        ...["Contact.purchaseHistory", "Contact.culturalHistory", "Order.operationKind", "Order.lines"],
        ...["OrderLine.product", "OrderLine.tickets", "Ticket.product", "Product.validityEndDate", "Product.startsAt"],
        ...["Contact.criteria", "Contact.authorizations"],
      ],
    },
  },
};
