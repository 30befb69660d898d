import { inTransaction } from "../../platform/db.ts";
import { addCounts } from "../broadcasts/queries/progress.pg.ts";
import type { MessageView } from "../contracts.ts";
import type { MessagesDeps } from "../deps.ts";
import { refuse } from "../errors.ts";
import { requeueFailed } from "../queries/requeue-failed.pg.ts";
import { readMessage } from "../read-messages.ts";

/**
 * Tries a message again that was given up. It is decided and made anew, and keeps its Message-ID. A mail whose text was
 * made by somebody else (a sign-in code) is not kept, so it cannot be sent again.
 */
export async function resendMessage(
  deps: Pick<MessagesDeps, "db" | "clock" | "bus">,
  id: string,
): Promise<MessageView> {
  await readMessage(deps, id);
  await inTransaction(deps.db, async (tx) => {
    const again = await requeueFailed(tx, id, deps.clock.now().toString());
    if (!again) throw refuse("message_not_failed");
    if (again.broadcast_id !== null) {
      await addCounts(tx, [{ broadcastId: again.broadcast_id, status: again.was, n: -1 }]);
    }
  });
  deps.bus.wake("messages");
  deps.bus.changed("message", id, ["status"]);
  return readMessage(deps, id);
}
