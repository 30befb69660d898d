import { z } from "zod";

import type { Bus } from "./bus.ts";
import type { App } from "./http.ts";
import { ACCESS_TOPIC, type Asked, LiveStreams, type StreamDeps } from "./live-streams.ts";
import type { Access, Principal } from "./principal.ts";

export interface LiveDeps extends Omit<StreamDeps, "onError"> {
  readonly bus: Bus;
}

const liveAccess: readonly Access[] = ["secret", "staff", "shopper", "write"];
const query = z.object({ profiles: z.string().max(20_000).optional(), topics: z.string().max(200).optional() });
type Query = z.infer<typeof query>;

/** What a device may hear without a shopper token: what is public. */
const PUBLIC_TOPICS = new Set(["product"]);
const MOST_PROFILES = 500;

/** `GET /v1/live`: server-sent events with ids only; whoever hears one reads what it needs. */
export function liveRoutes(app: App, { bus, ...deps }: LiveDeps): void {
  const onError = (error: unknown) => app.log.warn({ err: error }, "live streams could not be looked after");
  const streams = new LiveStreams({ ...deps, onError });
  const offs = [bus.onChange((changes) => streams.deliver(changes)), bus.onGap(() => streams.renewAll())];
  app.addHook("preClose", async () => {
    for (const off of offs) off();
    streams.close();
  });
  app.get("/v1/live", { config: { access: liveAccess }, schema: { querystring: query } }, (request, reply) => {
    const { authorization, cookie, "x-kilim-shopper": shopper } = request.headers;
    reply.hijack();
    // The stream ends with its connection: without chunks, a notice is one write of bytes that many streams share.
    reply.raw.useChunkedEncodingByDefault = false;
    reply.raw.writeHead(200, {
      "content-type": "text/event-stream",
      "cache-control": "no-store",
      "x-accel-buffering": "no",
      "access-control-allow-origin": "*",
    });
    const credentials = {
      ...(authorization === undefined ? {} : { authorization }),
      ...(cookie === undefined ? {} : { cookie }),
      ...(shopper === undefined ? {} : { "x-kilim-shopper": shopper }),
    };
    streams.open(reply.raw, { credentials, ...heardBy(request.principal, request.query) }).catch((error: unknown) => {
      onError(error);
      reply.raw.destroy();
    });
  });
}

/** What of what is asked for this one may hear. */
function heardBy(principal: Principal, asked: Query): Omit<Asked, "credentials"> {
  const topics = [...new Set(split(asked.topics))];
  const isPublic = (topic: string) => PUBLIC_TOPICS.has(topic);
  if (principal.kind === "shopper") return { principal, refs: [principal.profileId], topics: topics.filter(isPublic) };
  if (principal.kind === "write") return { principal, refs: [], topics: topics.filter(isPublic) };
  return {
    principal,
    refs: split(asked.profiles).slice(0, MOST_PROFILES),
    topics: topics.filter((topic) => topic !== ACCESS_TOPIC),
  };
}

function split(text = ""): string[] {
  return text.split(",").filter(Boolean);
}
