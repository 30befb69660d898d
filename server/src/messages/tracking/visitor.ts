import type { FastifyRequest } from "fastify";

/** Who fetches a tracked address, as far as it can be told. */
export interface Visitor {
  /** A prefetch, a scanner or a bot: it gets its answer, and is no opening or click. */
  readonly isMachine: boolean;
  /** A mail program's privacy proxy, which fetches pictures whether anybody looks or not. */
  readonly isProxy: boolean;
}

const MACHINES =
  /bot\b|crawl|spider|slurp|preview|scan|proofpoint|mimecast|barracuda|safelinks|headlesschrome|curl\/|wget\/|python-requests|go-http-client/i;

/** Apple's Mail Privacy Protection names itself so and no further. */
const PROXY = /^Mozilla\/5\.0$/;

export function readVisitor(request: FastifyRequest): Visitor {
  const { headers, method } = request;
  const isPrefetch = [headers.purpose, headers["sec-purpose"], headers["x-moz"]].some(
    (value) => typeof value === "string" && /prefetch|preview/i.test(value),
  );
  const visitor = readAgent(headers["user-agent"] ?? "");
  return { ...visitor, isMachine: method !== "GET" || isPrefetch || visitor.isMachine };
}

/** Who an agent says that it is, to us or to a provider that tells of it. */
export function readAgent(agent: string): Visitor {
  return { isMachine: MACHINES.test(agent), isProxy: PROXY.test(agent) };
}
