import type { OperationContext } from "../../../src/platform/context.js";
import { ask } from "../../support/ask.js";
import type { ContextWish, TestDatabase } from "../../support/database.js";
import type { TestContact } from "../../support/rows.js";
import { changer, contactsSchema } from "../support.js";

const errors = `userErrors { code field message elementIndex } warnings { code message }`;
const end = `{ id displayName roles }`;

export const add = `mutation ($input: AddConnectionInput!) { addConnection(input: $input) {
  connection { id type status from ${end} to ${end} } ${errors} } }`;
export const remove = `mutation ($input: RemoveConnectionInput!) { removeConnection(input: $input) {
  from ${end} to ${end} ${errors} } }`;
export const setPrimary = `mutation ($input: SetPrimaryRelayInput!) { setPrimaryRelay(input: $input) {
  contact { version primaryRelay { id } } ${errors} } }`;
export const setRoles = `mutation ($input: SetRolesInput!) { setRoles(input: $input) { contact { version roles } ${errors} } }`;
export const changeRole = `mutation ($input: ChangeRoleInput!) { changeRole(input: $input) {
  contact { roles structure { id } parent { id } } ${errors} } }`;
export const setEnd = `mutation ($input: SetValidityEndDateInput!) { setValidityEndDate(input: $input) {
  contact { isValid } ${errors} } }`;
export const setLevel = `mutation ($input: SetConfidentialityLevelInput!) { setConfidentialityLevel(input: $input) {
  contact { id } ${errors} } }`;

/** Connects and disconnects as an operator who may; `wish` says otherwise. */
export function connector(db: TestDatabase) {
  const { writer, change } = changer(db);

  /** The connection's id. @throws Error with the codes of a refusal */
  async function connect(type: string, from: TestContact, to: TestContact, wish: ContextWish = {}): Promise<string> {
    const refused = await codesOf(add, { type, fromId: from.opaqueId, toId: to.opaqueId }, writer(wish));
    if (refused.codes.length > 0) throw new Error(refused.codes.join());
    return refused.payload.connection.id;
  }

  /** The codes that a mutation refuses with, each with its field; none when it was made. */
  async function codesOf(mutation: string, input: object, context?: OperationContext) {
    const payload = await change(mutation, input, context);
    const codes = (payload.userErrors as { code: string; field: string[] }[]).map(({ code, field }) =>
      [code, ...field].join(" "),
    );
    return { payload, codes };
  }

  /** Fields of a contact, as this caller sees it. */
  async function read(contact: TestContact, fields: string, wish: ContextWish = {}) {
    const query = `query ($id: ID!) { contact(id: $id) { ${fields} } }`;
    return (await ask(await contactsSchema(), writer(wish), query, { id: contact.opaqueId })).contact;
  }

  const structure = (name: string, wish = {}) => db.insertContact({ structureName: name, roles: [], ...wish });

  return { writer, change, connect, codesOf, read, structure };
}
