const NAME = "kilim-store:till";

/** Which till of the store this device is; printed on receipts. */
export function tillName(): string {
  return localStorage.getItem(NAME) ?? "1";
}

export function nameTill(name: string): void {
  localStorage.setItem(NAME, name.trim().slice(0, 20) || "1");
}
