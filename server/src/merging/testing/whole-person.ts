import { rows, sql } from "../../platform/db.ts";
import type { TestServer } from "../../platform/testing/server.ts";

type Event = Record<string, unknown>;

/** Sends events through the front door and waits until all is worked in and shipped. */
export async function send(server: TestServer, ...batch: Event[]): Promise<void> {
  const response = await fetch(`${server.url}/v1/batch`, {
    method: "POST",
    headers: { authorization: `Bearer ${server.writeKey}`, "content-type": "application/json" },
    body: JSON.stringify({ batch }),
  });
  const answer = (await response.json()) as { rejected?: unknown[] };
  if (response.status !== 200 || (answer.rejected ?? []).length > 0) throw new Error(JSON.stringify(answer));
  await server.settle();
}

interface Answer {
  readonly id: string;
  readonly identifiers: readonly { type: string; value: string }[];
  readonly segments: readonly { name: string; entered_at: string }[];
  readonly merged_from: readonly string[];
  readonly traits: unknown;
  readonly consent: unknown;
  readonly computed: unknown;
  readonly first_seen: unknown;
  readonly last_seen: unknown;
}

/** Everything there is of a person, comparable: without ids that differ and in an order that does not. */
export async function wholePerson(server: TestServer, ref: string) {
  const { status, body } = await server.call<Answer>("GET", `/v1/profiles/${encodeURIComponent(ref)}`);
  if (status !== 200) throw new Error(`no ${ref}: ${JSON.stringify(body)}`);
  const { id, identifiers, segments, merged_from, ...rest } = body;
  const [memory] = await rows<{ data: string }>(server.db, sql`select data from profiles.profiles where id = ${id}`);
  const states = await rows<{ predicate_id: number; state: unknown }>(
    server.db,
    sql`select predicate_id, state::jsonb as state from segments.states where profile_id = ${id} order by predicate_id`,
  );
  const { body: events } = await server.call<{ items: { message_id: string; event: string }[] }>(
    "GET",
    `/v1/profiles/${id}/events?limit=500`,
  );
  const told = new Set(["Segment Entered", "Segment Exited"]);
  return {
    id,
    person: {
      ...rest,
      identifiers: identifiers.map(({ type, value }) => `${type}:${value}`).sort(),
      segments: segments.map((segment) => segment.name).sort(),
      memory: inAnyOrder(memory?.data ?? "{}"),
      states,
      merged_from: [...merged_from].sort(),
    },
    events: events.items
      .filter(({ event }) => !told.has(event))
      .map(({ message_id: m }) => m)
      .sort(),
  };
}

interface Memory {
  readonly memory?: { readonly orders?: Record<string, { at: string; ch: string }> };
}

/** What the fold remembers; of an order of which only news was seen it keeps the channel that came first, and never shows it. */
function inAnyOrder(data: string): unknown {
  const read = JSON.parse(data) as Memory;
  for (const order of Object.values(read.memory?.orders ?? {})) if (order.at === "") order.ch = "";
  return read;
}

/** The same figure from History: events per person, by the override or by the rows. */
export async function eventsInHistory(server: TestServer, id: string): Promise<number> {
  const [row] = await server.history.query<{ n: number }>(
    `select count() as n from (
       select if(o.from_id = toUUID('00000000-0000-0000-0000-000000000000'), e.person_id, o.into_id) as person
       from events as e left any join (
         select from_id, argMax(into_id, version) as into_id from profile_overrides group by from_id
       ) as o on e.person_id = o.from_id
       where e.name not in ('Segment Entered', 'Segment Exited')
     ) where person = {id:UUID}`,
    { id },
  );
  return row?.n ?? 0;
}

/** Returns once every segment's first fill is done. */
export async function segmentsAreLive(server: TestServer): Promise<void> {
  for (;;) {
    await server.settle();
    const { body } = await server.call<{ items: { state: string }[] }>("GET", "/v1/segments");
    if (body.items.every((segment) => segment.state === "live")) return;
  }
}
