import { type ClassType, Directive, Field, ObjectType } from "type-graphql";
import { CodedError } from "../errors/coded-error.js";

const maximumPage = 100;

@Directive("@shareable")
@ObjectType({ simpleResolvers: true, description: "Where a page stands in its list (Relay cursor connections)." })
export class PageInfo {
  @Field(() => Boolean, { description: "True when more items follow." })
  hasNextPage!: boolean;

  @Field(() => Boolean, { description: "True when the page was asked for with `after`." })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: "Cursor of the first item; null on an empty page." })
  startCursor!: string | null;

  @Field(() => String, { nullable: true, description: "Cursor of the last item, for `after`; null on an empty page." })
  endCursor!: string | null;
}

export interface Edge<Node> {
  cursor: string;
  node: Node;
}

/** One page of a list. `totalCount` is only computed when asked for. */
export interface Connection<Node> {
  edges: Edge<Node>[];
  nodes: Node[];
  pageInfo: PageInfo;
}

/** The abstract base of a Relay connection type; the class that extends it carries the name and more fields. */
export function connectionOf<Node extends object>(name: string, node: () => ClassType<Node>) {
  @ObjectType(`${name}Edge`, { simpleResolvers: true, description: `An item of a list of ${name}, with its cursor.` })
  class ConnectionEdge implements Edge<Node> {
    @Field(() => String, { description: "Opaque position of this item, for `after`." })
    cursor!: string;

    @Field(node, { description: "The item." })
    node!: Node;
  }

  @ObjectType({ simpleResolvers: true })
  abstract class ConnectionBase implements Connection<Node> {
    @Field(() => [ConnectionEdge], { description: "The items of this page with their cursors." })
    edges!: ConnectionEdge[];

    @Field(() => [node()] as never, { description: "The items of this page." })
    nodes!: Node[];

    @Field(() => PageInfo, { description: "Where this page stands in the list." })
    pageInfo!: PageInfo;
  }
  return ConnectionBase;
}

/** The values that a list is sorted by, of one row. */
export type SortKey = readonly (string | number | null)[];

export function encodeCursor(key: SortKey): string {
  return Buffer.from(JSON.stringify(key)).toString("base64url");
}

/**
 * The sort key behind `after`; null for the first page.
 * @throws CodedError BAD_USER_INPUT when the text is no cursor of a list with this many sort keys
 */
export function decodeCursor(after: string | null | undefined, length: number): SortKey | null {
  if (after == null) return null;
  let key: unknown;
  try {
    key = JSON.parse(Buffer.from(after, "base64url").toString());
  } catch {
    key = null;
  }
  const isKey = Array.isArray(key) && key.length === length && key.every(isSortable);
  if (!isKey) throw notACursor();
  return key as SortKey;
}

/** For an `after` that no page gave. */
export const notACursor = () =>
  new CodedError("BAD_USER_INPUT", "`after` is not a cursor of this list.", { argument: "after" });

function isSortable(value: unknown): boolean {
  if (value === null || typeof value === "number") return true;
  return typeof value === "string" && value.length <= 1_000 && !value.includes("\0");
}

/** @throws CodedError BAD_USER_INPUT unless 1 <= first <= 100 */
export function assertFirst(first: number): void {
  if (!Number.isInteger(first) || first < 1 || first > maximumPage) {
    throw new CodedError("BAD_USER_INPUT", `\`first\` is a number from 1 to ${maximumPage}.`, { argument: "first" });
  }
}

/**
 * A page out of rows that were read with LIMIT first + 1.
 * @param keyOf the values of a row that the list is sorted by, the last one unique
 */
export function page<Node>(
  rows: readonly Node[],
  { first, after }: { first: number; after?: string | null },
  keyOf: (node: Node) => SortKey,
): Connection<Node> {
  const edges = rows.slice(0, first).map((node) => ({ cursor: encodeCursor(keyOf(node)), node }));
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    pageInfo: {
      hasNextPage: rows.length > first,
      hasPreviousPage: after != null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}
