import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { ApiError } from "../api/ask.ts";
import { CollectSheet } from "../orders/collect-sheet.tsx";
import { findByCode, findByReceipt, type QueuedFulfilment } from "../orders/queries.ts";
import type { Opens } from "../orders/read-code.ts";
import { useChosenStore } from "../session/chosen-store.ts";
import { useCustomerInFront } from "./customer-context.ts";
import { findListByLink } from "./queries.ts";

/** Nothing has it: then it is something else. */
async function orNull<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof ApiError && (error.status === 404 || error.status === 410 || error.code === "code_unknown"))
      return null;
    throw error;
  }
}

interface OpenCode {
  /** Whether something has this code; then it is open. */
  readonly open: (opens: Opens) => Promise<boolean>;
  /** What lies ready under a collection code, for whoever brought it. */
  readonly sheet: ReactNode;
}

/** What a customer shows at the counter, beside goods and her card: a receipt, a collection code, a list on her phone. */
export function useOpenCode(): OpenCode {
  const navigate = useNavigate();
  const { setCustomerId } = useCustomerInFront();
  const storeId = useChosenStore() ?? "";
  const [waiting, setWaiting] = useState<{ one: QueuedFulfilment; code: string } | null>(null);
  const open = async ({ kind, code }: Opens): Promise<boolean> => {
    if (kind === "collection") {
      const one = await orNull(findByCode(storeId, code));
      if (one) setWaiting({ one, code });
      return one !== null;
    }
    if (kind === "receipt") {
      const order = await orNull(findByReceipt(code));
      if (order) void navigate({ to: "/orders/$id", params: { id: order.id } });
      return order !== null;
    }
    const found = await orNull(findListByLink(code));
    if (!found) return false;
    setCustomerId(found.profile_id);
    void navigate({ to: "/till", search: { list: found.list_id } });
    return true;
  };
  const sheet = waiting && (
    <CollectSheet fulfilment={waiting.one} code={waiting.code} storeId={storeId} onClose={() => setWaiting(null)} />
  );
  return { open, sheet };
}
