import { afterAll, beforeAll, expect, test } from "vitest";

import { inTransaction, rows, sql } from "../platform/db.ts";
import { newId } from "../platform/ids.ts";
import { createWorld, type World } from "../platform/testing/world.ts";
import { availabilityList, type WhichStock } from "./contracts.ts";
import { holdStock } from "./hold-stock.ts";
import { availabilityBoard } from "./read-availability.ts";
import { saveKit } from "./save-kit.ts";
import { IZMIR, JAKARTA, stockedProduct, WAREHOUSE } from "./testing.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const boardOf = (db = world.db) => {
  const board = availabilityBoard(db, world.clock);
  return async (which: WhichStock) =>
    availabilityList.strict().parse(JSON.parse((await board(which)).toString())).items;
};
const hold = (variantId: string) =>
  inTransaction(world.db, (tx) =>
    holdStock(tx, world.clock, {
      owner: newId(world.clock),
      lines: [{ variantId, quantity: 1 }],
      until: world.clock.now().add({ minutes: 10 }),
    }),
  );

test("what can be bought of a product is the same asked for by product, by variants, and together with others", async () => {
  const board = boardOf();
  const [shoe, boot] = [
    await stockedProduct(world, [{ [JAKARTA]: 5, [IZMIR]: 1, [WAREHOUSE]: 2 }, {}]),
    await stockedProduct(world, [{ [WAREHOUSE]: 1 }]),
  ];
  const alone = await board({ product: shoe.productId });
  expect(
    alone.map(({ web, channels, stores }) => [web, channels.phone, stores.map((s) => [s.name, s.available])]),
  ).toEqual([
    [
      3,
      3,
      [
        ["Alsancak", 1],
        ["Kemang", 5],
      ],
    ],
    [0, 0, []],
  ]);
  const [together, byVariant, other] = await Promise.all([
    board({ product: shoe.productId }),
    board({ variant: shoe.variantIds }),
    board({ product: boot.productId }),
  ]);
  expect([together, byVariant]).toEqual([alone, alone]);
  expect(other.map(({ web }) => web)).toEqual([1]);
  // Once there is a kit anywhere, what it is made of is looked at, too.
  const [set = "", lace = ""] = [boot.variantIds[0], shoe.variantIds[0]];
  const kit = await stockedProduct(world, [{}]);
  await saveKit(world.db, {
    kitId: kit.variantIds[0] ?? "",
    parts: [set, lace].map((variant_id) => ({ variant_id, quantity: 1 })),
  });
  expect((await board({ product: kit.productId })).map(({ web }) => web)).toEqual([1]);
  expect(await board({ product: shoe.productId })).toEqual(alone);
});

test("a number that is asked for after a sale was acknowledged has it, on every node, while many buy", async () => {
  const node = world.connect(4);
  const nodes = [boardOf(), boardOf(node.db)];
  const products = await Promise.all([1, 2, 3].map(() => stockedProduct(world, [{ [WAREHOUSE]: 40 }])));
  await Promise.all(
    products.map(async ({ productId, variantIds: [id = ""] }) => {
      for (let left = 39; left >= 20; left--) {
        await hold(id);
        const seen = await Promise.all(nodes.map((board) => board({ product: productId })));
        expect(seen.map((items) => items[0]?.web)).toEqual([left, left]);
      }
    }),
  );
  await node.close();
});

test("what is in stock is planned a few times per connection, not for each who asks", async () => {
  const { productId, variantIds } = await stockedProduct(world, [{ [WAREHOUSE]: 40 }]);
  await sql`
    insert into inventory.allocation (owner_id, variant_id, location_id, quantity, state, expires_at)
    select gen_random_uuid(), ${variantIds[0]}, ${WAREHOUSE}, 1, 'held', timestamptz '2100-01-01' + interval '1 hour' * n
    from generate_series(1, 3000) n`.execute(world.db);
  await sql`analyze inventory.allocation, inventory.level, catalog.variant`.execute(world.db);
  const node = world.connect(1);
  const board = boardOf(node.db);
  for (let n = 0; n < 20; n++) expect((await board({ product: productId }))[0]?.web).toBe(40);
  const planned = await rows(
    node.db,
    sql<{ statement: string; often: number; once: number }>`
      select statement, custom_plans::int4 as often, generic_plans::int4 as once from pg_prepared_statements
      where statement like '%inventory.%' or statement like '%catalog.%'`,
  );
  await node.close();
  expect(planned.length).toBeGreaterThanOrEqual(3);
  expect(planned.filter(({ often, once }) => often > 5 || once < 10)).toEqual([]);
});
