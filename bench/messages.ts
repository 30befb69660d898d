/**
 * A broadcast of `--people` (100,000) personal e-mails: MJML with 12 blocks, 6 variables, 8 tracked links, to a bare SMTP
 * sink on this machine; beside it a triggered message twice a second, from the event to the sink. Then clicks on tracked
 * links, `--clicks` (20,000), and live pictures at 500/s. Rate from the launch to the last mail; the sink's own CPU is
 * told apart.
 */
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";

import { KeepAlive } from "./lib/keep-alive.ts";
import { type KilimProcess, startKilim } from "./lib/kilim-process.ts";
import { openState } from "./lib/known-people.ts";
import { percentile, report, round } from "./lib/report.ts";
import { openPictures, PICTURES, picturesIn, picturesOf } from "./messages/live-images.ts";
import { addReaders, mailBody } from "./messages/readers.ts";
import { openSink, openTriggers } from "./messages/triggers.ts";

const given = parseArgs({
  options: { people: { type: "string", default: "100000" }, clicks: { type: "string", default: "20000" } },
}).values;
const PEOPLE = Number(given.people);
const CLICKS = Number(given.clicks);
const TRIGGER_EVERY_MS = 500;
/** Adding up what the processes share takes the kernel long: seldom, so that it is not measured itself. */
const LOOK_AT_MEMORY_MS = 5_000;
const LONGEST_MS = 30 * 60_000;

const sink = await openSink();
const kilim = await startKilim({ SMTP_URL: sink.smtpUrl });
const secret = `Bearer ${kilim.apiKey}`;
const api = await KeepAlive.open(kilim.url, secret);

const list = await makeList(kilim);
const template = await makeTemplate("marketing", mailBody());
const { trigger, delays } = await openTriggers(post, kilim.writeKey);
await sink.tell("reset");

const cpuBefore = kilim.cpuSeconds();
const began = performance.now();
const id = await launch(list, template);
let peak = 0;
let lookedAt = Number.NEGATIVE_INFINITY;
let counts = await sink.tell();
for (let next = began; counts.mails - counts.triggered.length < PEOPLE; counts = await sink.tell()) {
  if (performance.now() - began > LONGEST_MS) throw new Error(`only ${counts.mails} mails have come`);
  await trigger();
  if (performance.now() - lookedAt >= LOOK_AT_MEMORY_MS) {
    const { worker, api: apiMb } = kilim.memoryMb();
    peak = Math.max(peak, worker + apiMb);
    lookedAt = performance.now();
  }
  next += TRIGGER_EVERY_MS;
  await pause(Math.max(0, next - performance.now()));
}
const took = (counts.lastBulk - (performance.timeOrigin + began)) / 1000;
const cpu = kilim.cpuSeconds();
await untilDone(id);
const latencies = delays(counts, "sent");
const links = (await sink.tell("links")).links;
const beforeClicks = kilim.cpuSeconds();
const redirects = await click(links);
const afterClicks = kilim.cpuSeconds();
const pictures = await openPictures(kilim.url, await makePictures());
await kilim.stop();
sink.close();

report(`messages: a broadcast of ${PEOPLE} mails`, {
  emails_per_s: Math.round(PEOPLE / took),
  rss_mb: Math.round(peak),
  triggered_p50_ms: round(percentile(latencies, 0.5)),
  triggered_p99_ms: round(percentile(latencies, 0.99)),
  triggered: latencies.length,
  redirects_per_s: redirects.perSecond,
  redirect_p99_ms: redirects.p99,
  ms_cpu_per_redirect_api: perRedirect("api"),
  ms_cpu_per_redirect_postgres: perRedirect("postgres"),
  image_p99_ms: pictures.p99,
  doubles: counts.doubles,
  mail_bytes: Math.round(counts.bytes / counts.mails),
  ms_cpu_per_mail_worker: perMail("worker"),
  ms_cpu_per_mail_postgres: perMail("postgres"),
  ms_cpu_per_mail_history: perMail("history"),
  ms_cpu_per_mail_sink: round((counts.cpuSeconds / PEOPLE) * 1000, 2),
});

function perMail(part: "worker" | "postgres" | "history"): number {
  return round(((cpu[part] - cpuBefore[part]) / PEOPLE) * 1000, 2);
}

function perRedirect(part: "api" | "postgres"): number {
  return round(((afterClicks[part] - beforeClicks[part]) / CLICKS) * 1000, 3);
}

async function post<T>(path: string, body: object): Promise<T> {
  const { status, body: text } = await api.post(path, JSON.stringify(body));
  if (status >= 300) throw new Error(`${path} was answered ${status}: ${text}`);
  return JSON.parse(text) as T;
}

async function makeList(process: KilimProcess): Promise<string> {
  const { id: listId } = await post<{ id: string }>("/v1/lists", { name: "Readers" });
  const state = await openState(process);
  await addReaders(state, PEOPLE, listId);
  await state.end();
  return listId;
}

async function makeTemplate(purpose: string, body: string): Promise<string> {
  const contents = { en: { subject: "Hello {{ person.first_name }}", body } };
  return (await post<{ id: string }>("/v1/templates", { name: purpose, purpose, contents })).id;
}

async function makePictures(): Promise<string[]> {
  const id = await makeTemplate("transactional", PICTURES);
  const data = { all: picturesOf(Date.now()) };
  return picturesIn((await post<{ html: string }>(`/v1/templates/${id}/preview`, { data })).html);
}

async function launch(listId: string, templateId: string): Promise<string> {
  const variants = [{ key: "A", template_id: templateId }];
  const broadcast = await post<{ id: string }>("/v1/broadcasts", {
    name: "All",
    audience: { list_id: listId },
    variants,
  });
  await post(`/v1/broadcasts/${broadcast.id}/launch`, {});
  return broadcast.id;
}

async function untilDone(broadcastId: string): Promise<void> {
  for (;;) {
    const { body } = await api.get(`/v1/broadcasts/${broadcastId}`);
    if ((JSON.parse(body) as { state: string }).state === "done") return;
    await pause(200);
  }
}

async function click(links: readonly string[]): Promise<{ perSecond: number; p99: number }> {
  const connections = await Promise.all(Array.from({ length: 32 }, () => KeepAlive.open(kilim.url, secret)));
  const times: number[] = [];
  let next = 0;
  const start = performance.now();
  await Promise.all(
    connections.map(async (connection) => {
      while (next < CLICKS) {
        const path = links[next++ % links.length] ?? "";
        const asked = performance.now();
        const { status } = await connection.get(path);
        if (status !== 302) throw new Error(`${path} was answered ${status}`);
        times.push(performance.now() - asked);
      }
    }),
  );
  const perSecond = Math.round(CLICKS / ((performance.now() - start) / 1000));
  for (const connection of connections) connection.close();
  return {
    perSecond,
    p99: round(
      percentile(
        times.sort((a, b) => a - b),
        0.99,
      ),
    ),
  };
}
