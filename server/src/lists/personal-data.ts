import { list, sql } from "../platform/db.ts";
import { affected, type Person, type PersonalData, readPages, valuesOf } from "../platform/personal-data.ts";

/** Items, photos, links and errands go with their cart or list. */
export const personalData: PersonalData = {
  async erase(tx, person) {
    const carts = await affected(tx, sql`delete from lists.cart where ${isOf(person)}`);
    const lists = await affected(tx, sql`delete from lists.list where ${isOf(person)}`);
    return { removed: { carts, lists } };
  },
  async *exportOf(db, person) {
    yield* readPages(
      db,
      "carts",
      sql`select c.id::text as key, to_jsonb(c) - 'profile_id' || jsonb_build_object('items',
            (select coalesce(jsonb_agg(to_jsonb(i) - 'cart_id' order by i.added_at, i.variant_id), '[]')
             from lists.cart_item i where i.cart_id = c.id)) as row
          from lists.cart c where ${isOf(person)}`,
    );
    yield* readPages(
      db,
      "lists",
      sql`select c.id::text as key, to_jsonb(c) - 'profile_id' || jsonb_build_object(
            'items', (select coalesce(jsonb_agg(to_jsonb(i) - 'list_id' order by i.added_at, i.id), '[]')
             from lists.list_item i where i.list_id = c.id),
            'shares', (select coalesce(jsonb_agg(to_jsonb(s) - 'list_id' - 'address_mark' order by s.id), '[]')
             from lists.share s where s.list_id = c.id),
            'errands', (select coalesce(jsonb_agg(to_jsonb(e) - 'list_id' - 'taken_by' order by e.id), '[]')
             from lists.errand e where e.list_id = c.id)) as row
          from lists.list c where ${isOf(person)}`,
    );
    yield* readPages(
      db,
      "list_photos",
      sql`select p.id::text as key, to_jsonb(p) - 'bytes' || jsonb_build_object('base64', encode(p.bytes, 'base64')) as row
          from lists.photo p join lists.list c on c.id = p.list_id where ${isOf(person)}`,
    );
    yield* readPages(
      db,
      "cart_photos",
      sql`select p.id::text as key, to_jsonb(p) - 'bytes' || jsonb_build_object('base64', encode(p.bytes, 'base64')) as row
          from lists.photo p join lists.cart c on c.id = p.cart_id where ${isOf(person)}`,
    );
  },
};

function isOf(person: Person) {
  return sql`(profile_id = any(${list("uuid", person.profileIds)})
    or anonymous_id = any(${list("text", valuesOf(person, "anonymous_id"))}))`;
}
