import { registerEnumType } from "type-graphql";

export enum OperationKind {
  OPTION = "OPTION",
  RESERVATION = "RESERVATION",
  SALE = "SALE",
}

registerEnumType(OperationKind, {
  name: "OperationKind",
  description: "How firm an order is.",
  valuesConfig: {
    OPTION: { description: "Seats held for a while." },
    RESERVATION: { description: "Reserved, not paid yet." },
    SALE: { description: "Sold." },
  },
});

export enum OrderState {
  ACTIVE = "ACTIVE",
  CONFIRMED = "CONFIRMED",
  EXPIRED = "EXPIRED",
  CANCELLED = "CANCELLED",
}

registerEnumType(OrderState, {
  name: "OrderState",
  description: "What became of an order.",
  valuesConfig: {
    ACTIVE: { description: "It stands as it was made." },
    CONFIRMED: { description: "An option or reservation that was confirmed." },
    EXPIRED: { description: "An option or reservation whose time ran out." },
    CANCELLED: { description: "It was cancelled as a whole." },
  },
});

export enum TicketState {
  VALID = "VALID",
  RETURNED = "RETURNED",
  CANCELLED = "CANCELLED",
}

registerEnumType(TicketState, {
  name: "TicketState",
  description: "What became of a ticket.",
  valuesConfig: {
    VALID: { description: "It counts." },
    RETURNED: { description: "The contact gave it back." },
    CANCELLED: { description: "It was cancelled, or its order expired or was cancelled as a whole." },
  },
});

export enum QuestionType {
  TEXT = "TEXT",
  ADDRESS = "ADDRESS",
  EMAIL = "EMAIL",
  PHONE = "PHONE",
  DATE = "DATE",
  NUMBER = "NUMBER",
  YES_NO = "YES_NO",
  CHOICE = "CHOICE",
}

registerEnumType(QuestionType, {
  name: "QuestionType",
  description: "What kind of answer a question on a ticket asks for.",
  valuesConfig: {
    TEXT: { description: "A text." },
    ADDRESS: { description: "A postal address." },
    EMAIL: { description: "An e-mail address." },
    PHONE: { description: "A telephone number." },
    DATE: { description: "A day." },
    NUMBER: { description: "A number." },
    YES_NO: { description: "Yes or no." },
    CHOICE: { description: "One or more of given answers." },
  },
});

export enum PaymentMethod {
  CARD = "CARD",
  CASH = "CASH",
  TRANSFER = "TRANSFER",
  VOUCHER = "VOUCHER",
  INVOICE = "INVOICE",
  OTHER = "OTHER",
}

registerEnumType(PaymentMethod, {
  name: "PaymentMethod",
  description: "How something was paid.",
  valuesConfig: {
    CARD: { description: "By a credit or debit card." },
    CASH: { description: "In cash." },
    TRANSFER: { description: "By bank transfer." },
    VOUCHER: { description: "With a voucher." },
    INVOICE: { description: "Against an invoice." },
    OTHER: { description: "In another way." },
  },
});
