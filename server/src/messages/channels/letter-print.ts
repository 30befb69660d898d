import { z } from "zod";

import { insertLetter } from "../queries/letters.pg.ts";
import { adapter, lineOf } from "./adapter.ts";
import { parseJson } from "./ask.ts";
import { postal } from "./postal-address.ts";

/** A letter or postcard for the retailer's own printer: it waits until it is taken into a batch. */
export const printed = adapter({
  channel: "letter",
  provider: "builtin",
  title: "Print-ready PDF",
  settings: z.strictObject({}),
  secrets: [],
  open: (_account, { db }) =>
    lineOf("letter", {
      async send({ id, to, content, at }) {
        const address = postal.safeParse(parseJson(to));
        if (!address.success) return { kind: "permanent", reason: "the postal address lacks a part" };
        await insertLetter(db, { messageId: id, address: address.data, content, at });
        return { kind: "accepted", providerId: null };
      },
      check: async () => ({ ok: true, detail: "Letters wait until they are taken into a batch for the printer." }),
    }),
});
