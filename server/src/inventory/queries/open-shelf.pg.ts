import { sql, type Tx } from "../../platform/db.ts";

/** Gives a store a shelf, or its shelf the store's new name. Which channels may sell from it is told apart. */
export async function openShelf(tx: Tx, { id, name }: { readonly id: string; readonly name: string }): Promise<void> {
  await sql`
    insert into inventory.location (id, kind, name, store_id, channels, priority)
    values (${id}, 'store', ${name}, ${id}, '{}', (select coalesce(max(priority) + 1, 1) from inventory.location))
    on conflict (store_id) do update set name = excluded.name`.execute(tx);
}
