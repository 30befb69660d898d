import i18next from "i18next";

const LOOK_AGAIN_MS = 3_000;
const PATIENCE_MS = 2_000;

let isLeaving = false;

/**
 * The page for the next person: a new one, in the place of this one in the browser's history. While Kilim cannot be
 * reached, the browser would put its own error page there and stay on it: this one shows nothing of her, and waits.
 */
export function startOver(): void {
  if (isLeaving) return;
  isLeaving = true;
  void leave();
}

async function leave(): Promise<void> {
  if (await isThere()) return location.replace("/kiosk/");
  showNothing();
  setTimeout(() => void leave(), LOOK_AGAIN_MS);
}

/** A network that swallows what is sent would keep hers on the screen: it counts as away, too. */
const isThere = () =>
  fetch("/healthz", { cache: "no-store", credentials: "omit", signal: AbortSignal.timeout(PATIENCE_MS) }).then(
    ({ ok }) => ok,
    () => false,
  );

function showNothing(): void {
  history.replaceState(null, "", "/kiosk/");
  const words = document.createElement("h1");
  words.textContent = i18next.t("away");
  words.setAttribute("role", "status");
  words.style.textAlign = "center";
  document.body.replaceChildren(words);
}

/** A page that the browser kept alive belongs to somebody who has gone: whoever comes back to it gets a new one. */
export function leaveNothing(): void {
  addEventListener("pageshow", (event) => {
    if (event.persisted) startOver();
  });
}
