import type { Kilim } from "@kilim/sdk";
import { createContext, use } from "react";

export const KioskContext = createContext<Kilim | null>(null);

export function useKilim(): Kilim {
  const kilim = use(KioskContext);
  if (!kilim) throw new Error("useKilim outside of the kiosk");
  return kilim;
}
