import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

import { VirtualClock } from "../../platform/clock.ts";
import { createOutbound } from "../../platform/outbound/outbound.ts";
import type { Line, OutgoingMessage, Tools } from "../channels/adapter.ts";
import { openLine } from "../channels/lines.ts";
import type { Channel, ContentOf } from "../content/kinds.ts";

export interface Heard {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A provider on the loopback: it keeps what it hears and answers as the test says. */
export interface Provider {
  readonly url: string;
  readonly heard: Heard[];
  /** Answers the next requests, in this order, before `answer` is asked. */
  next(...answers: Answering[]): void;
  /** What it says when nothing is left to say. */
  answer: Answering;
  readonly clock: VirtualClock;
  readonly tools: Tools;
  open(account: {
    channel: Channel;
    provider: string;
    settings?: unknown;
    secrets: Record<string, string>;
    endpoint?: string;
  }): Line;
  close(): void;
}

export type Answering = (response: ServerResponse, heard: Heard) => void;

export const says =
  (status: number, body: unknown, headers: Record<string, string> = {}): Answering =>
  (response) =>
    void response
      .writeHead(status, { "content-type": "application/json", ...headers })
      .end(typeof body === "string" ? body : JSON.stringify(body));

/** Hears everything, and is gone before it says anything: nobody knows whether it took the message. */
export const hangsUp: Answering = (response) => void response.destroy();

export const NOW = "2026-03-02T09:00:00Z";

export async function startProvider(extra: Partial<Tools> = {}): Promise<Provider> {
  const heard: Heard[] = [];
  const queue: Answering[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { method = "", url: path = "", headers } = request;
      const one = { method, path, headers, body: Buffer.concat(chunks).toString("utf8") };
      heard.push(one);
      (queue.shift() ?? provider.answer)(response, one);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const outbound = createOutbound({ allow: ["127.0.0.0/8"] });
  const clock = new VirtualClock(NOW);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const tools = { http: outbound, clock, publicUrl: "https://kilim.test", hands: 4, ...extra } as unknown as Tools;
  const provider: Provider = {
    url,
    heard,
    next: (...answers) => void queue.push(...answers),
    answer: says(500, "nothing left to say"),
    clock,
    tools,
    open: ({ settings = {}, endpoint = url, ...account }) =>
      openLine(
        {
          id: "00000000-0000-7000-8000-0000000000aa",
          ratePerSecond: null,
          version: "1",
          settings,
          endpoint,
          ...account,
        },
        tools,
      ),
    close() {
      outbound.close();
      server.closeAllConnections();
      server.close();
    },
  };
  return provider;
}

export const ID = "01960000-0000-7000-8000-000000000001";

export function outgoing<C extends Channel>(to: string, content: ContentOf<C>) {
  return { id: ID, to, content, at: "2026-03-02T09:00:00.000Z" } satisfies OutgoingMessage<C>;
}

export const mail = outgoing<"email">("jane+kilim@example.com", {
  channel: "email",
  from: "Dokuma <hello@dokuma.example>",
  subject: "Merhaba Ayşe",
  html: "<p>Hi</p>",
  text: "Hi",
  headers: { "List-Unsubscribe": "<https://kilim.test/t/u/x>" },
});
