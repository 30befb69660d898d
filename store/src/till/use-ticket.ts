import { useEffect, useReducer } from "react";
import { findSale } from "../offline/sale-queue.ts";
import { changeTicket, newTicket, type Ticket } from "./ticket.ts";

const KEPT = "kilim-store:ticket";

/** The open ticket; a reload, or a look at the customer's page, does not lose it. */
export function useTicket() {
  const [ticket, change] = useReducer(changeTicket, undefined, readKept);
  useEffect(() => sessionStorage.setItem(KEPT, JSON.stringify(ticket)), [ticket]);
  const { key } = ticket;
  // A page that died after its sale was written down must not offer to sell it again.
  useEffect(() => {
    let isGone = false;
    const look = async () => {
      if ((await findSale(key)) && !isGone) change({ do: "clear" });
    };
    void look().catch(() => {});
    return () => {
      isGone = true;
    };
  }, [key]);
  return { ticket, change };
}

function readKept(): Ticket {
  try {
    const kept: Ticket | null = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
    return kept && Array.isArray(kept.lines) ? kept : newTicket();
  } catch {
    return newTicket();
  }
}
