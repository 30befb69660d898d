import { commerce } from "./en/commerce.ts";
import { events } from "./en/events.ts";
import { home } from "./en/home.ts";
import { identity } from "./en/identity.ts";
import { imports } from "./en/imports.ts";
import { journeys } from "./en/journeys.ts";
import { labels } from "./en/labels.ts";
import { merging } from "./en/merging.ts";
import { messages } from "./en/messages.ts";
import { people } from "./en/people.ts";
import { privacy } from "./en/privacy.ts";
import { segments } from "./en/segments.ts";
import { settings } from "./en/settings.ts";
import { shell } from "./en/shell.ts";

export const en = {
  ...shell,
  ...home,
  ...identity,
  ...events,
  ...people,
  ...segments,
  ...imports,
  ...journeys,
  ...merging,
  ...privacy,
  ...messages,
  ...commerce,
  ...settings,
  ...labels,
};

/** What every language must say. */
export type Messages = typeof en;
