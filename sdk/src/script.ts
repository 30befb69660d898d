import { createKilim, type Kilim } from "./kilim.ts";

type Waiting = (kilim: Kilim) => void;

declare global {
  interface Window {
    /** The SDK, or before it has loaded (`async`) a plain array of functions that want it. */
    kilim?: Kilim | Waiting[];
  }
}

/** `<script src=".../sdk/kilim.js" data-write-key="…">`: settings are attributes, the host is where the script is from. */
function start(): void {
  const script = document.currentScript;
  if (!(script instanceof HTMLScriptElement) || !script.dataset.writeKey) {
    console.warn("kilim: the script tag needs data-write-key");
    return;
  }
  const { writeKey, host, storage, cookies, channel, touchpoint } = script.dataset;
  const waiting = Array.isArray(window.kilim) ? window.kilim : [];
  const kilim = createKilim({
    writeKey,
    host: host ?? new URL(script.src).origin,
    storage: storage === "none" ? "none" : "local",
    cookies: cookies === "true",
    ...(channel ? { channel } : {}),
    ...(touchpoint ? { touchpoint } : {}),
  });
  window.kilim = kilim;
  for (const work of waiting) work(kilim);
}

try {
  start();
} catch (error) {
  console.warn("kilim:", error);
}
