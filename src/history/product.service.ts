import type { OperationContext } from "../platform/context.js";
import { assertFirst, type Connection, decodeCursor, notACursor, page } from "../platform/graphql/connection.js";
import { decodeId } from "../platform/graphql/opaque-id.js";
import { productAnswer } from "./history.answers.js";
import { loadersOf } from "./history.loaders.js";
import { selectProductParts } from "./product.sql.js";

/**
 * A page of what a pass or season ticket is made of, by id. Null when that is withheld.
 * @param productId opaque, of a product that the caller was shown
 * @throws CodedError BAD_USER_INPUT for a bad `first` or `after`
 */
export async function productParts(
  context: OperationContext,
  productId: string,
  wanted: { readonly first: number; readonly after: string | null },
): Promise<Connection<object> | null> {
  if (!context.fields.may("Product", "parts")) return null;
  assertFirst(wanted.first);
  const [after = "0"] = decodeCursor(wanted.after, 1) ?? [];
  if (typeof after !== "string" || !/^\d{1,18}$/.test(after)) throw notACursor();
  const id = decodeId("Product", productId)!;
  const request = { after, limit: wanted.first + 1 };
  const loader = loadersOf(context).byArguments.get(["parts", request], async (ids) => {
    const rows = Map.groupBy(await selectProductParts(context.db, ids, request), ({ wholeId }) => wholeId);
    return ids.map((each) => (rows.get(each) ?? []).map(({ product }) => product));
  });
  const { edges, pageInfo } = page(await loader.load(id), wanted, (product) => [product.id]);
  const answers = edges.map(({ cursor, node }) => ({ cursor, node: productAnswer(context, node) }));
  return { edges: answers, nodes: answers.map(({ node }) => node), pageInfo };
}
