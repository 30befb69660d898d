/** GS1 mod-10 check digit of the digits before it: weights 3, 1, 3… from the right. */
export function checkDigit(body: string): number {
  let sum = 0;
  for (let i = 0; i < body.length; i++) sum += Number(body[body.length - 1 - i]) * (i % 2 === 0 ? 3 : 1);
  return (10 - (sum % 10)) % 10;
}

/** Whether the last digit of a GS1 key (GTIN of any length, SSCC, GLN) is its check digit. */
export function hasCheckDigit(code: string): boolean {
  return /^\d{2,18}$/.test(code) && checkDigit(code.slice(0, -1)) === Number(code.at(-1));
}

/**
 * The 14 digits under which a GTIN is kept: GTIN-8, 12 (UPC), 13 (EAN), 14 and the zero-suppressed UPC-E.
 * Null when it is none or its check digit is wrong. Leading zeros count, so this never goes through a number.
 */
export function toGtin14(text: string): string | null {
  return gtinReadings(text)[0] ?? null;
}

/**
 * All that a scanned code can mean, as 14 digits. One UPC-E in ten is a right GTIN-8, too: it is kept as that, and
 * looked for as both.
 */
export function gtinReadings(text: string): string[] {
  const code = text.replace(/[\s-]/g, "");
  if (!/^(\d{8}|\d{12,14})$/.test(code) || /^0+$/.test(code)) return [];
  const upcA = code.length === 8 ? expandUpcE(code) : null;
  return [...(hasCheckDigit(code) ? [code] : []), ...(upcA === null ? [] : [upcA])].map((full) =>
    full.padStart(14, "0"),
  );
}

/** UPC-E (number system, six digits, check digit) as the UPC-A it stands for; null when the check digit is wrong. */
function expandUpcE(code: string): string | null {
  const [, system = "", six = "", check = ""] = /^([01])(\d{6})(\d)$/.exec(code) ?? [];
  const last = six.at(-1);
  if (last === undefined) return null;
  const body =
    last <= "2"
      ? `${six.slice(0, 2)}${last}0000${six.slice(2, 5)}`
      : last === "3"
        ? `${six.slice(0, 3)}00000${six.slice(3, 5)}`
        : last === "4"
          ? `${six.slice(0, 4)}00000${six[4]}`
          : `${six.slice(0, 5)}0000${last}`;
  const full = `${system}${body}${check}`;
  return hasCheckDigit(full) ? full : null;
}
