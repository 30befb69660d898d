/** Countries in the reader's language, by their ISO 3166 codes. */
export function countries(language: string) {
  const names = new Intl.DisplayNames([language], { type: "region", fallback: "none" });
  const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
  return letters
    .flatMap((a) => letters.map((b) => a + b))
    .flatMap((code) => {
      const name = isCountry(code) ? names.of(code) : undefined;
      return name ? [{ value: code, label: name }] : [];
    })
    .sort((a, b) => a.label.localeCompare(b.label, language));
}

/** Codes that the browser knows a name of though no country has them. */
const isCountry = (code: string) => !["EU", "EZ", "UN", "QO", "ZZ", "XA", "XB"].includes(code);
