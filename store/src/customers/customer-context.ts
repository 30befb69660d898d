import { createContext, use } from "react";

interface CustomerInFront {
  readonly customerId: string | null;
  readonly setCustomerId: (id: string | null) => void;
}

export const CustomerContext = createContext<CustomerInFront | null>(null);

export function useCustomerInFront(): CustomerInFront {
  const customer = use(CustomerContext);
  if (!customer) throw new Error("useCustomerInFront outside of CustomerContext");
  return customer;
}
