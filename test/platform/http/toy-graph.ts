import { createHash } from "node:crypto";
import { GraphQLError, GraphQLScalarType } from "graphql";
import { type UploadedFile, UploadScalar } from "../../../src/platform/graphql/upload-scalar.js";

/** What the toy resolvers did, for tests that nothing was executed, or how far a file was read. */
export const seen = { executed: 0, bytesRead: 0 };

/** Set by a test to hold the file-reading resolver after its first bytes, until `resume` is called. */
export const brake: { hold?: Promise<void> } = {};

export const contactTypes = /* GraphQL */ `
  scalar Upload
  scalar Email
  enum Level { FREE RESTRICTED }
  input ImportInput { type: String again: [ImportInput!] file: Upload! }
  input ContactInput { email: Email, level: Level, age: Int, tags: [String!] }
  type Contact @key(fields: "id") { id: ID! name: String friends(first: Int = 10): [Contact!] }
  type Sum { filename: String bytes: Float! sha256: String! }
  type Query {
    hello(name: String): String
    contacts(first: Int): [Contact!]!
    broken: String
    busy: String
    coded: String
    count(value: Int): Int
  }
  type Mutation {
    rename(input: ContactInput, email: Email): String
    sum(file: Upload!): Sum!
    sumBoth(files: [Upload!]!): [Sum!]!
    ignore(file: Upload!): String
    import(input: ImportInput!): Sum!
    reference(file: Upload!): String
  }
  type Subscription { ticks(to: Int!): Int }
`;

export const historyTypes = /* GraphQL */ `
  type Contact @key(fields: "id") { id: ID! orders(first: Int): [Order!]! }
  type Order { number: Int! }
  type Query { orderCount: Int! }
`;

async function sum(file: UploadedFile) {
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const chunk of file.createReadStream()) {
    hash.update(chunk);
    bytes += chunk.length;
    seen.bytesRead += chunk.length;
    await brake.hold;
  }
  return { filename: file.filename, bytes, sha256: hash.digest("hex") };
}

const contact = (id: number) => ({ id: String(id), name: `name ${id}` });

export const contactResolvers = {
  Upload: UploadScalar,
  Email: new GraphQLScalarType({
    name: "Email",
    parseValue(value) {
      if (typeof value === "string" && value.endsWith(".example")) return value;
      throw new GraphQLError("An Email ends in .example.", { extensions: { code: "BAD_USER_INPUT" } });
    },
  }),
  Contact: {
    __resolveReference: ({ id }: { id: string }) => contact(Number(id)),
    friends: (_: unknown, { first }: { first: number }) => Array.from({ length: first }, (_, index) => contact(index)),
  },
  Query: {
    hello: (_: unknown, { name }: { name?: string }) => {
      seen.executed++;
      return `hello ${name ?? "world"}`;
    },
    contacts: (_: unknown, { first }: { first: number }) => {
      seen.executed++;
      return Array.from({ length: first ?? 1 }, (_, index) => contact(index));
    },
    broken: () => {
      throw new Error("password of ada@private.example is wrong");
    },
    busy: () => {
      const http = { status: 503, headers: { "retry-after": "1" } };
      throw new GraphQLError("Try again.", { extensions: { code: "SERVICE_BUSY", http } });
    },
    coded: () => {
      throw new GraphQLError("internal detail", { extensions: { code: "SOMETHING_NEW" } });
    },
    count: () => "not a number",
  },
  Mutation: {
    rename: () => {
      seen.executed++;
      return "renamed";
    },
    sum: async (_: unknown, { file }: { file: Promise<UploadedFile> }) => sum(await file),
    sumBoth: async (_: unknown, { files }: { files: Promise<UploadedFile>[] }) => {
      const sums = [];
      for (const file of files) sums.push(await sum(await file));
      return sums;
    },
    import: async (_: unknown, { input }: { input: { file: Promise<UploadedFile> } }) => sum(await input.file),
    ignore: () => "ignored",
    reference: (_: unknown, { file }: { file: unknown }) => JSON.stringify(file),
  },
  Subscription: {
    ticks: {
      async *subscribe(_: unknown, { to }: { to: number }) {
        for (let tick = 1; tick <= to; tick++) yield { ticks: tick };
        if (to > 2) throw new Error("secret of ada@private.example");
      },
    },
  },
};

export const historyResolvers = {
  Contact: {
    orders: (_: unknown, { first }: { first?: number }) =>
      Array.from({ length: first ?? 1 }, (_, n) => ({ number: n })),
  },
  Query: { orderCount: () => 1 },
};
