import { vi } from "vitest";

/** The edge of a browser, faked: storage, network, page and its going away. Nothing of ours is replaced. */
export interface FakePage {
  readonly stored: Map<string, string>;
  readonly requests: Sent[];
  readonly beacons: Sent[];
  /** Answers of the network from now on; the last one stays. A number is a status, `"offline"` no answer. */
  answers: (number | "offline" | { status: number; headers: Record<string, string> })[];
  beaconIsRefused: boolean;
  storageIsRefused: boolean;
  fire(name: string): void;
  /** Another page of the same browser profile: same storage, no memory. */
  nextPage(): void;
}

export interface Sent {
  readonly url: string;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into whatever was sent
  readonly body: any;
}

export function fakePage(): FakePage {
  const listeners = new Map<string, (() => void)[]>();
  const page: FakePage = {
    stored: new Map(),
    requests: [],
    beacons: [],
    answers: [200],
    beaconIsRefused: false,
    storageIsRefused: false,
    fire(name) {
      for (const listener of listeners.get(name) ?? []) listener();
    },
    nextPage: () => listeners.clear(),
  };
  const listen = (name: string, listener: () => void) => {
    listeners.set(name, [...(listeners.get(name) ?? []), listener]);
  };

  vi.stubGlobal("localStorage", fakeStorage(page));
  vi.stubGlobal("location", new URL("https://shop.test/sofas?utm_source=mail&utm_campaign=spring"));
  vi.stubGlobal("navigator", {
    language: "tr-TR",
    userAgent: "a browser",
    sendBeacon(url: string, body: string) {
      if (page.beaconIsRefused) return false;
      page.beacons.push({ url, headers: new Headers(), body: JSON.parse(body) });
      return true;
    },
  });
  vi.stubGlobal("document", {
    title: "Sofas",
    referrer: "https://search.test/",
    cookie: "",
    visibilityState: "hidden",
    addEventListener: listen,
  });
  vi.stubGlobal("screen", { width: 390, height: 844 });
  vi.stubGlobal("devicePixelRatio", 3);
  vi.stubGlobal("addEventListener", listen);
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    const answer = page.answers.length > 1 ? page.answers.shift() : page.answers[0];
    const body = typeof init.body === "string" ? JSON.parse(init.body) : undefined;
    page.requests.push({ url, headers: new Headers(init.headers), body });
    if (answer === "offline" || answer === undefined) throw new TypeError("Failed to fetch");
    return typeof answer === "number"
      ? new Response('{"success":true}', { status: answer })
      : new Response("{}", { status: answer.status, headers: answer.headers });
  });
  return page;
}

/** Keys are own properties, as on a real `Storage`, so `Object.keys` works. */
function fakeStorage(page: FakePage): Storage {
  const open = () => {
    if (page.storageIsRefused) throw new DOMException("denied", "SecurityError");
    return page.stored;
  };
  const methods: Record<string, unknown> = {
    getItem: (key: string) => open().get(key) ?? null,
    setItem: (key: string, value: string) => void open().set(key, value),
    removeItem: (key: string) => void open().delete(key),
  };
  return new Proxy({} as Storage, {
    get: (_, key) => methods[String(key)],
    ownKeys: () => [...open().keys()],
    getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
  });
}
