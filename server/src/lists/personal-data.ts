import { list, sql } from "../platform/db.ts";
import { affected, type Person, type PersonalData, readPages, valuesOf } from "../platform/personal-data.ts";

export const personalData: PersonalData = {
  async erase(tx, person) {
    // Its items go with the cart.
    return { removed: { carts: await affected(tx, sql`delete from lists.cart where ${isOf(person)}`) } };
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
  },
};

function isOf(person: Person) {
  return sql`(profile_id = any(${list("uuid", person.profileIds)})
    or anonymous_id = any(${list("text", valuesOf(person, "anonymous_id"))}))`;
}
