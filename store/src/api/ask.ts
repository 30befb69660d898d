import { noteReachable } from "../offline/reachable.ts";

/** The server refused, or did not answer (`status` 0). `message` is what it says to do about it. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.name = "ApiError";
    this.status = status;
    this.code = code;
  }
}

/** Calls the public API with the session's cookie. */
export async function ask<T>(
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE",
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<T> {
  const response = await fetch(path, {
    method,
    headers: { ...(body === undefined ? {} : { "content-type": "application/json" }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch((error: Error) => {
    noteReachable(false);
    throw new ApiError(0, "unreachable", error.message);
  });
  noteReachable(response.status < 500);
  const text = await response.text();
  if (response.ok) return (text ? JSON.parse(text) : undefined) as T;
  const problem = readProblem(text);
  throw new ApiError(
    response.status,
    problem.code ?? "error",
    problem.detail ?? problem.message ?? problem.title ?? response.statusText,
  );
}

function readProblem(text: string): { code?: string; title?: string; detail?: string; message?: string } {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}

export function isMissing(error: unknown): boolean {
  return error instanceof ApiError && error.status === 404;
}

export function isUnreachable(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 0 || error.status >= 502);
}
