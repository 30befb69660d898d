import type { Clock } from "../platform/clock.ts";
import type { Tx } from "../platform/db.ts";
import { allocate, availableAt, byPriority, type Place, sumLines } from "./arithmetic.ts";
import type { Line, SalesChannel, Shortage, Touched } from "./contracts.ts";
import { explode, type Kits, kitAvailability, partsOf, toKits } from "./kits.ts";
import { addHolds, type NewHold, type OwnerType } from "./queries/allocations.pg.ts";
import { loadKits } from "./queries/kits.pg.ts";
import type { LevelRow } from "./queries/lock-levels.pg.ts";
import type { MovementRow } from "./queries/write-movements.pg.ts";
import { closeBook, levelAt, levelsOf, move, openBook, rollBack, type StockBook } from "./stock-book.ts";

/** All places that a channel may sell from, or one store. */
export type Source = { readonly channel: SalesChannel } | { readonly storeId: string };

/** A place that could serve some lines of a request: all of `serves` can be had there in full. */
export interface Candidate {
  readonly locationId: string;
  readonly storeId: string | null;
  readonly priority: number;
  readonly serves: number;
}

export interface HoldRequest {
  /** What the stock is held for; with `ownerAt` one owner per place. */
  readonly owner: string;
  readonly ownerAt?: (locationId: string) => string;
  readonly ownerType?: OwnerType;
  readonly lines: readonly Line[];
  /** When the hold dies by itself. */
  readonly until: Temporal.Instant;
  /** Absent: the web. */
  readonly from?: Source;
  /** The places in the order in which to take from them; what is left out gives nothing. Absent: by their priority. */
  readonly route?: (candidates: readonly Candidate[]) => readonly string[];
}

/** So many of an asked variant (a kit counts as itself) from one place. */
export interface HeldShare extends Line {
  readonly locationId: string;
  /** Whose stock room that is; null for a warehouse. */
  readonly storeId: string | null;
}

export type Decided =
  | { readonly held: true; readonly shares: readonly HeldShare[]; readonly holds: readonly NewHold[] }
  | { readonly held: false; readonly short: readonly Shortage[] };

export type Held =
  | { readonly held: true; readonly shares: readonly HeldShare[]; readonly touched: Touched[] }
  | { readonly held: false; readonly short: readonly Shortage[]; readonly touched: Touched[] };

/** Holds stock, all lines or none. */
export async function holdStock(tx: Tx, clock: Clock, request: HoldRequest): Promise<Held> {
  const { decisions, touched } = await holdTogether(tx, clock, [[request]]);
  return { ...(decisions[0]?.[0] as Decided), touched };
}

export interface HeldTogether {
  /** One per request of each order. If one of an order's is short, nothing is held for it. */
  readonly decisions: readonly (readonly Decided[])[];
  readonly touched: Touched[];
}

/** Holds for several orders, one after the other; each has all it asks for (part delivered, part picked up) or nothing. */
export async function holdTogether(
  tx: Tx,
  clock: Clock,
  orders: readonly (readonly HoldRequest[])[],
): Promise<HeldTogether> {
  const { book, kits } = await openForHolds(tx, clock, orders.flat());
  const decisions = orders.map((requests) => {
    const mark = book.movements.length;
    const decided = requests.map((request) => decideHold(book, kits, request));
    if (!decided.every(({ held }) => held)) rollBack(book, mark);
    return decided;
  });
  addHolds(
    tx,
    decisions.flatMap((decided) =>
      decided.every((one) => one.held) ? decided.flatMap((one) => (one.held ? one.holds : [])) : [],
    ),
  );
  // Closed also when nothing was held: dead holds may have been swept.
  return { decisions, touched: await closeBook(book) };
}

/** The levels of all that some requests ask for, locked in the common order. */
export async function openForHolds(
  tx: Tx,
  clock: Clock,
  requests: readonly Pick<HoldRequest, "lines">[],
): Promise<{ book: StockBook; kits: Kits }> {
  const lines = requests.flatMap((request) => request.lines);
  const kits = toKits(await loadKits(tx, [...new Set(lines.map((line) => line.variantId))]));
  const variantIds = [...new Set(explode(kits, lines).map((line) => line.variantId))].sort();
  return { book: await openBook(tx, clock, variantIds), kits };
}

/** Decides on locked levels, without a wait; if anything is missing nothing is noted. The caller writes the holds. */
export function decideHold(book: StockBook, kits: Kits, request: HoldRequest): Decided {
  const mark = book.movements.length;
  const lines = sumLines(request.lines);
  const isOpen = isServedBy(request.from ?? { channel: "web" });
  const order = request.route?.(candidatesOf(book, kits, lines, isOpen));
  const shares: HeldShare[] = [];
  const short: Shortage[] = [];
  for (const { variantId, quantity } of lines) {
    const { places, total } = placesOf(book, kits, variantId, isOpen);
    const inOrder = order
      ? order.flatMap((id) => places.find((place) => place.location_id === id) ?? [])
      : places.sort(byPriority);
    const found = total < quantity ? null : allocate(inOrder, quantity);
    if (!found) short.push({ variantId, wanted: quantity, available: Math.max(0, total) });
    for (const share of found ?? []) {
      const storeId = places.find((place) => place.location_id === share.locationId)?.store_id ?? null;
      shares.push({ variantId, ...share, storeId });
      noteHold(book, kits, request, { variantId, ...share, storeId });
    }
  }
  if (short.length > 0) {
    rollBack(book, mark);
    return { held: false, short };
  }
  return { held: true, shares, holds: holdsOf(book.movements.slice(mark), request) };
}

/** One row per owner, variant and place: a kit and its part may take the same from the same shelf. */
function holdsOf(movements: readonly MovementRow[], { ownerType = "order", until }: HoldRequest): NewHold[] {
  const alike = Map.groupBy(movements, (m) => `${m.source_id} ${m.variant_id} ${m.location_id}`);
  return [...alike.values()].flatMap(([first, ...others]) => {
    if (!first) return [];
    return {
      owner_id: first.source_id,
      owner_type: ownerType,
      variant_id: first.variant_id,
      location_id: first.location_id,
      quantity: others.reduce((sum, m) => sum + m.reserved, first.reserved),
      expires_at: until.toString(),
    };
  });
}

function noteHold(book: StockBook, kits: Kits, request: HoldRequest, share: HeldShare): void {
  const id = request.ownerAt?.(share.locationId) ?? request.owner;
  for (const part of partsOf(kits, share.variantId)) {
    const level = levelAt(book, part.variantId, share.locationId);
    move(book, level, "hold", { reserved: part.quantity * share.quantity }, { type: request.ownerType ?? "order", id });
  }
}

type IsOpen = (level: LevelRow) => boolean;

function isServedBy(source: Source): IsOpen {
  if ("storeId" in source) return (level) => level.store_id === source.storeId;
  return (level) => level.channels.includes(source.channel);
}

function placesOf(book: StockBook, kits: Kits, variantId: string, isOpen: IsOpen) {
  return kitAvailability(partsOf(kits, variantId), (id) =>
    levelsOf(book, id)
      .filter(isOpen)
      .map((level): Place & { store_id: string | null } => ({
        location_id: level.location_id,
        store_id: level.store_id,
        priority: level.priority,
        available: availableAt(level),
      })),
  );
}

function candidatesOf(book: StockBook, kits: Kits, lines: readonly Line[], isOpen: IsOpen): Candidate[] {
  const all = lines.flatMap(({ variantId, quantity }) =>
    placesOf(book, kits, variantId, isOpen).places.map((place) => ({ ...place, isWhole: place.available >= quantity })),
  );
  return [...Map.groupBy(all, (place) => place.location_id)].flatMap(([locationId, places]) => {
    const [place] = places;
    if (!place) return [];
    const serves = places.filter(({ isWhole }) => isWhole).length;
    return [{ locationId, storeId: place.store_id, priority: place.priority, serves }];
  });
}
