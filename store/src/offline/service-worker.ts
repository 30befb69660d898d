/**
 * Lets the store's screens open without a network. It keeps the screens' own files and the three answers without which
 * nobody could work: who is signed in, the stores, the categories. Nothing about customers.
 */
interface Worker {
  addEventListener(type: "install" | "activate", listener: (event: Extendable) => void): void;
  addEventListener(type: "fetch", listener: (event: FetchEvent) => void): void;
  skipWaiting(): Promise<void>;
  readonly clients: { claim(): Promise<void> };
}
interface Extendable {
  waitUntil(done: Promise<unknown>): void;
}
interface FetchEvent extends Extendable {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}

const worker = self as unknown as Worker;
const FILES = "kilim-store-files";
const ANSWERS = "kilim-store-answers";
const PAGE = "/store/";
const KEPT_ANSWERS = new Set(["/v1/session", "/v1/stores", "/v1/categories"]);
/** A network that leads nowhere must not keep a queue waiting. */
const PATIENCE_MS = 4_000;

worker.addEventListener("install", (event) => event.waitUntil(keepFiles().then(() => worker.skipWaiting())));
worker.addEventListener("activate", (event) => event.waitUntil(worker.clients.claim().then(keepAnswers)));
worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate" && pathname.startsWith(PAGE)) event.respondWith(newest(request, FILES, PAGE));
  else if (pathname.startsWith("/store/assets/")) event.respondWith(keptFirst(request));
  else if (KEPT_ANSWERS.has(pathname)) event.respondWith(newest(request, ANSWERS, pathname));
});

/** All files of this build; those of the one before go. */
async function keepFiles(): Promise<void> {
  const list = (await (await fetch("/store/files.json", { cache: "no-store" })).json()) as string[];
  const cache = await caches.open(FILES);
  const wanted = [PAGE, `${PAGE}mark.svg`, ...list.map((file) => `/store/${file}`)];
  for (const request of await cache.keys()) {
    if (!wanted.includes(new URL(request.url).pathname)) await cache.delete(request);
  }
  const page = new Request(PAGE, { headers: { accept: "text/html" } });
  await cache.addAll([page, ...wanted.slice(1)]);
}

/** The page that brought us here has asked before we were there to listen. */
async function keepAnswers(): Promise<void> {
  const cache = await caches.open(ANSWERS);
  for (const path of KEPT_ANSWERS) {
    const answer = await fetch(path);
    if (answer.ok) await cache.put(path, answer);
  }
}

async function keptFirst(request: Request): Promise<Response> {
  return (await caches.match(request.url)) ?? fetch(request);
}

/** What the server says now; what it said last when it does not answer. */
async function newest(request: Request, cacheName: string, key: string): Promise<Response> {
  const cache = await caches.open(cacheName);
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(PATIENCE_MS) });
    if (answer.ok) await cache.put(key, answer.clone());
    if (answer.status < 500) return answer;
    return (await cache.match(key)) ?? answer;
  } catch (error) {
    const kept = await cache.match(key);
    if (kept) return kept;
    throw error;
  }
}
