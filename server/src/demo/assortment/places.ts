import { SALES_CHANNELS } from "../../inventory/index.ts";
import { stableId } from "./stable-id.ts";

const LONG_DAY = [["10:00", "22:00"]] as [[string, string]];
const everyDay = { mon: LONG_DAY, tue: LONG_DAY, wed: LONG_DAY, thu: LONG_DAY, fri: LONG_DAY, sat: LONG_DAY };

export const stores = [
  {
    id: stableId("store", "izmir-alsancak", 1),
    code: "izmir-alsancak",
    name: "Dokuma Izmir Alsancak",
    address: "Kıbrıs Şehitleri Caddesi 118, Alsancak",
    city: "Izmir",
    country: "TR",
    lat: 38.4378,
    lon: 27.1431,
    timezone: "Europe/Istanbul",
    hours: { ...everyDay, sun: [["12:00", "20:00"]] as [[string, string]] },
    services: ["pickup", "returns", "tailoring"],
  },
  {
    id: stableId("store", "istanbul-kadikoy", 2),
    code: "istanbul-kadikoy",
    name: "Dokuma Istanbul Kadıköy",
    address: "Bahariye Caddesi 42, Kadıköy",
    city: "Istanbul",
    country: "TR",
    lat: 40.9889,
    lon: 29.0277,
    timezone: "Europe/Istanbul",
    hours: { ...everyDay, sun: [["11:00", "21:00"]] as [[string, string]] },
    services: ["pickup", "locker", "returns"],
  },
  {
    id: stableId("store", "jakarta-kemang", 3),
    code: "jakarta-kemang",
    name: "Dokuma Jakarta Kemang",
    address: "Jalan Kemang Raya 8, Kemang",
    city: "Jakarta",
    country: "ID",
    lat: -6.2607,
    lon: 106.8137,
    timezone: "Asia/Jakarta",
    hours: { ...everyDay, sun: LONG_DAY },
    services: ["pickup", "returns"],
  },
];

const [izmir, istanbul, jakarta] = stores.map((store) => store.id) as [string, string, string];

export { istanbul, izmir, jakarta };

export const warehouse = stableId("location", "web", 1);

/** The Turkish stores ship web orders; Jakarta sells over the counter only. */
export const locations = [
  {
    id: warehouse,
    kind: "web" as const,
    name: "Web warehouse Manisa",
    store_id: null,
    channels: SALES_CHANNELS,
    priority: 1,
  },
  ...stores.map((store, i) => ({
    id: store.id,
    kind: "store" as const,
    name: store.name,
    store_id: store.id,
    channels: store.country === "TR" ? SALES_CHANNELS : [],
    priority: i + 2,
  })),
];
