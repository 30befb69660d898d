import type { Messages } from "./en.ts";
import { audiences } from "./id/audiences.ts";
import { audits } from "./id/audits.ts";
import { broadcasts } from "./id/broadcasts.ts";
import { builder } from "./id/builder.ts";
import { calls } from "./id/calls.ts";
import { canvas } from "./id/canvas.ts";
import { catalogue } from "./id/catalogue.ts";
import { catalogueForms } from "./id/catalogue-forms.ts";
import { channels } from "./id/channels.ts";
import { commerce } from "./id/commerce.ts";
import { composer } from "./id/composer.ts";
import { duplicates } from "./id/duplicates.ts";
import { events } from "./id/events.ts";
import { home } from "./id/home.ts";
import { identity } from "./id/identity.ts";
import { imports } from "./id/imports.ts";
import { journeys } from "./id/journeys.ts";
import { labels } from "./id/labels.ts";
import { letters } from "./id/letters.ts";
import { lists } from "./id/lists.ts";
import { merging } from "./id/merging.ts";
import { messages } from "./id/messages.ts";
import { people } from "./id/people.ts";
import { privacy } from "./id/privacy.ts";
import { profile } from "./id/profile.ts";
import { ready } from "./id/ready.ts";
import { reports } from "./id/reports.ts";
import { returns } from "./id/returns.ts";
import { runNotes } from "./id/run-notes.ts";
import { segmentPage } from "./id/segment-page.ts";
import { segments } from "./id/segments.ts";
import { sending } from "./id/sending.ts";
import { sentences } from "./id/sentences.ts";
import { settings } from "./id/settings.ts";
import { shell } from "./id/shell.ts";
import { stock } from "./id/stock.ts";
import { suppressions } from "./id/suppressions.ts";
import { webhooks } from "./id/webhooks.ts";

export const id: Messages = {
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
