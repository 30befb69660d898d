/** Why a request had no answer. */
export const OUTBOUND_PROBLEMS = [
  "bad_url",
  "refused_address",
  "unknown_host",
  "no_connection",
  "bad_certificate",
  "timed_out",
  "broken_off",
] as const;
export type OutboundProblem = (typeof OUTBOUND_PROBLEMS)[number];

export class OutboundError extends Error {
  readonly problem: OutboundProblem;

  constructor(problem: OutboundProblem, cause?: unknown) {
    super(`no answer: ${problem}`, { cause });
    this.name = "OutboundError";
    this.problem = problem;
  }
}

const NO_HOST = /^(ENOTFOUND|EAI_|ENODATA|ESERVFAIL)/;
const NO_CONNECTION = /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|EACCES)/;
const BAD_CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO|^ERR_(TLS|SSL)|EPROTO/;

export function problemOf(error: unknown): OutboundProblem {
  const code = codeOf(error);
  if (NO_HOST.test(code)) return "unknown_host";
  if (NO_CONNECTION.test(code)) return "no_connection";
  if (code === "ETIMEDOUT") return "timed_out";
  return BAD_CERTIFICATE.test(code) ? "bad_certificate" : "broken_off";
}

/** Several addresses tried in turn fail together, with the code of the last on the whole. */
function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
