import type { ProductColumn, ProductField } from "../contracts.ts";
import { foldSearchText } from "../fold-search-text.ts";
import type { Form } from "./open-source.ts";

/** Headers as they are met, folded: Google's, Shopify's, and what shops call things in three languages. */
const NAMES: Readonly<Partial<Record<ProductField, readonly string[]>>> = {
  group: ["handle", "item group id", "group", "product id", "product code", "model", "urun kodu", "kode produk"],
  sku: ["variant sku", "sku", "id", "stok kodu", "variant id"],
  gtin: ["variant barcode", "gtin", "ean", "upc", "barcode", "gtin 14", "barkod", "isbn"],
  title: ["title", "name", "product name", "urun adi", "baslik", "nama produk", "nama", "judul"],
  description: ["body html", "description", "aciklama", "deskripsi"],
  brand: ["vendor", "brand", "brand name", "marka", "merek", "merk"],
  category: ["product type", "type", "product category", "category", "google product category", "kategori"],
  url: ["link", "url", "product url"],
  material: ["material", "materials", "malzeme", "bahan"],
  size: ["size", "beden", "ukuran"],
  color: ["color", "colour", "renk", "warna"],
  color_hex: ["color hex", "colour hex", "hex"],
  price: ["variant price", "price", "fiyat", "harga"],
  sale_price: ["sale price", "indirimli fiyat", "harga diskon"],
  was: ["variant compare at price", "compare at price", "was", "list price", "eski fiyat"],
  currency: ["currency", "para birimi", "mata uang"],
  image: ["image src", "image link", "image", "image url", "gorsel", "gambar"],
  images: ["additional image link", "additional images", "images", "format"],
  variant_image: ["variant image"],
  weight: ["variant grams", "product weight", "weight", "agirlik", "berat"],
  width: ["product width", "width", "genislik", "lebar"],
  height: ["product height", "height", "yukseklik", "tinggi"],
  depth: ["product length", "length", "depth", "derinlik", "panjang"],
};
const LANGUAGES: Readonly<Record<string, string>> = {
  tr: "tr",
  turkish: "tr",
  turkce: "tr",
  id: "id",
  indonesian: "id",
  en: "en",
};

/** Which column is what, as far as its header tells; the first of several, each field once. */
export function suggestColumns(columns: readonly string[], form: Form): ProductColumn[] {
  const taken = new Set<string>();
  const chosen: ProductColumn[] = [];
  const put = (column: string, field: string) => {
    if (taken.has(field) && !field.startsWith("option_")) return;
    taken.add(field);
    chosen.push({ column, field });
  };
  for (const [field, names] of Object.entries(NAMES)) {
    for (const name of names) {
      const column = columns.find((one) => foldSearchText(one.replaceAll("_", " ")) === name);
      // Shopify has no sizes by name: its options say what they are.
      if (column !== undefined) put(column, field);
    }
  }
  for (const column of columns) {
    const option = form === "shopify" ? /^Option\d (Name|Value)$/.exec(column)?.[1] : undefined;
    if (option) put(column, option === "Name" ? "option_name" : "option_value");
    const [, base, language = ""] = /^(title|name|description)[ _:-]+([a-z]+)$/.exec(foldSearchText(column)) ?? [];
    const code = LANGUAGES[language];
    if (base !== undefined && code !== undefined) put(column, `${base === "name" ? "title" : base}:${code}`);
  }
  return chosen;
}

/** What must be known of every product. */
export function missingFields(columns: readonly ProductColumn[]): string[] {
  const has = (field: string) => columns.some((one) => one.field === field);
  return [
    ...(has("title") ? [] : ["title"]),
    ...(has("price") ? [] : ["price"]),
    ...(has("sku") || has("group") ? [] : ["sku"]),
  ];
}
