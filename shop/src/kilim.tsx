import type { Kilim } from "@kilim/sdk";
import { createContext, useContext } from "react";

const Context = createContext<Kilim | null>(null);

export const KilimProvider = Context.Provider;

export function useKilim(): Kilim {
  const kilim = useContext(Context);
  if (!kilim) throw new Error("useKilim outside of KilimProvider");
  return kilim;
}
