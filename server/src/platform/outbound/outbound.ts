import type { LookupAddress } from "node:dns";
import { lookup as lookUpHost } from "node:dns/promises";
import http, { type IncomingHttpHeaders } from "node:http";
import https from "node:https";
import { isIP, type LookupFunction } from "node:net";

import { OutboundError, type OutboundProblem, problemOf } from "./problems.ts";
import { type Reachable, reachable } from "./reachable.ts";

export interface OutboundRequest {
  readonly method: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** For everything: name, connection, answer and its last byte. */
  readonly timeoutMs: number;
  /** More of the answer is not read. */
  readonly maxBytes: number;
  /** Whether coming twice does no harm: it is sent again when a kept connection turns out to be closed. */
  readonly isRepeatable?: boolean;
  readonly signal?: AbortSignal;
}

export interface OutboundAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** Whether there was more than `maxBytes`. */
  readonly isCut: boolean;
}

/**
 * Requests to addresses that others have given us. They reach the public internet and what the operator allows, nothing
 * else: the addresses a name has are looked at in the moment of connecting, and only those are connected to, so that a
 * name which changes its mind in between gains nothing. Redirects are answers like any other and are not followed.
 */
export interface Outbound {
  /** Throws OutboundError when there is no answer. */
  send(request: OutboundRequest): Promise<OutboundAnswer>;
  /** What stands in the way of this URL now; null for nothing. */
  check(url: string): Promise<OutboundProblem | null>;
  close(): void;
}

export interface OutboundOptions {
  /** Addresses and ranges that may be reached although they are not public. */
  readonly allow: readonly string[];
  /** The addresses of a name; the system's resolver when not given. */
  readonly resolve?: (host: string) => Promise<readonly LookupAddress[]>;
}

/** Connections that are kept for the next request, and how long. */
const KEPT = { keepAlive: true, maxFreeSockets: 10, timeout: 30_000 };

export function createOutbound({
  allow,
  resolve = (host) => lookUpHost(host, { all: true }),
}: OutboundOptions): Outbound {
  const mayReach = reachable(allow);
  const agents = { "http:": new http.Agent(KEPT), "https:": new https.Agent(KEPT) };
  const openAddresses = async (host: string): Promise<LookupAddress[]> => {
    const open = (await resolve(host)).filter(({ address }) => mayReach(address));
    if (open.length === 0) throw new OutboundError("refused_address");
    return open;
  };
  const lookup: LookupFunction = (host, options, done) => {
    openAddresses(host).then(
      (open) => (options.all ? done(null, open) : done(null, open[0]?.address ?? "", open[0]?.family)),
      (error: Error) => done(error, ""),
    );
  };
  return {
    async send(request) {
      const url = readUrl(request.url, mayReach);
      const agent = agents[url.protocol as keyof typeof agents];
      const { signal, timedOut } = endOf(request);
      try {
        return await exchange(url, request, { agent, lookup, signal });
      } catch (error) {
        if (error instanceof OutboundError) throw error;
        throw new OutboundError(timedOut.aborted ? "timed_out" : problemOf(error), error);
      }
    },
    async check(text) {
      try {
        const { hostname } = readUrl(text, mayReach);
        if (isIP(bare(hostname)) === 0) await openAddresses(hostname);
        return null;
      } catch (error) {
        return error instanceof OutboundError ? error.problem : problemOf(error);
      }
    },
    close() {
      for (const agent of Object.values(agents)) agent.destroy();
    },
  };
}

function endOf({ timeoutMs, signal }: OutboundRequest): { signal: AbortSignal; timedOut: AbortSignal } {
  const timedOut = AbortSignal.timeout(timeoutMs);
  return { timedOut, signal: signal ? AbortSignal.any([timedOut, signal]) : timedOut };
}

/** An address in the URL itself never comes by the look-up: it is judged here. */
function readUrl(text: string, mayReach: Reachable): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== "" || url.password !== "")
    throw new OutboundError("bad_url");
  const host = bare(url.hostname);
  if (isIP(host) !== 0 && !mayReach(host)) throw new OutboundError("refused_address");
  return url;
}

/** An IPv6 address stands in brackets in a URL. */
function bare(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, "");
}

interface Way {
  readonly agent: http.Agent;
  readonly lookup: LookupFunction;
  readonly signal: AbortSignal;
}

function exchange(url: URL, given: OutboundRequest, way: Way): Promise<OutboundAnswer> {
  return new Promise((resolve, reject) => {
    // A look-up under way cannot be stopped; nobody waits for it.
    const giveUp = () => reject(way.signal.reason as Error);
    if (way.signal.aborted) return giveUp();
    way.signal.addEventListener("abort", giveUp, { once: true });
    const { method, body } = given;
    // Node itself says how long it is of a POST or PUT only: the body of a DELETE would be lost.
    const length = body === undefined ? {} : { "content-length": Buffer.byteLength(body) };
    const headers = { ...given.headers, ...length };
    const request = (url.protocol === "https:" ? https : http).request(url, { ...way, method, headers });
    request.once("error", (error: NodeJS.ErrnoException) => {
      const isStale = request.reusedSocket && error.code === "ECONNRESET";
      if (isStale && given.isRepeatable) exchange(url, given, way).then(resolve, reject);
      else reject(error);
    });
    request.once("close", () => way.signal.removeEventListener("abort", giveUp));
    request.once("response", (response) => {
      readBody(response, given.maxBytes).then(
        (read) => resolve({ status: response.statusCode ?? 0, headers: response.headers, ...read }),
        reject,
      );
    });
    request.end(body);
  });
}

async function readBody(
  response: http.IncomingMessage,
  maxBytes: number,
): Promise<Pick<OutboundAnswer, "body" | "isCut">> {
  const chunks: Buffer[] = [];
  let left = maxBytes;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk.subarray(0, left));
    left -= chunk.length;
    // Leaving the loop cuts the connection.
    if (left < 0) break;
  }
  return { body: Buffer.concat(chunks), isCut: left < 0 };
}
