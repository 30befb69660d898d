interface Identifier {
  readonly type: "email" | "phone" | "loyalty_id";
  readonly value: string;
}

/** What a typed or scanned text can be, likeliest first. Phone numbers need their country: `+90…` or `0090…`. */
export function guessIdentifiers(text: string): Identifier[] {
  const value = text.trim();
  if (value === "") return [];
  if (value.includes("@")) return [{ type: "email", value }];
  const loyalty = { type: "loyalty_id", value } as const;
  const digits = value.replace(/[\s().-]/g, "");
  if (!/^(\+|00)?\d{7,15}$/.test(digits)) return [loyalty];
  const phone = { type: "phone", value: digits.replace(/^00/, "+") } as const;
  return digits.startsWith("+") || digits.startsWith("00") ? [phone, loyalty] : [loyalty, phone];
}
