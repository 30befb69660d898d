import type { BarcodeDetector, BarcodeFormat } from "barcode-detector/ponyfill";
import wasmUrl from "zxing-wasm/reader/zxing_reader.wasm?url";

/** What hangs on goods, and what we print on receipts and show for collecting. */
export const SHOP_FORMATS = ["ean_13", "ean_8", "upc_a", "upc_e", "code_128", "qr_code"] as const;

let loading: Promise<typeof BarcodeDetector> | null = null;

/**
 * The reader of barcodes, loaded when first needed (1.1 MB, kept by the browser). Its wasm comes from us: left alone,
 * the package fetches it from a network that a shop's tablet may not reach.
 */
export async function openDetector(formats: readonly BarcodeFormat[] = SHOP_FORMATS): Promise<BarcodeDetector> {
  loading ??= load();
  try {
    return new (await loading)({ formats: [...formats] });
  } catch (error) {
    loading = null;
    throw error;
  }
}

async function load(): Promise<typeof BarcodeDetector> {
  const { BarcodeDetector, prepareZXingModule } = await import("barcode-detector/ponyfill");
  await prepareZXingModule({ overrides: { locateFile: () => wasmUrl }, fireImmediately: true });
  return BarcodeDetector;
}
