const PLAIN = /^-?\d{1,15}(\.\d{1,15})?$/;
const FORMS = {
  ".": /^(?:\d{1,3}(?:,\d{3})+|\d{1,15})?(?:\.\d{1,15})?$/,
  ",": /^(?:\d{1,3}(?:\.\d{3})+|\d{1,15})?(?:,\d{1,15})?$/,
} as const;

/**
 * A number as people and tills write it, as plain decimal text: `"1.234,50"` → `"1234.50"` with decimal sign `,`.
 * Currency signs, spaces and signs of thousands are left out. Null when it is none.
 */
export function readDecimal(text: string, decimal: "." | ","): string | null {
  if (decimal === "." && PLAIN.test(text)) return text;
  const bare = text.replace(/[\s\u00a0\u202f'’]/g, "").replace(/−/g, "-");
  const match = /^(-?)\(?(-?)(?:\p{Sc}|[A-Za-z]{1,4}\.?)?(-?)([\d.,]+)(?:\p{Sc}|[A-Za-z]{1,3})?(-?)(\)?)$/u.exec(bare);
  if (!match) return null;
  const [, before, inner, after, body = "", behind, bracket] = match;
  if (!FORMS[decimal].test(body) || !/\d/.test(body)) return null;
  const signs = [before, inner, after, behind].filter((sign) => sign === "-").length + (bracket === ")" ? 1 : 0);
  if (signs > 1 || (bracket === ")") !== bare.includes("(")) return null;
  const thousands = decimal === "." ? /,/g : /\./g;
  const digits = body.replace(thousands, "").replace(",", ".").replace(/^\./, "0.");
  return signs === 1 ? `-${digits}` : digits;
}
