import { useEffect, useReducer } from "react";
import { changeTicket, newTicket, type Ticket } from "./ticket.ts";

const KEPT = "kilim-store:ticket";

/** The open ticket; a reload, or a look at the customer's page, does not lose it. */
export function useTicket() {
  const [ticket, change] = useReducer(changeTicket, undefined, readKept);
  useEffect(() => sessionStorage.setItem(KEPT, JSON.stringify(ticket)), [ticket]);
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
