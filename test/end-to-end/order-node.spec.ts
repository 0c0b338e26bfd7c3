import { expect } from "chai";
import { useDatabase } from "../support/database.js";
import { insertOrder } from "../support/history.js";
import { post } from "../support/toy-gateway.js";
import { variants } from "./installation.js";

const query = `query ($id: ID!) {
  node(id: $id) { __typename id ... on Order { orderNumber purchaser { lastName } lines { quantity } redactions { field } } }
}`;

describe("an order as a node of the whole graph", function () {
  this.timeout(120_000);
  const db = useDatabase();

  for (const { name, start } of variants.filter(({ isApart }) => !isApart))
    it(`is found by contacts and told of by history, by whoever sees one of its people (${name})`, async () => {
      const login = `op-${name.replace(/\W/g, "-")}`;
      await db.owner.query(
        `INSERT INTO privacy.operator (institution_id, login, operator_kind, roles, clearance)
         VALUES ($1, $2, 'OPERATOR', ARRAY['CRM_MANAGER'], 0)`,
        [db.home.id, login],
      );
      const [seen, hidden] = [await db.insertContact({ lastName: "Roux" }), await db.insertContact({ level: 1 })];
      const orders = [
        await insertOrder(db, seen, { orderNumber: `${name} 1`, lines: [{ quantity: 2 }] }),
        await insertOrder(db, hidden, { orderNumber: `${name} 2`, payer: seen }),
        await insertOrder(db, hidden),
      ];
      const installation = await start(db);
      try {
        const roles = ["CRM_MANAGER"];
        const token = await installation.token({ subject: login, kind: "OPERATOR", institution: db.home.code, roles });
        const nodeOf = async ({ opaqueId: id }: { opaqueId: string }) => {
          const { body } = await post(installation.url, query, { token, variables: { id } });
          expect(body.errors).to.equal(undefined);
          return (body.data as { node: object | null }).node;
        };

        const [own, paid, unseen] = [await nodeOf(orders[0]!), await nodeOf(orders[1]!), await nodeOf(orders[2]!)];

        const common = { __typename: "Order", redactions: [{ field: "ipAddress" }] };
        expect(own).to.deep.equal({
          ...{ ...common, id: orders[0]!.opaqueId, orderNumber: `${name} 1` },
          ...{ purchaser: { lastName: "Roux" }, lines: [{ quantity: 2 }] },
        });
        expect(paid).to.deep.equal({
          ...{ ...common, id: orders[1]!.opaqueId, orderNumber: `${name} 2`, purchaser: null, lines: [] },
        });
        expect(unseen).to.equal(null);
      } finally {
        await installation.stop();
      }
    });
});
