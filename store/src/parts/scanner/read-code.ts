/**
 * What a scanned text means: of a GS1 Digital Link (`https://any.host/path/01/09521234543213/10/lot`) its GTIN,
 * else the text itself.
 */
export function readCode(scanned: string): string {
  const text = scanned.trim();
  const linked = /^https?:\/\/[^/?#]+(?:\/[^?#]*)?\/01\/(\d{8}|\d{12,14})(?:[/?#]|$)/i.exec(text)?.[1];
  return linked ?? text;
}
