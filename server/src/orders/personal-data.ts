import { list, sql } from "../platform/db.ts";
import { affected, type Person, type PersonalData, readPages, valuesOf } from "../platform/personal-data.ts";

/** The book keeps what was sold, when and for how much: the law asks for that. Who bought it goes. */
export const personalData: PersonalData = {
  async erase(tx, person) {
    // While her orders still lead to her: who else might fetch them, and where they went.
    await sql`
      update orders.fulfilment set collector_name = null, collector_email = null, collected_by = null
      where order_id in (select id from orders.book where ${isOf(person)})
        or lower(collector_email) = any(${list("text", valuesOf(person, "email"))})`.execute(tx);
    // Free words of whoever took something back.
    const returns = sql`select r.id from orders.return r join orders.book b on b.id = r.order_id where ${isOf(person)}`;
    await sql`update orders.return_line set reason = null where return_id in (${returns})`.execute(tx);
    await sql`
      update orders.return set override = '-' where override is not null and id in (${returns})`.execute(tx);
    await sql`
      delete from orders.letter
      where order_id in (select id from orders.book where ${isOf(person)})
        or lower(email) = any(${list("text", valuesOf(person, "email"))})`.execute(tx);
    const orders = await affected(
      tx,
      sql`update orders.book set profile_id = null, anonymous_id = null, email = null, address = null, cart_id = null,
            request_key = null, request_hash = null, is_proven = false
          where ${isOf(person)}`,
    );
    return { removed: {}, kept: { orders } };
  },
  async *exportOf(db, person) {
    yield* readPages(
      db,
      "orders",
      sql`select b.id::text as key, to_jsonb(b) - 'request_key' - 'request_hash' - 'profile_id' - 'receipt_hash' || jsonb_build_object(
            'lines', (select coalesce(jsonb_agg(to_jsonb(l) - 'order_id' order by l.position), '[]')
              from orders.line l where l.order_id = b.id),
            'fulfilments', (select coalesce(jsonb_agg(to_jsonb(f) - 'order_id' - 'code_hash' order by f.id), '[]')
              from orders.fulfilment f where f.order_id = b.id),
            'returns', (select coalesce(jsonb_agg(to_jsonb(r) - 'order_id' order by r.id), '[]')
              from orders.return r where r.order_id = b.id),
            'announced_returns', (select coalesce(jsonb_agg(to_jsonb(a) - 'order_id' || jsonb_build_object(
                'lines', (select jsonb_agg(to_jsonb(n) - 'announced_id' order by n.position)
                  from orders.announced_return_line n where n.announced_id = a.id)) order by a.id), '[]')
              from orders.announced_return a where a.order_id = b.id),
            'refunds', (select coalesce(jsonb_agg(to_jsonb(m) - 'order_id' - 'last_error' order by m.id), '[]')
              from orders.refund m where m.order_id = b.id)) as row
          from orders.book b where ${isOf(person)}`,
    );
  },
};

function isOf(person: Person) {
  return sql`(profile_id = any(${list("uuid", person.profileIds)})
    or lower(email) = any(${list("text", valuesOf(person, "email"))})
    or anonymous_id = any(${list("text", valuesOf(person, "anonymous_id"))}))`;
}
