import { setTimeout as pause } from "node:timers/promises";

import { ImportRefused, type Receiver } from "../../collect/index.ts";

const TRIES = 8;

export interface ApiBody {
  readonly json?: unknown;
  readonly bytes?: Uint8Array<ArrayBuffer>;
}

/** A call of the command line. A server that restarts is waited for; a refusal is thrown as one sentence. */
export async function callApi<T>(receiver: Receiver, method: string, path: string, body: ApiBody = {}): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const answer = await send(receiver, method, path, body).catch((error: unknown) => error);
    if (answer instanceof Response && answer.ok) return (await answer.json()) as T;
    const isPassing = !(answer instanceof Response) || answer.status >= 500 || answer.status === 429;
    if (!isPassing || attempt >= TRIES) throw await refusalOf(receiver, answer);
    await pause(Math.min(10_000, 250 * 2 ** attempt));
  }
}

export function send(
  { url, key }: Receiver,
  method: string,
  path: string,
  { json, bytes }: ApiBody,
): Promise<Response> {
  const type = bytes ? "application/octet-stream" : "application/json";
  const body = bytes ?? (json === undefined ? undefined : JSON.stringify(json));
  return fetch(url + path, {
    method,
    headers: { authorization: `Bearer ${key}`, ...(body === undefined ? {} : { "content-type": type }) },
    ...(body === undefined ? {} : { body }),
  });
}

async function refusalOf({ url }: Receiver, answer: unknown): Promise<ImportRefused> {
  if (!(answer instanceof Response)) return new ImportRefused(`Kilim does not answer at ${url}.`);
  if (answer.status === 401 || answer.status === 403) {
    return new ImportRefused("Kilim refuses the key. Give a secret key with --key or KILIM_API_KEY.");
  }
  const text = await answer.text();
  try {
    const {
      title,
      detail,
      errors = [],
    } = JSON.parse(text) as {
      title: string;
      detail?: string;
      errors?: { message: string }[];
    };
    const reasons = errors.map((error) => error.message).join("; ");
    return new ImportRefused([detail ?? title, reasons].filter(Boolean).join(" "));
  } catch {
    return new ImportRefused(`Kilim answered ${answer.status}: ${text.slice(0, 300)}`);
  }
}
