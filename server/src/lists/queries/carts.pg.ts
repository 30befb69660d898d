import { anyOf, type Db, one, rows, sql, type Tx } from "../../platform/db.ts";
import { jointly } from "../../platform/jointly.ts";

export interface CartRow {
  readonly id: string;
  readonly profile_id: string;
  /** Null: the person's own cart; else the cart of this device. */
  readonly anonymous_id: string | null;
  readonly updated_at: string;
  /** Whose prices hold; null: each variant's own. */
  readonly currency: string | null;
  readonly region: string | null;
}

const COLUMNS = sql.raw("id, profile_id, anonymous_id, updated_at, currency, region");

/** The carts of some profiles and of a device, locked in the order of their ids. */
export async function lockCarts(tx: Tx, profileIds: readonly string[], anonymousId: string | null): Promise<CartRow[]> {
  const found = await jointly(tx, lockAll, [{ profileIds, anonymousId }]);
  return found.filter(
    (cart) => profileIds.includes(cart.profile_id) || (anonymousId !== null && cart.anonymous_id === anonymousId),
  );
}

interface Whose {
  readonly profileIds: readonly string[];
  readonly anonymousId: string | null;
}

function lockAll(tx: Db, whose: readonly Whose[]): Promise<CartRow[]> {
  const profiles = [...new Set(whose.flatMap(({ profileIds }) => profileIds))];
  const devices = whose.flatMap(({ anonymousId }) => anonymousId ?? []);
  return rows(
    tx,
    sql<CartRow>`
      select ${COLUMNS} from lists.cart
      where profile_id ${anyOf("uuid", profiles)} or anonymous_id ${anyOf("text", devices)}
      order by id for update`,
  );
}

export async function loadCartsOf(db: Db, profileId: string): Promise<CartRow[]> {
  return (await jointly(db, loadAll, [profileId])).filter((cart) => cart.profile_id === profileId);
}

function loadAll(db: Db, profileIds: readonly string[]): Promise<CartRow[]> {
  return rows(db, sql<CartRow>`select ${COLUMNS} from lists.cart where profile_id ${anyOf("uuid", profileIds)}`);
}

export function loadDeviceCart(db: Db, anonymousId: string): Promise<CartRow | undefined> {
  return one(db, sql<CartRow>`select ${COLUMNS} from lists.cart where anonymous_id = ${anonymousId}`);
}

/** Makes the cart unless somebody else just did; lock the carts again afterwards. */
export async function insertCart(tx: Tx, cart: Omit<CartRow, "currency" | "region">): Promise<void> {
  await sql`
    insert into lists.cart (id, profile_id, anonymous_id, created_at, updated_at)
    values (${cart.id}, ${cart.profile_id}, ${cart.anonymous_id}, ${cart.updated_at}, ${cart.updated_at})
    on conflict do nothing`.execute(tx);
}

export async function setOwner(tx: Tx, cartId: string, profileId: string): Promise<void> {
  await sql`update lists.cart set profile_id = ${profileId} where id = ${cartId}`.execute(tx);
}

export async function saveMarket(
  tx: Tx,
  cartId: string,
  { currency, region }: Pick<CartRow, "currency" | "region">,
): Promise<void> {
  await sql`update lists.cart set currency = ${currency}, region = ${region} where id = ${cartId}`.execute(tx);
}

export async function touchCarts(tx: Tx, cartIds: readonly string[], at: string): Promise<void> {
  await jointly(
    tx,
    touchAll,
    cartIds.map((id) => ({ id, at })),
  );
}

async function touchAll(tx: Db, touched: readonly { readonly id: string; readonly at: string }[]): Promise<never[]> {
  const ids = touched.map(({ id }) => id);
  await sql`update lists.cart set updated_at = ${touched[0]?.at} where id ${anyOf("uuid", ids)}`.execute(tx);
  return [];
}

export async function deleteCarts(tx: Tx, cartIds: readonly string[]): Promise<void> {
  await sql`delete from lists.cart where id ${anyOf("uuid", cartIds)}`.execute(tx);
}

/** Gives a person the carts of her own devices back. Leans on cart (anonymous_id). */
export async function moveDeviceCarts(
  tx: Tx,
  { from, into, devices }: { readonly from: string; readonly into: string; readonly devices: readonly string[] },
): Promise<void> {
  await sql`
    update lists.cart set profile_id = ${from}
    where anonymous_id ${anyOf("text", devices)} and profile_id = ${into}`.execute(tx);
}
