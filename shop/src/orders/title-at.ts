import type { Order } from "../../../server/src/orders/contracts.ts";
import { titleIn } from "../catalog/title-in.ts";

export function titleAt(order: Order, position: number, language: string): string {
  const line = order.lines.find((one) => one.position === position);
  return line ? [titleIn(language, line), line.size].filter(Boolean).join(" · ") : "";
}
