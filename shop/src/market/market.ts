/** Where she buys: whose prices hold. Empty: nowhere in particular, each piece at its own price. */
export interface Market {
  readonly currency?: string | undefined;
  readonly region?: string | undefined;
}

const KEPT = "dokuma:market";
const NAMED = /^([A-Z]{3})(?:-([A-Z]{2}(?:-[A-Z0-9]{1,3})?))?$/;

/** As an address and this device's memory name it: `TRY-TR`, or `EUR`. */
export function nameOfMarket({ currency, region }: Market): string {
  return [currency, region].filter(Boolean).join("-");
}

export function readMarketName(name: string | null): Market | null {
  const [, currency, region] = NAMED.exec(name?.toUpperCase() ?? "") ?? [];
  return currency === undefined ? null : { currency, ...(region ? { region } : {}) };
}

/** What the catalogue is to be asked for. */
export function marketQuery({ currency, region }: Market): string {
  return new URLSearchParams({ ...(currency ? { currency } : {}), ...(region ? { region } : {}) }).toString();
}

/** What held when this device was here last: it is shown until the cart says what holds now. */
export function keptMarket(): Market {
  try {
    return readMarketName(localStorage.getItem(KEPT)) ?? {};
  } catch {
    return {};
  }
}

export function keepMarket(market: Market): void {
  try {
    localStorage.setItem(KEPT, nameOfMarket(market));
  } catch {
    // The browser refuses storage; the cart still knows.
  }
}

/** Takes `?market=TRY-TR` out of the address: whoever follows such a link wants to buy there. */
export function takeMarketFromAddress(): Market | null {
  const address = new URL(location.href);
  const wished = readMarketName(address.searchParams.get("market"));
  if (!address.searchParams.has("market")) return null;
  address.searchParams.delete("market");
  history.replaceState(history.state, "", address);
  if (wished) keepMarket(wished);
  return wished;
}
