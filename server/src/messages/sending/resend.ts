import { inTransaction } from "../../platform/db.ts";
import { addCounts } from "../broadcasts/queries/progress.pg.ts";
import type { MessageView } from "../contracts.ts";
import type { MessagesDeps } from "../deps.ts";
import { refuse } from "../errors.ts";
import { requeueFailed } from "../queries/requeue-failed.pg.ts";
import { readMessage } from "../read-messages.ts";

/**
 * Tries a message again that was given up. It is decided and made anew, and keeps its Message-ID. What another room has
 * made (a receipt) goes as it was made; what is not kept (a sign-in code, an answer to STOP) is refused.
 */
export async function resendMessage(
  deps: Pick<MessagesDeps, "db" | "clock" | "bus">,
  id: string,
): Promise<MessageView> {
  const { can_resend, status } = await readMessage(deps, id);
  if (!can_resend && (status === "failed" || status === "bounced")) throw refuse("message_not_kept");
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
