/** One row of a room's error catalogue; `docs/errors.md` is made from these. */
export interface ErrorEntry {
  readonly status: number;
  /** One sentence: what is wrong. */
  readonly title: string;
  /** What the caller can do about it. */
  readonly remedy: string;
}

export interface FieldError {
  readonly path: string;
  readonly message: string;
  /** Stable, for those who say it in other words; `limit` is the bound that was not kept, `value` what it is about. */
  readonly code?: string;
  readonly value?: string;
  readonly limit?: number;
}

/** A refusal that reaches the caller as `application/problem+json`. Anything else thrown is a bug (500). */
export class AppError extends Error {
  readonly code: string;
  readonly entry: ErrorEntry;
  readonly fields: readonly FieldError[];

  constructor(code: string, entry: ErrorEntry, detail?: string, fields: readonly FieldError[] = [], cause?: unknown) {
    super(detail ?? entry.title, cause === undefined ? undefined : { cause });
    this.name = "AppError";
    this.code = code;
    this.entry = entry;
    this.fields = fields;
  }
}

export type ErrorCatalogue = Readonly<Record<string, ErrorEntry>>;

/** Makes a room's thrower: `const refuse = refuser(cartErrors); throw refuse("cart_not_found")`. */
export function refuser<C extends ErrorCatalogue>(catalogue: C) {
  return (code: keyof C & string, detail?: string, fields?: readonly FieldError[]): AppError => {
    const entry = catalogue[code];
    if (!entry) throw new TypeError(`unknown error code ${code}`);
    return new AppError(code, entry, detail, fields);
  };
}

export const platformErrors = {
  invalid_request: { status: 400, title: "The request is not valid.", remedy: "Mend the fields named in `errors`." },
  malformed_json: { status: 400, title: "The body is not valid JSON.", remedy: "Send a JSON object." },
  unauthenticated: {
    status: 401,
    title: "This call needs a valid key, session or shopper token.",
    remedy: "Send `Authorization: Bearer <key>` or sign in.",
  },
  forbidden: {
    status: 403,
    title: "This key or session may not do that.",
    remedy: "Use a secret key or a session with the right role.",
  },
  not_found: { status: 404, title: "There is nothing here.", remedy: "Check the path and the id." },
  conflict: {
    status: 409,
    title: "The state of the resource does not allow this.",
    remedy: "Read the resource again, then decide.",
  },
  idempotency_conflict: {
    status: 409,
    title: "This Idempotency-Key was used with another body.",
    remedy: "Use a new key for a new request.",
  },
  too_large: { status: 413, title: "The body is too large.", remedy: "Send less at once." },
  rate_limited: { status: 429, title: "Too many requests.", remedy: "Wait for `Retry-After` seconds." },
  unavailable: {
    status: 503,
    title: "A part this call needs is not available.",
    remedy: "Try again shortly; `/readyz` says which part.",
  },
  internal: {
    status: 500,
    title: "Something went wrong on our side.",
    remedy: "Try again; give the trace id to your operator.",
  },
} as const satisfies ErrorCatalogue;

export const refuse = refuser(platformErrors);
