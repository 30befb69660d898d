import type { Identity } from "./identity.ts";
import type { KilimSettings, Properties } from "./settings.ts";
import { uuid } from "./uuid.ts";

export const VERSION = "0.1.0";

/** An event as it goes over the wire (Segment's tracking API). */
export interface WireEvent {
  readonly type: "track" | "identify" | "page" | "group";
  readonly messageId: string;
  readonly timestamp: string;
  readonly anonymousId: string;
  readonly userId: string | null;
  readonly context: Properties;
  readonly event?: string;
  readonly name?: string;
  readonly groupId?: string;
  readonly properties?: Properties;
  readonly traits?: Properties;
}

export type EventBody = Pick<WireEvent, "type"> & Partial<WireEvent>;

/** Stamps what happened with who, when and where; the message id made here stays through every retry. */
export function wireEvent(body: EventBody, who: Identity, settings: KilimSettings): WireEvent {
  return {
    ...body,
    messageId: uuid(),
    timestamp: new Date().toISOString(),
    anonymousId: who.anonymousId,
    userId: who.userId,
    context: pageContext(settings, who.groupId),
  };
}

function pageContext(settings: KilimSettings, groupId: string | null): Properties {
  const query = new URLSearchParams(location.search);
  return {
    library: { name: "kilim-js", version: VERSION },
    channel: settings.channel ?? "web",
    touchpoint: settings.touchpoint,
    groupId: groupId ?? undefined,
    page: pageFacts(),
    locale: navigator.language,
    timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    userAgent: navigator.userAgent,
    screen: { width: screen.width, height: screen.height, density: devicePixelRatio },
    campaign: campaign(query),
  };
}

export function pageFacts(): Properties {
  const { pathname, search, href } = location;
  return { path: pathname, search, url: href, title: document.title, referrer: document.referrer };
}

/** `utm_*` of the landing address, under Segment's names. */
function campaign(query: URLSearchParams): Properties | undefined {
  const found: Record<string, string> = {};
  for (const [key, value] of query) {
    if (key.startsWith("utm_")) found[key === "utm_campaign" ? "name" : key.slice(4)] = value;
  }
  return Object.keys(found).length > 0 ? found : undefined;
}
