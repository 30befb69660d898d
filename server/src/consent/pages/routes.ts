import { z } from "zod";

import { escapeHtml } from "../../platform/house.ts";
import { housePage, sendPage } from "../../platform/house-page.ts";
import type { App } from "../../platform/http.ts";
import { loadProfiles, requireProfile } from "../../profiles/index.ts";
import { currentConsent } from "../choices/current-consent.ts";
import type { ConsentDeps } from "../deps.ts";
import { confirmConsent, readRequest } from "../opt-in/request-consent.ts";
import { listTopics } from "../queries/topics.pg.ts";
import { type Chosen, savePreferences, stopEverything } from "./change-preferences.ts";
import { openPreferences } from "./preference-link.ts";
import { CHANNEL_TRAIT, linesFor, preferenceForm, TIME_TRAIT } from "./preference-page.ts";
import { wordsFor } from "./words.ts";

const config = { access: ["public"] as const };
const schema = { params: z.object({ token: z.string().max(1000) }) };

/** Pages that people reach by a link of ours. GET never changes anything: scanners follow links. */
export function pageRoutes(root: App, deps: ConsentDeps): void {
  void root.register(async (plugin) => {
    const app = plugin as unknown as App;
    app.addContentTypeParser("*", { parseAs: "string", bodyLimit: 65_536 }, (_request, body, done) => done(null, body));

    app.get("/t/p/:token", { config, schema }, async ({ params }, reply) => {
      const found = await readPreferences(deps, params.token);
      return sendPage(reply, found ? 200 : 404, await (found ? formPage(deps, found) : invalidPage(deps)));
    });
    app.post("/t/p/:token", { config, schema }, async ({ params, body }, reply) => {
      const found = await readPreferences(deps, params.token);
      const form = new URLSearchParams(typeof body === "string" ? body : "");
      if (!found) return sendPage(reply, 404, await invalidPage(deps));
      const done = await act(deps, found, form);
      if (done === null) return sendPage(reply, 400, await formPage(deps, found));
      const after = (await readPreferences(deps, params.token)) ?? found;
      // What was chosen is shown at once, although its event is still on its way into the profile.
      const told = form.has("channel") ? { channel: form.get("channel"), time: form.get("time") } : after.told;
      return sendPage(reply, 200, await formPage(deps, { ...after, told }, done));
    });
    app.get("/t/d/:token", { config, schema }, async ({ params }, reply) => {
      const request = await readRequest(deps, params.token);
      if (!request) return sendPage(reply, 404, await invalidPage(deps));
      const words = wordsFor(request.language);
      const lead = request.wording.startsWith(words.confirmLead) ? "" : `<p>${escapeHtml(words.confirmLead)}</p>`;
      const ask = `${lead}<p class="told">${escapeHtml(request.wording)}</p><form method="post"><button type="submit">${escapeHtml(words.confirmButton)}</button></form>`;
      const text = request.confirmed_at === null ? ask : `<p role="status">${escapeHtml(words.confirmed)}</p>`;
      return sendPage(
        reply,
        200,
        housePage(await deps.house(request.language), request.language, words.confirmTitle, text),
      );
    });
    app.post("/t/d/:token", { config, schema }, async ({ params }, reply) => {
      const request = await readRequest(deps, params.token);
      if (!request) return sendPage(reply, 404, await invalidPage(deps));
      await confirmConsent(deps, request);
      const words = wordsFor(request.language);
      const text = `<p role="status">${escapeHtml(words.confirmed)}</p>`;
      return sendPage(
        reply,
        200,
        housePage(await deps.house(request.language), request.language, words.confirmTitle, text),
      );
    });
  });
}

/** What was done, in the person's words; null when the form asks for nothing we know. */
async function act(deps: ConsentDeps, found: Found, form: URLSearchParams): Promise<string | null> {
  if (form.get("do") === "stop") {
    await stopEverything(deps, found);
    return found.words.stopped;
  }
  if (form.get("do") !== "save") return null;
  await savePreferences(deps, found, form);
  return found.words.saved;
}

interface Found extends Chosen {
  readonly told: { readonly channel: unknown; readonly time: unknown };
}

/** Whose preferences a link opens, as they are now; somebody who was merged is who they are today. */
async function readPreferences(deps: ConsentDeps, token: string): Promise<Found | null> {
  const sealed = openPreferences(deps, token);
  if (sealed === null) return null;
  const profileId = await requireProfile(deps.db, sealed);
  const profile = (await loadProfiles(deps.db, [profileId])).get(profileId);
  if (!profile) return null;
  const consent = (await currentConsent(deps.db, [profile])).get(profileId) ?? {};
  const language = [profile.traits.language, profile.traits.locale].find((told) => typeof told === "string") ?? "en";
  const tag = String(language).replace("_", "-");
  return {
    profileId,
    lines: linesFor(profile, consent, await listTopics(deps.db, false)),
    words: wordsFor(tag),
    language: tag,
    told: { channel: profile.traits[CHANNEL_TRAIT], time: profile.traits[TIME_TRAIT] },
  };
}

async function formPage(deps: ConsentDeps, { words, language, lines, told }: Found, done?: string): Promise<string> {
  const status = done === undefined ? "" : `<p class="told" role="status">${escapeHtml(done)}</p>`;
  return housePage(
    await deps.house(language),
    language,
    words.title,
    status + preferenceForm(words, language, lines, told),
  );
}

async function invalidPage(deps: ConsentDeps): Promise<string> {
  const words = wordsFor("en");
  return housePage(await deps.house("en"), "en", words.invalid, `<p>${escapeHtml(words.invalidNote)}</p>`);
}
