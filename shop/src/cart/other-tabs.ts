const cart = new BroadcastChannel("kilim-cart");

/** Tells this browser's other tabs that the cart has changed: of a guest's the server tells nobody. */
export function tellOtherTabs(): void {
  cart.postMessage(null);
}

export function onOtherTab(listener: () => void): () => void {
  cart.addEventListener("message", listener);
  return () => cart.removeEventListener("message", listener);
}
