import type { Money } from "@kilim/sdk";

export interface TicketLine {
  readonly variant_id: string;
  readonly product_id: string;
  readonly title: string;
  readonly size: string | null;
  readonly color: string | null;
  readonly image_url: string;
  readonly price: Money;
  readonly quantity: number;
}

export interface Ticket {
  /** Idempotency key of the sale: pressing twice, or again after a lost answer, sells once. */
  readonly key: string;
  readonly lines: readonly TicketLine[];
}

export type TicketChange =
  | { readonly do: "add"; readonly line: Omit<TicketLine, "quantity">; readonly quantity?: number }
  | { readonly do: "quantity"; readonly variantId: string; readonly quantity: number }
  | { readonly do: "clear" };

export function newTicket(): Ticket {
  return { key: crypto.getRandomValues(new Uint32Array(4)).join("-"), lines: [] };
}

export function changeTicket(ticket: Ticket, change: TicketChange): Ticket {
  switch (change.do) {
    case "clear":
      return newTicket();
    case "quantity":
      return again(
        ticket.lines
          .map((line) => (line.variant_id === change.variantId ? { ...line, quantity: change.quantity } : line))
          .filter((line) => line.quantity > 0),
      );
    case "add": {
      const { line: added, quantity = 1 } = change;
      const known = ticket.lines.find((line) => line.variant_id === added.variant_id);
      if (!known) return again([...ticket.lines, { ...added, quantity }]);
      return again(
        ticket.lines.map((line) => (line === known ? { ...line, quantity: line.quantity + quantity } : line)),
      );
    }
  }
}

/** Another content is another sale: the same key with another body would be refused. */
function again(lines: readonly TicketLine[]): Ticket {
  return { ...newTicket(), lines };
}

export function totalOf(ticket: Ticket): Money | null {
  const first = ticket.lines[0];
  if (!first) return null;
  const amount = ticket.lines.reduce((sum, line) => sum + line.price.amount * line.quantity, 0);
  return { amount, currency: first.price.currency };
}
