import type { Messages } from "./en.ts";
import { audiences } from "./tr/audiences.ts";
import { audits } from "./tr/audits.ts";
import { broadcasts } from "./tr/broadcasts.ts";
import { builder } from "./tr/builder.ts";
import { calls } from "./tr/calls.ts";
import { canvas } from "./tr/canvas.ts";
import { catalogue } from "./tr/catalogue.ts";
import { catalogueForms } from "./tr/catalogue-forms.ts";
import { channels } from "./tr/channels.ts";
import { commerce } from "./tr/commerce.ts";
import { composer } from "./tr/composer.ts";
import { duplicates } from "./tr/duplicates.ts";
import { events } from "./tr/events.ts";
import { home } from "./tr/home.ts";
import { identity } from "./tr/identity.ts";
import { imports } from "./tr/imports.ts";
import { journeys } from "./tr/journeys.ts";
import { labels } from "./tr/labels.ts";
import { letters } from "./tr/letters.ts";
import { lists } from "./tr/lists.ts";
import { merging } from "./tr/merging.ts";
import { messages } from "./tr/messages.ts";
import { people } from "./tr/people.ts";
import { privacy } from "./tr/privacy.ts";
import { profile } from "./tr/profile.ts";
import { ready } from "./tr/ready.ts";
import { reports } from "./tr/reports.ts";
import { returns } from "./tr/returns.ts";
import { runNotes } from "./tr/run-notes.ts";
import { segmentPage } from "./tr/segment-page.ts";
import { segments } from "./tr/segments.ts";
import { sending } from "./tr/sending.ts";
import { sentences } from "./tr/sentences.ts";
import { settings } from "./tr/settings.ts";
import { shell } from "./tr/shell.ts";
import { stock } from "./tr/stock.ts";
import { suppressions } from "./tr/suppressions.ts";
import { webhooks } from "./tr/webhooks.ts";

export const tr: Messages = {
  ...shell,
  ...home,
  ...identity,
  ...duplicates,
  ...catalogue,
  ...catalogueForms,
  ...channels,
  ...calls,
  ...composer,
  ...events,
  ...people,
  ...profile,
  ...segments,
  ...sentences,
  ...sending,
  ...builder,
  ...broadcasts,
  ...audiences,
  ...reports,
  ...letters,
  ...imports,
  ...journeys,
  ...canvas,
  ...runNotes,
  ...merging,
  ...privacy,
  ...lists,
  ...audits,
  ...segmentPage,
  ...webhooks,
  ...ready,
  ...messages,
  ...commerce,
  ...stock,
  ...returns,
  ...suppressions,
  ...settings,
  ...labels,
};
