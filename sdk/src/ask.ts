import type { Identity } from "./identity.ts";
import type { KilimSettings } from "./settings.ts";

/** A question that was refused. `status` is 0 when no answer came at all (offline, blocked). */
export class KilimError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, detail: string) {
    super(detail);
    this.name = "KilimError";
    this.status = status;
    this.code = code;
  }
}

export type Ask = <T>(
  method: "GET" | "POST" | "PUT" | "DELETE",
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<T>;

/** Write key, device and (once signed in) shopper token travel in headers: never in an address, which gets logged. */
export function authHeaders(who: Identity, settings: KilimSettings): Record<string, string> {
  return {
    authorization: `Bearer ${settings.writeKey}`,
    "x-kilim-anonymous-id": who.anonymousId,
    ...(who.token ? { "x-kilim-shopper": who.token } : {}),
  };
}

/** Asks the public API. Unlike events, a question rejects when it fails: the page has to know. */
export function openAsk(host: string, who: Identity, settings: KilimSettings): Ask {
  return async <T>(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<T> => {
    const response = await fetch(host + path, {
      method,
      headers: {
        ...authHeaders(who, settings),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      credentials: "omit",
      // A click on a message leads away: what is told of it outlives the page.
      keepalive: path.startsWith("/v1/onsite/"),
    }).catch((error: Error) => {
      throw new KilimError(0, "unreachable", error.message);
    });
    const text = await response.text();
    const answer = text ? parse(text) : undefined;
    if (response.ok) return answer as T;
    const problem = (answer ?? {}) as { code?: string; type?: string; title?: string; detail?: string };
    // The token has run out or was revoked, so the server takes this for any device: be signed out here too.
    if (who.token && path.startsWith("/v1/shopper/") && (response.status === 401 || response.status === 403)) {
      who.signedOut();
    }
    const code = problem.code ?? problem.type?.split(/[/#:]/).pop() ?? "error";
    throw new KilimError(response.status, code, problem.detail ?? problem.title ?? response.statusText);
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
