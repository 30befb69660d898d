/** What a service worker does with a push: shows it, and opens its address when it is tapped. Imported by the site's own. */

export interface Shown {
  readonly title: string;
  readonly body?: string;
  readonly image?: string;
  readonly url?: string;
  readonly tag?: string;
  readonly actions?: readonly { readonly label: string; readonly url: string }[];
}

interface Happening {
  readonly data?: { json(): unknown };
  readonly action?: string;
  readonly notification: { readonly data?: unknown; close(): void };
  waitUntil(work: Promise<unknown>): void;
}

interface Worker {
  readonly registration: { showNotification(title: string, options: object): Promise<void> };
  readonly clients: { openWindow(url: string): Promise<unknown> };
  addEventListener(name: string, listener: (happening: Happening) => void): void;
}

const worker = globalThis as unknown as Worker;

worker.addEventListener("push", (happening) => {
  const shown = read(happening);
  if (!shown) return;
  const { title, body, image, url, tag, actions = [] } = shown;
  const options = {
    body,
    image,
    tag,
    data: { url, actions: actions.map((one) => one.url) },
    actions: actions.map((one, i) => ({ action: String(i), title: one.label })),
  };
  happening.waitUntil(worker.registration.showNotification(title, options));
});

worker.addEventListener("notificationclick", (happening) => {
  happening.notification.close();
  const { url, actions } = happening.notification.data as { url?: string; actions: readonly string[] };
  const target = happening.action ? actions[Number(happening.action)] : url;
  if (target && /^https?:/.test(target)) happening.waitUntil(worker.clients.openWindow(target));
});

/** A push that is none of ours is left to others. */
function read({ data }: Happening): Shown | null {
  try {
    const given = data?.json() as Shown | undefined;
    return typeof given?.title === "string" ? given : null;
  } catch {
    return null;
  }
}
