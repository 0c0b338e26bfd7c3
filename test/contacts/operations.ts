const errors = `userErrors { code field message elementIndex }`;
export const create = `mutation ($input: CreateContactInput!) { createContact(input: $input) {
  contact { id version lastName email roles confidentialityLevel addresses { kind street1 town country } } ${errors} } }`;
export const update = `mutation ($input: UpdateContactInput!) { updateContact(input: $input) { contact { version lastName email phone } ${errors} } }`;
export const setLevel = `mutation ($input: SetConfidentialityLevelInput!) { setConfidentialityLevel(input: $input) { contact { confidentialityLevel } ${errors} } }`;
export const setEnd = `mutation ($input: SetValidityEndDateInput!) { setValidityEndDate(input: $input) { contact { isValid validityEndDate } ${errors} } }`;
export const setAddress = `mutation ($input: SetAddressInput!) { setAddress(input: $input) { contact { version addresses { kind street1 town country } } ${errors} } }`;
export const removeAddress = `mutation ($input: RemoveAddressInput!) { removeAddress(input: $input) { contact { addresses { kind } } ${errors} } }`;
