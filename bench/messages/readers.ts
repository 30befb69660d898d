import type pg from "pg";

/** People as the fold would have left them, with an address and a yes, all on one list. */
export async function addReaders(state: pg.Client, people: number, listId: string): Promise<void> {
  await state.query("create temporary table added as select n, uuidv7() as id from generate_series(1, $1::int) as n", [
    people,
  ]);
  await state.query(`
    insert into identity.identifiers (type, value, profile_id, first_seen, last_seen, source)
    select 'email', 'reader' || n || '@bench.example', id, now(), now(), 'bench' from added`);
  await state.query(`
    insert into profiles.profiles (id, data)
    select id, json_build_object(
      'traits', json_build_object('email', 'reader' || n || '@bench.example', 'city', 'Izmir', 'first_name', 'Ayşe',
        'last_name', 'Kaya ' || n),
      'consent', json_build_object('email', json_build_object('marketing', json_build_object(
        'state', 'granted', 'at', '2026-01-01T00:00:00.000Z', 'source', 'bench'))),
      'firstSeen', '2026-08-01T10:00:00.000Z', 'lastSeen', '2026-11-01T10:00:00.000Z',
      'memory', json_build_object('traits', json_build_object('email', json_build_array('2026-08-01T10:00:00.000Z', 'm-' || n)),
        'channels', json_build_object(), 'views', json_build_object(), 'category', null, 'devices', json_build_array(),
        'events', 12))::text
    from added`);
  await state.query("insert into segments.people (profile_id) select id from added");
  await state.query(
    "insert into segments.list_members (list_id, profile_id, added_at) select $1, id, now() from added",
    [listId],
  );
  await state.query("analyze");
}

/** Twelve blocks with six variables and eight links. */
export function mailBody(): string {
  const button = (i: number) => `<mj-button href="https://shop.test/products/${i}?from=mail">See it</mj-button>`;
  const blocks = Array.from({ length: 12 }, (_, i) => {
    const text = `<mj-text>${TEXTS[i % TEXTS.length]} Woven by hand, washed in cold water, sent the same day.</mj-text>`;
    return `<mj-section><mj-column>${text}${i < 8 ? button(i) : ""}</mj-column></mj-section>`;
  });
  return `<mjml><mj-body>${blocks.join("")}</mj-body></mjml>`;
}

const TEXTS = [
  "Dear {{ person.first_name }} {{ person.last_name }},",
  "New in {{ person.city }} at {{ brand.name }}.",
  "You have ordered {{ person.computed.orders }} times.",
  'Your code: {{ data.code | default: "KILIM" }}.',
];
