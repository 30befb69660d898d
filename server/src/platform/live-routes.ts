import type { FastifyReply } from "fastify";
import { z } from "zod";

import type { Bus, Change } from "./bus.ts";
import type { App } from "./http.ts";
import type { Access, Principal } from "./principal.ts";

export interface LiveDeps {
  readonly bus: Bus;
  /** The profile a reference means, or null. */
  readonly resolve: (ref: string) => Promise<string | null>;
}

const liveAccess: readonly Access[] = ["secret", "staff", "shopper", "write"];
const query = z.object({ profiles: z.string().max(20_000).optional(), topics: z.string().max(200).optional() });

/** What a device may hear without a shopper token: what is public. */
const PUBLIC_TOPICS = new Set(["product"]);
const KEEP_ALIVE_MS = 15_000;
/** A reader that is this far behind is cut off; it comes back and reads the state anew. */
const MOST_BUFFERED_BYTES = 1_000_000;

interface Stream {
  readonly reply: FastifyReply;
  readonly profiles: ReadonlySet<string>;
  readonly topics: ReadonlySet<string>;
}

/** `GET /v1/live`: server-sent events with ids only; whoever hears one reads what it needs. */
export function liveRoutes(app: App, deps: LiveDeps): void {
  const streams = new Set<Stream>();
  const byProfile = new Map<string, Set<Stream>>();
  const off = deps.bus.onChange((changes) => deliver(changes, streams, byProfile));
  const keepAlive = setInterval(() => {
    for (const stream of streams) write(stream, ": \n\n");
  }, KEEP_ALIVE_MS);
  app.addHook("preClose", async () => {
    clearInterval(keepAlive);
    off();
    for (const { reply } of streams) reply.raw.end();
  });
  app.get("/v1/live", { config: { access: liveAccess }, schema: { querystring: query } }, async (request, reply) => {
    const stream = await openStream(deps, request.principal, request.query, reply);
    reply.hijack();
    reply.raw.writeHead(200, {
      "content-type": "text/event-stream",
      "cache-control": "no-store",
      "x-accel-buffering": "no",
      "access-control-allow-origin": "*",
    });
    streams.add(stream);
    for (const id of stream.profiles) (byProfile.get(id) ?? setIn(byProfile, id)).add(stream);
    reply.raw.on("close", () => {
      streams.delete(stream);
      for (const id of stream.profiles) {
        const others = byProfile.get(id);
        others?.delete(stream);
        if (others?.size === 0) byProfile.delete(id);
      }
    });
    write(stream, "retry: 1000\nevent: open\ndata: {}\n\n");
  });
}

function setIn(map: Map<string, Set<Stream>>, id: string): Set<Stream> {
  const set = new Set<Stream>();
  map.set(id, set);
  return set;
}

async function openStream(
  deps: LiveDeps,
  principal: Principal,
  asked: z.infer<typeof query>,
  reply: FastifyReply,
): Promise<Stream> {
  const topics = new Set((asked.topics ?? "").split(",").filter(Boolean));
  if (principal.kind === "shopper")
    return { reply, profiles: new Set([principal.profileId]), topics: topics.intersection(PUBLIC_TOPICS) };
  if (principal.kind === "write") return { reply, profiles: new Set(), topics: topics.intersection(PUBLIC_TOPICS) };
  const refs = (asked.profiles ?? "").split(",").filter(Boolean).slice(0, 500);
  const ids = await Promise.all(refs.map((ref) => deps.resolve(ref)));
  return { reply, profiles: new Set(ids.filter((id) => id !== null)), topics };
}

function deliver(
  changes: readonly Change[],
  streams: ReadonlySet<Stream>,
  byProfile: ReadonlyMap<string, ReadonlySet<Stream>>,
): void {
  for (const { topic, id, what } of changes) {
    const text = `event: ${topic}\ndata: ${JSON.stringify({ id, changed: what })}\n\n`;
    if (topic === "profile") for (const stream of byProfile.get(id) ?? []) write(stream, text);
    for (const stream of streams) if (stream.topics.has(topic)) write(stream, text);
  }
}

function write({ reply }: Stream, text: string): void {
  if (reply.raw.writableLength > MOST_BUFFERED_BYTES) reply.raw.destroy();
  else reply.raw.write(text);
}
