/* eslint-disable */
import * as types from './graphql.js';
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';

/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "mutation CreateContact($input: CreateContactInput!) {\n  createContact(input: $input) {\n    contact {\n      id\n      contactNumber\n      version\n    }\n    userErrors {\n      code\n      field\n      message\n      elementIndex\n    }\n    warnings {\n      code\n      message\n    }\n  }\n}": typeof types.CreateContactDocument,
    "query FindContacts($name: String!, $first: Int!, $after: String) {\n  searchContacts(filter: {name: $name}, first: $first, after: $after) {\n    nodes {\n      id\n      contactNumber\n      type\n      displayName\n      email\n      isValid\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}": typeof types.FindContactsDocument,
    "query FollowImport($id: ID!) {\n  importJob(id: $id) {\n    status\n    progress\n    counters {\n      total\n      processed\n      created\n      updated\n      errors\n    }\n    fileError {\n      code\n      message\n    }\n    rows(outcome: ERROR, first: 20) {\n      nodes {\n        line\n        problems {\n          column\n          code\n          message\n        }\n      }\n    }\n  }\n}": typeof types.FollowImportDocument,
    "query OpenContactFile($id: ID!, $from: DateTime!, $to: DateTime!) {\n  contact(id: $id) {\n    id\n    contactNumber\n    type\n    title\n    displayName\n    email\n    phone\n    mobile\n    birthDate\n    confidentialityLevel\n    isValid\n    version\n    addresses {\n      kind\n      street1\n      street2\n      street3\n      postcode\n      town\n      country\n    }\n    roles\n    connections(first: 10) {\n      nodes {\n        type\n        from {\n          id\n          displayName\n        }\n        to {\n          id\n          displayName\n        }\n      }\n    }\n    authorizations {\n      code\n      value\n    }\n    bounceStatus\n    purchaseHistory(first: 20) {\n      nodes {\n        orderNumber\n        orderedAt\n        operationKind\n        total\n        currency\n        lines {\n          quantity\n          amount\n          product {\n            name\n            startsAt\n          }\n          tickets {\n            state\n            seat\n            culturalContact {\n              id\n              displayName\n            }\n          }\n        }\n      }\n    }\n    financialHistory(first: 20) {\n      nodes {\n        paidAt\n        method\n        amount\n        currency\n      }\n    }\n    audit(from: $from, to: $to, first: 20) {\n      nodes {\n        at\n        actor\n        field\n        oldValue\n        newValue\n      }\n    }\n    redactions {\n      field\n      requiredClearance\n      requiredPermission\n    }\n  }\n}": typeof types.OpenContactFileDocument,
    "mutation SetAuthorizations($input: SetAuthorizationsInput!) {\n  setAuthorizations(input: $input) {\n    contact {\n      id\n      authorizations {\n        code\n        value\n      }\n    }\n    userErrors {\n      code\n      field\n      message\n      elementIndex\n    }\n    warnings {\n      code\n      message\n    }\n  }\n}": typeof types.SetAuthorizationsDocument,
    "mutation StartImport($input: StartImportInput!) {\n  startImport(input: $input) {\n    importJob {\n      id\n      status\n    }\n    userErrors {\n      code\n      field\n      message\n    }\n  }\n}": typeof types.StartImportDocument,
    "query Viewer {\n  viewer {\n    login\n    kind\n    institution\n    organizations\n    permissions\n    clearance\n    locale\n  }\n}": typeof types.ViewerDocument,
};
const documents: Documents = {
    "mutation CreateContact($input: CreateContactInput!) {\n  createContact(input: $input) {\n    contact {\n      id\n      contactNumber\n      version\n    }\n    userErrors {\n      code\n      field\n      message\n      elementIndex\n    }\n    warnings {\n      code\n      message\n    }\n  }\n}": types.CreateContactDocument,
    "query FindContacts($name: String!, $first: Int!, $after: String) {\n  searchContacts(filter: {name: $name}, first: $first, after: $after) {\n    nodes {\n      id\n      contactNumber\n      type\n      displayName\n      email\n      isValid\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}": types.FindContactsDocument,
    "query FollowImport($id: ID!) {\n  importJob(id: $id) {\n    status\n    progress\n    counters {\n      total\n      processed\n      created\n      updated\n      errors\n    }\n    fileError {\n      code\n      message\n    }\n    rows(outcome: ERROR, first: 20) {\n      nodes {\n        line\n        problems {\n          column\n          code\n          message\n        }\n      }\n    }\n  }\n}": types.FollowImportDocument,
    "query OpenContactFile($id: ID!, $from: DateTime!, $to: DateTime!) {\n  contact(id: $id) {\n    id\n    contactNumber\n    type\n    title\n    displayName\n    email\n    phone\n    mobile\n    birthDate\n    confidentialityLevel\n    isValid\n    version\n    addresses {\n      kind\n      street1\n      street2\n      street3\n      postcode\n      town\n      country\n    }\n    roles\n    connections(first: 10) {\n      nodes {\n        type\n        from {\n          id\n          displayName\n        }\n        to {\n          id\n          displayName\n        }\n      }\n    }\n    authorizations {\n      code\n      value\n    }\n    bounceStatus\n    purchaseHistory(first: 20) {\n      nodes {\n        orderNumber\n        orderedAt\n        operationKind\n        total\n        currency\n        lines {\n          quantity\n          amount\n          product {\n            name\n            startsAt\n          }\n          tickets {\n            state\n            seat\n            culturalContact {\n              id\n              displayName\n            }\n          }\n        }\n      }\n    }\n    financialHistory(first: 20) {\n      nodes {\n        paidAt\n        method\n        amount\n        currency\n      }\n    }\n    audit(from: $from, to: $to, first: 20) {\n      nodes {\n        at\n        actor\n        field\n        oldValue\n        newValue\n      }\n    }\n    redactions {\n      field\n      requiredClearance\n      requiredPermission\n    }\n  }\n}": types.OpenContactFileDocument,
    "mutation SetAuthorizations($input: SetAuthorizationsInput!) {\n  setAuthorizations(input: $input) {\n    contact {\n      id\n      authorizations {\n        code\n        value\n      }\n    }\n    userErrors {\n      code\n      field\n      message\n      elementIndex\n    }\n    warnings {\n      code\n      message\n    }\n  }\n}": types.SetAuthorizationsDocument,
    "mutation StartImport($input: StartImportInput!) {\n  startImport(input: $input) {\n    importJob {\n      id\n      status\n    }\n    userErrors {\n      code\n      field\n      message\n    }\n  }\n}": types.StartImportDocument,
    "query Viewer {\n  viewer {\n    login\n    kind\n    institution\n    organizations\n    permissions\n    clearance\n    locale\n  }\n}": types.ViewerDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 *
 *
 * @example
 * ```ts
 * const query = graphql(`query GetUser($id: ID!) { user(id: $id) { name } }`);
 * ```
 *
 * The query argument is unknown!
 * Please regenerate the types.
 */
export function graphql(source: string): unknown;

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation CreateContact($input: CreateContactInput!) {\n  createContact(input: $input) {\n    contact {\n      id\n      contactNumber\n      version\n    }\n    userErrors {\n      code\n      field\n      message\n      elementIndex\n    }\n    warnings {\n      code\n      message\n    }\n  }\n}"): (typeof documents)["mutation CreateContact($input: CreateContactInput!) {\n  createContact(input: $input) {\n    contact {\n      id\n      contactNumber\n      version\n    }\n    userErrors {\n      code\n      field\n      message\n      elementIndex\n    }\n    warnings {\n      code\n      message\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query FindContacts($name: String!, $first: Int!, $after: String) {\n  searchContacts(filter: {name: $name}, first: $first, after: $after) {\n    nodes {\n      id\n      contactNumber\n      type\n      displayName\n      email\n      isValid\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}"): (typeof documents)["query FindContacts($name: String!, $first: Int!, $after: String) {\n  searchContacts(filter: {name: $name}, first: $first, after: $after) {\n    nodes {\n      id\n      contactNumber\n      type\n      displayName\n      email\n      isValid\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query FollowImport($id: ID!) {\n  importJob(id: $id) {\n    status\n    progress\n    counters {\n      total\n      processed\n      created\n      updated\n      errors\n    }\n    fileError {\n      code\n      message\n    }\n    rows(outcome: ERROR, first: 20) {\n      nodes {\n        line\n        problems {\n          column\n          code\n          message\n        }\n      }\n    }\n  }\n}"): (typeof documents)["query FollowImport($id: ID!) {\n  importJob(id: $id) {\n    status\n    progress\n    counters {\n      total\n      processed\n      created\n      updated\n      errors\n    }\n    fileError {\n      code\n      message\n    }\n    rows(outcome: ERROR, first: 20) {\n      nodes {\n        line\n        problems {\n          column\n          code\n          message\n        }\n      }\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query OpenContactFile($id: ID!, $from: DateTime!, $to: DateTime!) {\n  contact(id: $id) {\n    id\n    contactNumber\n    type\n    title\n    displayName\n    email\n    phone\n    mobile\n    birthDate\n    confidentialityLevel\n    isValid\n    version\n    addresses {\n      kind\n      street1\n      street2\n      street3\n      postcode\n      town\n      country\n    }\n    roles\n    connections(first: 10) {\n      nodes {\n        type\n        from {\n          id\n          displayName\n        }\n        to {\n          id\n          displayName\n        }\n      }\n    }\n    authorizations {\n      code\n      value\n    }\n    bounceStatus\n    purchaseHistory(first: 20) {\n      nodes {\n        orderNumber\n        orderedAt\n        operationKind\n        total\n        currency\n        lines {\n          quantity\n          amount\n          product {\n            name\n            startsAt\n          }\n          tickets {\n            state\n            seat\n            culturalContact {\n              id\n              displayName\n            }\n          }\n        }\n      }\n    }\n    financialHistory(first: 20) {\n      nodes {\n        paidAt\n        method\n        amount\n        currency\n      }\n    }\n    audit(from: $from, to: $to, first: 20) {\n      nodes {\n        at\n        actor\n        field\n        oldValue\n        newValue\n      }\n    }\n    redactions {\n      field\n      requiredClearance\n      requiredPermission\n    }\n  }\n}"): (typeof documents)["query OpenContactFile($id: ID!, $from: DateTime!, $to: DateTime!) {\n  contact(id: $id) {\n    id\n    contactNumber\n    type\n    title\n    displayName\n    email\n    phone\n    mobile\n    birthDate\n    confidentialityLevel\n    isValid\n    version\n    addresses {\n      kind\n      street1\n      street2\n      street3\n      postcode\n      town\n      country\n    }\n    roles\n    connections(first: 10) {\n      nodes {\n        type\n        from {\n          id\n          displayName\n        }\n        to {\n          id\n          displayName\n        }\n      }\n    }\n    authorizations {\n      code\n      value\n    }\n    bounceStatus\n    purchaseHistory(first: 20) {\n      nodes {\n        orderNumber\n        orderedAt\n        operationKind\n        total\n        currency\n        lines {\n          quantity\n          amount\n          product {\n            name\n            startsAt\n          }\n          tickets {\n            state\n            seat\n            culturalContact {\n              id\n              displayName\n            }\n          }\n        }\n      }\n    }\n    financialHistory(first: 20) {\n      nodes {\n        paidAt\n        method\n        amount\n        currency\n      }\n    }\n    audit(from: $from, to: $to, first: 20) {\n      nodes {\n        at\n        actor\n        field\n        oldValue\n        newValue\n      }\n    }\n    redactions {\n      field\n      requiredClearance\n      requiredPermission\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation SetAuthorizations($input: SetAuthorizationsInput!) {\n  setAuthorizations(input: $input) {\n    contact {\n      id\n      authorizations {\n        code\n        value\n      }\n    }\n    userErrors {\n      code\n      field\n      message\n      elementIndex\n    }\n    warnings {\n      code\n      message\n    }\n  }\n}"): (typeof documents)["mutation SetAuthorizations($input: SetAuthorizationsInput!) {\n  setAuthorizations(input: $input) {\n    contact {\n      id\n      authorizations {\n        code\n        value\n      }\n    }\n    userErrors {\n      code\n      field\n      message\n      elementIndex\n    }\n    warnings {\n      code\n      message\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation StartImport($input: StartImportInput!) {\n  startImport(input: $input) {\n    importJob {\n      id\n      status\n    }\n    userErrors {\n      code\n      field\n      message\n    }\n  }\n}"): (typeof documents)["mutation StartImport($input: StartImportInput!) {\n  startImport(input: $input) {\n    importJob {\n      id\n      status\n    }\n    userErrors {\n      code\n      field\n      message\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query Viewer {\n  viewer {\n    login\n    kind\n    institution\n    organizations\n    permissions\n    clearance\n    locale\n  }\n}"): (typeof documents)["query Viewer {\n  viewer {\n    login\n    kind\n    institution\n    organizations\n    permissions\n    clearance\n    locale\n  }\n}"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;