import { contactName, optionalContact, readBase } from "./read-parts.js";
import type { RecordFields } from "./record.fields.js";
import type { AnswerRecord, BeneficiaryRecord, LineRecord, OrderRecord, TicketRecord } from "./record.js";
import {
  amount,
  code,
  count,
  country,
  currency,
  day,
  flag,
  freeText,
  instant,
  ipAddress,
  oneOf,
  optionalText,
  text,
} from "./values.js";
import { operationKinds, orderStates, questionTypes, ticketStates } from "./vocabulary.js";

export const orderFields = new Set([
  ...["organization", "orderNumber", "version", "operationKind", "state", "orderedAt", "purchaser", "payer"],
  ...["currency", "total", "ipAddress", "remark", "lines"],
]);
const lineFields = new Set([
  ...["lineNumber", "product", "quantity", "amount", "tariffCode", "isChildrenTariff", "tickets"],
]);
const ticketFields = new Set([
  ...["ticketNumber", "product", "culturalContact", "state", "returnedAt", "price", "seat", "beneficiary", "answers"],
]);
const beneficiaryFields = new Set(["firstName", "lastName", "birthDate", "email", "phone", "countryCode"]);
const answerFields = new Set(["questionCode", "questionLabel", "questionType", "value"]);

const most = { lines: 500, tickets: 5_000, answers: 100 };
const longestRemark = 2_000;

const operationKind = oneOf(operationKinds);
const orderState = oneOf(orderStates);
const ticketState = oneOf(ticketStates);
const questionType = oneOf(questionTypes);
const lineNumber = count(1, 32_767);
const ticketNumber = count(1, 2_147_483_647);
const quantity = count(0, 1_000_000);
const seat = optionalText(60);
const tariffCode = optionalText(60);
const remark = optionalText(longestRemark, true);
const name = optionalText(100);
const contactText = optionalText(254);
const questionLabel = optionalText(500);
const answer = freeText(2_000);
const questionCode = text(60);

/** An option, reservation or sale, whole: lines and tickets that it does not name are gone. */
export function readOrder(fields: RecordFields): OrderRecord {
  return {
    kind: "order",
    ...readBase(fields, "orderNumber"),
    operationKind: fields.required("operationKind", operationKind),
    state: fields.orElse("state", orderState, "ACTIVE"),
    orderedAt: fields.required("orderedAt", instant),
    purchaser: optionalContact(fields, "purchaser"),
    payer: optionalContact(fields, "payer"),
    currency: fields.required("currency", currency),
    total: fields.required("total", amount),
    ipAddress: fields.optional("ipAddress", ipAddress),
    remark: fields.optional("remark", remark),
    lines: readLines(fields),
  };
}

function readLines(order: RecordFields): LineRecord[] {
  const lines = order.objects("lines", lineFields, most.lines, readLine);
  reportRepeated(order, "lines", "lineNumber", lines);
  return lines;
}

function readLine(fields: RecordFields): LineRecord {
  const tickets = fields.objects("tickets", ticketFields, most.tickets, readTicket);
  reportRepeated(fields, "tickets", "ticketNumber", tickets);
  return {
    lineNumber: fields.required("lineNumber", lineNumber),
    product: fields.required("product", code),
    quantity: fields.required("quantity", quantity),
    amount: fields.required("amount", amount),
    tariffCode: fields.optional("tariffCode", tariffCode),
    isChildrenTariff: fields.orElse("isChildrenTariff", flag, false),
    tickets,
  };
}

function readTicket(fields: RecordFields): TicketRecord {
  const answers = fields.objects("answers", answerFields, most.answers, readAnswer);
  reportRepeated(fields, "answers", "questionCode", answers);
  return {
    ticketNumber: fields.required("ticketNumber", ticketNumber),
    product: fields.optional("product", code),
    culturalContact: fields.has("culturalContact") ? contactName(fields, "culturalContact") : null,
    state: fields.orElse("state", ticketState, "VALID"),
    returnedAt: fields.optional("returnedAt", instant),
    price: fields.required("price", amount),
    seat: fields.optional("seat", seat),
    beneficiary: fields.has("beneficiary") ? readBeneficiary(fields.object("beneficiary", beneficiaryFields)) : null,
    answers,
  };
}

/** Null when nothing is said of him. */
function readBeneficiary(fields: RecordFields): BeneficiaryRecord | null {
  const beneficiary = {
    firstName: fields.optional("firstName", name),
    lastName: fields.optional("lastName", name),
    birthDate: fields.optional("birthDate", day),
    email: fields.optional("email", contactText),
    phone: fields.optional("phone", contactText),
    countryCode: fields.optional("countryCode", country),
  };
  return Object.values(beneficiary).some((value) => value !== null) ? beneficiary : null;
}

function readAnswer(fields: RecordFields): AnswerRecord {
  return {
    questionCode: fields.required("questionCode", questionCode),
    questionLabel: fields.optional("questionLabel", questionLabel),
    questionType: fields.required("questionType", questionType),
    value: fields.required("value", answer),
  };
}

/** A number stands for one thing. */
function reportRepeated<Item>(fields: RecordFields, list: string, number: keyof Item & string, items: readonly Item[]) {
  if (items.length < 2) return;
  const seen = new Set<unknown>();
  for (const [index, item] of items.entries()) {
    if (seen.has(item[number])) fields.report(list, { code: "RECORD_NUMBER_REPEATED" }, index);
    seen.add(item[number]);
  }
}
