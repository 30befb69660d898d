import type { Ask } from "./ask.ts";
import type { OnsiteLook, OnsiteMessage } from "./shapes.ts";

export interface Onsite {
  /** Messages that wait for this visitor on the site. */
  waiting(): Promise<readonly OnsiteMessage[]>;
  /**
   * Shows what waits, in the brand's look, and tells what becomes of it: one modal and one banner at most, and each slot
   * into the element with `data-kilim-slot` of its name. Resolves with how many it has shown.
   */
  show(): Promise<number>;
  /** Tells what became of one: its first showing, a click, that it was put away. */
  note(id: string, what: What): Promise<void>;
}

type What = "shown" | "clicked" | "dismissed";

export interface Waiting {
  readonly items: readonly OnsiteMessage[];
  /** With the first message. */
  readonly look?: OnsiteLook;
}

const CLOSE: Readonly<Record<string, string>> = { tr: "Kapat", id: "Tutup" };

export function openOnsite(ask: Ask, read: () => Promise<Waiting>): Onsite {
  const note = (id: string, what: What): Promise<void> => ask("POST", `/v1/onsite/${encodeURIComponent(id)}`, { what });
  /** What the visitor did is done, whether the server hears of it or not. */
  const tell = (id: string, what: What) => void note(id, what).catch((error: unknown) => console.warn("kilim:", error));
  return {
    note,
    waiting: async () => (await read()).items,
    async show() {
      const { items, look } = await read();
      let shown = 0;
      for (const message of look ? items : []) {
        const place = placeFor(message);
        if (!place) continue;
        draw(message, place, look as OnsiteLook, tell);
        tell(message.id, "shown");
        shown++;
      }
      return shown;
    },
  };
}

/** Where it goes; nothing is put on top of another one, and a slot that this page lacks waits for a page that has it. */
function placeFor({ content: { layout, slot } }: OnsiteMessage): Element | null {
  if (layout === "slot") return document.querySelector(`[data-kilim-slot="${CSS.escape(slot ?? "")}"]:empty`);
  return document.querySelector(`[data-kilim-onsite=${layout}]`) ? null : document.body;
}

function draw(message: OnsiteMessage, place: Element, look: OnsiteLook, tell: (id: string, what: What) => void): void {
  const { id, content } = message;
  const host = make("div");
  host.dataset.kilimOnsite = content.layout;
  const root = host.attachShadow({ mode: "open" });
  // Not a <style>: a shop's own policy may refuse those.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styleOf(look));
  root.adoptedStyleSheets = [sheet];
  const isModal = content.layout === "modal";
  const box = make(isModal ? "dialog" : "section");
  box.className = content.layout;
  box.setAttribute("aria-label", content.title);
  const away = (what: "clicked" | "dismissed") => {
    tell(id, what);
    host.remove();
  };
  if (content.image) {
    const image = make("img");
    image.src = content.image;
    image.alt = "";
    box.append(image);
  }
  const words = make("div");
  const title = make("b");
  title.textContent = content.title;
  const body = make("p");
  body.textContent = content.body;
  words.append(title, body);
  if (content.action) {
    const link = make("a");
    link.href = content.action.url;
    link.textContent = content.action.label;
    link.addEventListener("click", () => away("clicked"));
    words.append(link);
  }
  const close = make("button");
  close.type = "button";
  close.textContent = "×";
  close.ariaLabel = CLOSE[document.documentElement.lang.slice(0, 2)] ?? "Close";
  close.addEventListener("click", () => away("dismissed"));
  box.append(words, close);
  root.append(box);
  place.append(host);
  if (!isModal) return;
  box.addEventListener("cancel", () => away("dismissed"));
  (box as HTMLDialogElement).showModal();
}

const make = <Name extends keyof HTMLElementTagNameMap>(name: Name) => document.createElement(name);

/** The server gives colours as `#rrggbb` and fonts as letters and commas. */
function styleOf({ colors, fonts, radius }: OnsiteLook): string {
  return `section,dialog{font:16px/1.5 ${fonts.body};color:${colors.text};background:${colors.surface};border:0;border-top:4px solid ${colors.primary};border-radius:${radius}px;padding:16px 56px 16px 16px;box-sizing:border-box;display:flex;gap:16px;position:relative}
.banner{position:fixed;z-index:2147483000;inset:auto 0 0;max-width:640px;margin:0 auto 16px;width:calc(100% - 32px);box-shadow:0 4px 24px #0004}
dialog{max-width:min(480px,calc(100% - 32px));flex-direction:column}dialog::backdrop{background:#0008}
b{font:700 18px/1.3 ${fonts.heading}}p{margin:4px 0 12px;white-space:pre-line}
img{max-width:100%;height:auto;object-fit:contain}.banner img,.slot img{width:96px;flex:none}
a{display:inline-block;padding:10px 18px;min-height:24px;background:${colors.primary};color:${colors.on_primary};border-radius:${radius}px;text-decoration:none;font-weight:600}
button{position:absolute;top:4px;right:4px;width:44px;height:44px;border:0;background:none;color:inherit;font-size:24px;cursor:pointer}
:focus-visible{outline:3px solid ${colors.primary};outline-offset:2px}`;
}
