import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

import type { SinkCounts } from "./sink.ts";

type Post = <T>(path: string, body: object) => Promise<T>;

export interface Sink {
  readonly smtpUrl: string;
  tell(question?: "tell" | "reset" | "links"): Promise<SinkCounts>;
  close(): void;
}

export async function openSink(): Promise<Sink> {
  const child: ChildProcess = fork(join(import.meta.dirname, "sink.ts"));
  const [{ port }] = (await once(child, "message")) as [{ port: number }];
  return {
    smtpUrl: `smtp://127.0.0.1:${port}`,
    async tell(question = "tell") {
      child.send(question);
      return ((await once(child, "message")) as [SinkCounts])[0];
    },
    close: () => child.disconnect(),
  };
}

/** What the mail of a journey that answers an event at once takes. */
export interface Triggers {
  /** Somebody new does something whose journey mails them at once. */
  trigger(): Promise<void>;
  /** Milliseconds, sorted: to when the sink had the mail, from before the event was `sent` or from when it was `accepted`. */
  delays(counts: Pick<SinkCounts, "triggered">, from: "sent" | "accepted"): number[];
  count(): number;
}

const now = () => performance.timeOrigin + performance.now();

export async function openTriggers(post: Post, writeKey: string): Promise<Triggers> {
  const contents = { en: { subject: "Hello {{ person.first_name }}", body: "Thank you, {{ person.first_name }}" } };
  const template = { name: "transactional", purpose: "transactional", contents };
  const { id: templateId } = await post<{ id: string }>("/v1/templates", template);
  const graph = {
    entry: { kind: "event", event: "Bench Triggered" },
    exit_when_leaves: false,
    reentry: { mode: "always" },
    start: "mail",
    nodes: { mail: { kind: "send", template_id: templateId, next: "end" }, end: { kind: "exit" } },
  };
  const journey = await post<{ id: string }>("/v1/journeys", { name: "Triggered", graph });
  await post(`/v1/journeys/${journey.id}/publish`, {});
  const times = new Map<string, { sent: number; accepted: number }>();
  return {
    async trigger() {
      const n = times.size;
      const email = `triggered-${n}@bench.example`;
      const person = { userId: `triggered-${n}`, traits: { email, first_name: "Ayşe" } };
      const batch = [
        { type: "identify", messageId: `i-${n}`, ...person },
        { type: "track", messageId: `t-${n}`, event: "Bench Triggered", userId: person.userId },
      ];
      const time = { sent: now(), accepted: Number.POSITIVE_INFINITY };
      times.set(email, time);
      await post("/v1/batch", { batch, writeKey });
      time.accepted = now();
    },
    delays: ({ triggered }, from) =>
      triggered
        .flatMap(([email, at]) => {
          const time = times.get(email);
          return time ? [Math.max(0, at - time[from])] : [];
        })
        .sort((a, b) => a - b),
    count: () => times.size,
  };
}
