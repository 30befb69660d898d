/**
 * All that scanned digits can mean, as the 14 under which a GTIN is kept: an EAN or UPC with the zeros in front, and a
 * UPC-E (number system, six digits, check digit) as the UPC-A that it stands for. The server has judged check digits.
 */
export function gtinReadings(code: string): string[] {
  if (!/^\d{8,14}$/.test(code)) return [];
  return [code, ...expandUpcE(code)].map((digits) => digits.padStart(14, "0"));
}

/** GS1 General Specifications: the last of the six says where the suppressed zeros stood. */
function expandUpcE(code: string): string[] {
  const [, system = "", six = "", check = ""] = /^([01])(\d{6})(\d)$/.exec(code) ?? [];
  if (six === "") return [];
  const last = Number(six[5]);
  const [maker, item] =
    last <= 2
      ? [`${six.slice(0, 2)}${last}00`, `00${six.slice(2, 5)}`]
      : last === 3
        ? [`${six.slice(0, 3)}00`, `000${six.slice(3, 5)}`]
        : last === 4
          ? [`${six.slice(0, 4)}0`, `0000${six[4]}`]
          : [six.slice(0, 5), `0000${last}`];
  return [`${system}${maker}${item}${check}`];
}
