const CHOICE = "kilim-kiosk:store";

/** The store this tablet stands in: the one thing that stays on it. Staff sets it once, on the first page. */
export function chosenStore(): string | null {
  return localStorage.getItem(CHOICE);
}

export function chooseStore(id: string): void {
  localStorage.setItem(CHOICE, id);
}
