import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

import { Webhook } from "standardwebhooks";

export interface Received {
  readonly id: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly payload: Payload;
}

export interface Payload {
  readonly type: string;
  readonly timestamp: string;
  readonly data: {
    readonly segment?: { readonly id: string; readonly name: string };
    readonly profile?: { readonly id: string; readonly user_id: string | null };
    readonly at?: string;
  };
}

export type Answer = (hook: Received, response: ServerResponse) => void;

const ok: Answer = (_hook, response) => void response.writeHead(204).end();

/** Somebody who wants to be told: counts what comes, and answers as told to. */
export class Receiver {
  readonly received: Received[] = [];
  answer: Answer = ok;
  readonly #server = createServer((request, response) => void this.#hear(request, response));

  static async open(): Promise<Receiver> {
    const receiver = new Receiver();
    receiver.#server.listen(0, "127.0.0.1");
    await once(receiver.#server, "listening");
    return receiver;
  }

  url(path = "/"): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}${path}`;
  }

  /** Those that came to a path, oldest first. */
  at(path: string): Received[] {
    return this.received.filter((hook) => hook.path === path);
  }

  reset(): void {
    this.received.length = 0;
    this.answer = ok;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #hear(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readAll(request);
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    const payload = JSON.parse(body) as Payload;
    const hook = { id: headers["webhook-id"] ?? "", path: request.url ?? "", headers, body, payload };
    this.received.push(hook);
    this.answer(hook, response);
  }
}

/**
 * Whether the library that receivers use takes the message for this secret. It knows the present only: on a clock of the
 * test's own the signature is judged as if its moment were now.
 */
export function isSignedBy(secret: string, { id, headers, body }: Received): boolean {
  const webhook = new Webhook(secret);
  const at = new Date(Number(headers["webhook-timestamp"]) * 1000);
  const expected = webhook.sign(id, at, body);
  return (headers["webhook-signature"] ?? "").split(" ").includes(expected);
}

async function readAll(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}
