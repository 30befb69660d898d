import type { Tx } from "../platform/db.ts";
import type { Batch } from "../profiles/index.ts";
import { type DeviceRow, insertDevices, lockDevices, updateDevices } from "./queries/devices.pg.ts";

const KEPT = 12;
const LONGEST = 200;

interface View {
  readonly anonymousId: string;
  readonly at: string;
  readonly product: string | null;
  readonly category: string | null;
}

/**
 * Folds what devices looked at into a memory per device, in the pipeline's transaction. By the events' own times, so the
 * order in which they arrive does not matter. History that is loaded afterwards is no news to a device.
 */
export async function rememberViews(tx: Tx, batch: Pick<Batch, "events" | "now">): Promise<void> {
  const views = batch.events.flatMap(({ event }) => readView(event) ?? []);
  if (views.length === 0) return;
  const byDevice = Map.groupBy(views, (view) => view.anonymousId);
  const day = batch.now.toZonedDateTimeISO("UTC").toPlainDate().toString();
  const known = await lockDevices(tx, [...byDevice.keys()]);
  const changed = known.map(({ device, place }) => ({
    device: (byDevice.get(device.anonymous_id) ?? []).reduce(foldView, device),
    place,
  }));
  updateDevices(tx, changed, day);
  for (const { device } of known) byDevice.delete(device.anonymous_id);
  const fresh = [...byDevice].map(([id, seen]) => seen.reduce(foldView, emptyDevice(id)));
  insertDevices(tx, fresh, day);
}

export function emptyDevice(anonymousId: string): DeviceRow {
  return { anonymous_id: anonymousId, last_category: null, last_category_at: null, viewed: [] };
}

export function foldView(device: DeviceRow, view: View): DeviceRow {
  const isLater = view.category !== null && isAfter(view.at, view.category, device);
  return {
    anonymous_id: device.anonymous_id,
    last_category: isLater ? view.category : device.last_category,
    last_category_at: isLater ? view.at : device.last_category_at,
    viewed: view.product === null ? device.viewed : keepNewest([...device.viewed, { id: view.product, at: view.at }]),
  };
}

/** At the very same moment the alphabet decides, so that the order of arrival does not. */
function isAfter(at: string, category: string, { last_category_at, last_category }: DeviceRow): boolean {
  if (last_category_at === null || last_category === null) return true;
  return at === last_category_at ? category > last_category : at > last_category_at;
}

function keepNewest(viewed: DeviceRow["viewed"]): DeviceRow["viewed"] {
  const newest = new Map<string, string>();
  for (const { id, at } of viewed) if ((newest.get(id) ?? "") <= at) newest.set(id, at);
  return [...newest]
    .map(([id, at]) => ({ id, at }))
    .sort((a, b) => (a.at > b.at ? -1 : a.at < b.at ? 1 : a.id < b.id ? -1 : 1))
    .slice(0, KEPT);
}

function readView({
  name,
  anonymousId,
  historical,
  timestamp,
  properties,
}: Batch["events"][number]["event"]): View | null {
  if (anonymousId === null || historical) return null;
  if (name !== "Product Viewed" && name !== "Product List Viewed") return null;
  const product = name === "Product Viewed" ? text(properties.product_id) : null;
  const category = text(properties.category);
  return product === null && category === null ? null : { anonymousId, at: timestamp, product, category };
}

function text(value: unknown): string | null {
  return typeof value === "string" && value !== "" && value.length <= LONGEST ? value : null;
}
