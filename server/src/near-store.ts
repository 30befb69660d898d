import { z } from "zod";

import { readStores } from "./catalog/index.ts";
import type { ConditionKind } from "./segments/index.ts";

const schema = z.strictObject({
  near: z.strictObject({ store: z.uuid(), km: z.number().positive().max(20_040) }),
});

/** `{ "near": { "store": "<id>", "km": 5 } }`: near wherever that store stands. */
export const nearStore: ConditionKind = {
  key: "near.store",
  schema,
  async meaning(db) {
    const stores = new Map((await readStores(db)).map((store) => [store.id, store]));
    return (node) => {
      const { near } = schema.parse(node);
      const store = stores.get(near.store);
      return store
        ? { near: { lat: store.lat, lon: store.lon, km: near.km } }
        : { problem: "there is no such store (any more)" };
    };
  },
};
