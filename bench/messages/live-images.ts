import { setTimeout as pause } from "node:timers/promises";

import { KeepAlive } from "../lib/keep-alive.ts";
import { percentile, round } from "../lib/report.ts";

const PER_SECOND = 500;
const SECONDS = 10;

/** A template that shows the stock of many goods and a countdown for each. */
export const PICTURES = `<mjml><mj-body><mj-section><mj-column><mj-text>{% for one in data.all %}
  <img alt="" src="{{ one.variant | stock_image }}" /><img alt="" src="{{ one.until | countdown_image }}" />
{% endfor %}</mj-text></mj-column></mj-section></mj-body></mjml>`;

/** Goods and hours, a hundred of each, for `PICTURES`. */
export function picturesOf(now: number): { variant: string; until: string }[] {
  return Array.from({ length: 100 }, (_, i) => ({
    variant: crypto.randomUUID(),
    until: new Date(now + (i + 1) * 3_600_000).toISOString(),
  }));
}

/** Paths of the live pictures in a rendered mail. */
export function picturesIn(html: string): string[] {
  return [...html.matchAll(/src="https?:\/\/[^/"]+(\/t\/i\/[^"]+)"/g)].flatMap(([, path]) => path ?? []);
}

/** Opens pictures at a steady rate, whether or not the last one has come; times are from when each was to be asked. */
export async function openPictures(url: string, paths: readonly string[]): Promise<{ p99: number; opened: number }> {
  const free: KeepAlive[] = [];
  const all = new Set<KeepAlive>();
  const times: number[] = [];
  const open = async (path: string, from: number) => {
    const connection = free.pop() ?? (await KeepAlive.open(url, "none"));
    all.add(connection);
    const { status } = await connection.get(path);
    if (status !== 200) throw new Error(`${path} was answered ${status}`);
    times.push(performance.now() - from);
    free.push(connection);
  };
  const began = performance.now();
  const asked: Promise<void>[] = [];
  for (let i = 0; i < PER_SECOND * SECONDS; ) {
    const due = Math.min(((performance.now() - began) / 1000) * PER_SECOND, PER_SECOND * SECONDS);
    for (; i < due; i++) asked.push(open(paths[i % paths.length] ?? "", began + (i / PER_SECOND) * 1000));
    await pause(1);
  }
  await Promise.all(asked);
  for (const connection of all) connection.close();
  const sorted = times.sort((a, b) => a - b);
  return { p99: round(percentile(sorted, 0.99)), opened: sorted.length };
}
