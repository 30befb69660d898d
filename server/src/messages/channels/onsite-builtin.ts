import { z } from "zod";

import { insertOnsite } from "../queries/onsite.pg.ts";
import { adapter, lineOf } from "./adapter.ts";

/** Waits for the person's next visit of the site or the app. */
export const onsite = adapter({
  channel: "onsite",
  provider: "builtin",
  title: "On the site and in the app",
  settings: z.strictObject({}),
  secrets: [],
  open: (_account, { db }) =>
    lineOf("onsite", {
      async send({ id, to, content, at }) {
        await insertOnsite(db, { messageId: id, profileId: to, content, at });
        return { kind: "accepted", providerId: null };
      },
      check: async () => ({ ok: true, detail: "Shown by the SDK at the next visit." }),
    }),
});
