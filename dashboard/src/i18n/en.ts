import { audiences } from "./en/audiences.ts";
import { audits } from "./en/audits.ts";
import { broadcasts } from "./en/broadcasts.ts";
import { builder } from "./en/builder.ts";
import { calls } from "./en/calls.ts";
import { canvas } from "./en/canvas.ts";
import { catalogue } from "./en/catalogue.ts";
import { catalogueForms } from "./en/catalogue-forms.ts";
import { channels } from "./en/channels.ts";
import { commerce } from "./en/commerce.ts";
import { composer } from "./en/composer.ts";
import { duplicates } from "./en/duplicates.ts";
import { events } from "./en/events.ts";
import { home } from "./en/home.ts";
import { identity } from "./en/identity.ts";
import { imports } from "./en/imports.ts";
import { journeys } from "./en/journeys.ts";
import { labels } from "./en/labels.ts";
import { labelsLater } from "./en/labels-later.ts";
import { letters } from "./en/letters.ts";
import { lists } from "./en/lists.ts";
import { merging } from "./en/merging.ts";
import { messages } from "./en/messages.ts";
import { privacy } from "./en/privacy.ts";
import { profile } from "./en/profile.ts";
import { ready } from "./en/ready.ts";
import { reports } from "./en/reports.ts";
import { returns } from "./en/returns.ts";
import { runNotes } from "./en/run-notes.ts";
import { segmentPage } from "./en/segment-page.ts";
import { segments } from "./en/segments.ts";
import { sending } from "./en/sending.ts";
import { sentences } from "./en/sentences.ts";
import { settings } from "./en/settings.ts";
import { stock } from "./en/stock.ts";
import { suppressions } from "./en/suppressions.ts";
import { webhooks } from "./en/webhooks.ts";
import { enFirst } from "./en-first.ts";

/** Everything in English; what is not in `en-first.ts` is loaded with the screens that say it (`withWords` in `router.tsx`). */
export const en = {
  ...enFirst,
  ...home,
  label: { ...labels.label, ...labelsLater },
  ...identity,
  ...duplicates,
  ...catalogue,
  ...catalogueForms,
  ...channels,
  ...calls,
  ...composer,
  ...messages,
  ...merging,
  ...profile,
  ...journeys,
  ...events,
  ...imports,
  ...privacy,
  ...lists,
  ...audits,
  ...segmentPage,
  ...webhooks,
  ...ready,
  ...sentences,
  ...sending,
  ...builder,
  ...canvas,
  ...runNotes,
  ...broadcasts,
  ...audiences,
  ...reports,
  ...letters,
  ...stock,
  ...returns,
  ...suppressions,
  ...commerce,
  ...segments,
  ...settings,
};

/** What every language must say. */
export type Messages = typeof en;
