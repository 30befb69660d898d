import { z } from "zod";

import { insertCall } from "../queries/calls.pg.ts";
import { adapter, lineOf } from "./adapter.ts";

/** A call for the phone team to make: it waits in their list until its time. */
export const callTask = adapter({
  channel: "call",
  provider: "builtin",
  title: "The phone team's list",
  settings: z.strictObject({}),
  secrets: [],
  open: (_account, { db }) =>
    lineOf("call", {
      async send({ id, to, content, at }) {
        const { script, reason, due_at } = content;
        await insertCall(db, { messageId: id, phone: to, script, reason, dueAt: due_at ?? at, at });
        return { kind: "accepted", providerId: null };
      },
      check: async () => ({ ok: true, detail: "Calls wait in the phone team's list." }),
    }),
});
