import { append, newEvent } from "../../collect/index.ts";
import { inTransaction } from "../../platform/db.ts";
import { newId } from "../../platform/ids.ts";
import { type Choice, choose } from "../choices/note-choices.ts";
import type { ConsentDeps } from "../deps.ts";
import { CHANNEL_TRAIT, type Line, nameOfChannel, nameOfLine, TIME_TRAIT, TIMES } from "./preference-page.ts";
import type { Words } from "./words.ts";

export interface Chosen {
  readonly profileId: string;
  readonly lines: readonly Line[];
  readonly words: Words;
  readonly language: string;
}

/** What of the form differs from what holds becomes a choice with the words that stood beside the box. */
export async function savePreferences(
  deps: ConsentDeps,
  { profileId, lines, words, language }: Chosen,
  form: URLSearchParams,
): Promise<void> {
  const ticked = new Set(form.getAll("on"));
  const isTicked = (line: Line) => ticked.has(`${line.channel}:${line.purpose}`);
  const left = new Set(
    lines.flatMap((line) => (line.topic === null && line.isOn && !isTicked(line) ? [line.channel] : [])),
  );
  // Not everything any more, but this still: a topic that stays ticked needs a yes of its own from now on.
  const stays = (line: Line) => line.topic !== null && isTicked(line) && left.has(line.channel);
  const changed = lines.filter((line) => line.isOn !== isTicked(line) || stays(line));
  const choices = changed.map((line): Choice => {
    const wording = `${nameOfChannel(words, line.channel)}: ${nameOfLine(words, line, language)}`;
    return choiceOf(profileId, line, isTicked(line), wording, language);
  });
  const traits = Object.fromEntries([
    told(form, "channel", CHANNEL_TRAIT, new Set(lines.map(({ channel }) => channel))),
    told(form, "time", TIME_TRAIT, new Set<string>(TIMES)),
  ]);
  await inTransaction(deps.db, async (tx) => {
    await choose(tx, deps.clock, choices);
    const event = newEvent(deps.clock, {
      messageId: `preferences:${newId(deps.clock)}`,
      source: "consent",
      type: "identify",
      name: "Identify",
      profileId,
      channel: "web",
      traits,
    });
    await append(tx, [event]);
  });
  deps.bus.wake("inbox");
}

/** Nothing more, on any channel; what is owed to the person still comes. */
export async function stopEverything(deps: ConsentDeps, { profileId, lines, words, language }: Chosen): Promise<void> {
  const choices = lines
    .filter((line) => line.isOn || line.topic === null)
    .map((line) => choiceOf(profileId, line, false, words.stopAll, language));
  await inTransaction(deps.db, (tx) => choose(tx, deps.clock, choices));
  deps.bus.wake("inbox");
}

function choiceOf(
  profileId: string,
  { channel, purpose }: Line,
  isYes: boolean,
  wording: string,
  language: string,
): Choice {
  const state = isYes ? "granted" : "denied";
  return { profileId, channel, purpose, state, source: "preference_page", wording, proof: { language } };
}

function told(
  form: URLSearchParams,
  field: string,
  trait: string,
  known: ReadonlySet<string>,
): [string, string | null] {
  const value = form.get(field) ?? "";
  return [trait, known.has(value) ? value : null];
}
