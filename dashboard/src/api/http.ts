export interface ProblemField {
  readonly path: string;
  readonly message: string;
  /** Stable, where there is one. */
  readonly code?: string;
  readonly limit?: number;
  /** What it is about. */
  readonly value?: string;
}

/** What the api says when it refuses: RFC 9457, or our own words when no answer came. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly fields: readonly ProblemField[];

  constructor(status: number, code: string, message: string, fields: Problem["fields"] = []) {
    super(message);
    this.name = "Problem";
    this.status = status;
    this.code = code;
    this.fields = fields;
  }
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

type Query = Readonly<Record<string, string | number | undefined | null>>;

export function withQuery(path: string, query: Query): string {
  const pairs = Object.entries(query).flatMap(([key, value]) =>
    value === undefined || value === null || value === "" ? [] : [[key, String(value)] as [string, string]],
  );
  return pairs.length === 0 ? path : `${path}?${new URLSearchParams(pairs).toString()}`;
}

/** One call to our own api with the session's cookie; rejects with a `Problem`, or as `signal` says. */
export async function call<T>(
  method: string,
  path: string,
  body?: unknown,
  signal?: AbortSignal,
  headers?: Readonly<Record<string, string>>,
): Promise<T> {
  const response = await fetch(path, {
    method,
    credentials: "same-origin",
    ...(signal ? { signal } : {}),
    headers: { ...headers, ...(body === undefined ? {} : { "content-type": "application/json" }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch((cause: unknown) => {
    signal?.throwIfAborted();
    throw new Problem(0, "network", String(cause));
  });
  const text = await response.text();
  if (!response.ok) throw readProblem(response, text);
  return (text === "" ? undefined : JSON.parse(text)) as T;
}

export const get = <T>(path: string, query: Query = {}): Promise<T> => call<T>("GET", withQuery(path, query));

function readProblem(response: Response, text: string): Problem {
  const body = parseObject(text);
  const code = typeof body.code === "string" ? body.code : lastSegment(body.type) || `http_${response.status}`;
  const message = [body.detail, body.message, body.title].find((part) => typeof part === "string" && part !== "");
  const fields = Array.isArray(body.errors) ? (body.errors as Problem["fields"]) : [];
  return new Problem(response.status, code, typeof message === "string" ? message : response.statusText, fields);
}

function parseObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function lastSegment(type: unknown): string {
  if (typeof type !== "string" || type === "about:blank") return "";
  return type.split(/[/:#]/).at(-1) ?? "";
}
