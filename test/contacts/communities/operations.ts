const errors = `userErrors { code field message elementIndex } warnings { code message }`;

export const onBehalf = `mutation ($input: CreateContactOnBehalfInput!) { createContactOnBehalf(input: $input) {
  contact { id displayName roles confidentialityLevel internetAccount { login }
    communityLeads(first: 5) { nodes { id } totalCount } }
  ${errors} legalNotice { code text } } }`;

export const community = `query ($id: ID!) { contact(id: $id) { community { owner { id }
  members(first: 10) { nodes { contact { id } consentStatus createdByOwner } totalCount } } } }`;
