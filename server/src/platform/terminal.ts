import type { News } from "./part.ts";

const BAR = 30;

let openBar: string | undefined;
let lastTenth = -1;

function print(stream: NodeJS.WriteStream, text: string): void {
  if (openBar !== undefined) process.stdout.write("\n");
  openBar = undefined;
  stream.write(`${text}\n`);
}

/** One line that is drawn over while it grows; where nobody watches (a log file), a line for every tenth. */
function progress(text: string, done: number, total: number): void {
  const share = total > 0 ? Math.min(1, done / total) : 1;
  const counts = `${Math.round(share * 100)}%  ${done.toLocaleString("en")} of ${total.toLocaleString("en")}`;
  if (!process.stdout.isTTY) {
    const tenth = Math.floor(share * 10);
    if (openBar === undefined && tenth === lastTenth) return;
    lastTenth = tenth;
    process.stdout.write(`${text}  ${counts}\n`);
    return;
  }
  if (openBar !== undefined && openBar !== text) process.stdout.write("\n");
  const full = Math.round(share * BAR);
  process.stdout.write(`\r${text}  ${"█".repeat(full)}${"░".repeat(BAR - full)}  ${counts}`);
  openBar = share < 1 ? text : undefined;
  if (share >= 1) process.stdout.write("\n");
}

/** What the person who started Kilim sees; its parts write their own logs beside it. */
export const terminal = {
  info: (text: string) => print(process.stdout, text),
  warn: (text: string) => print(process.stderr, text),
  error: (text: string) => print(process.stderr, `\n${text}\n`),
  news(this: void, news: News): void {
    if (news.kind === "progress") progress(news.text, news.done, news.total);
    else print(process.stdout, news.text);
  },
  ready(lines: readonly string[], ms: number): void {
    print(process.stdout, ["", `Kilim is ready (${(ms / 1000).toFixed(1)} s).`, "", ...lines, ""].join("\n"));
  },
};
