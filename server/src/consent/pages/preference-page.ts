import { escapeHtml } from "../../platform/house.ts";
import type { Consent, Profile } from "../../profiles/contracts.ts";
import type { Topic } from "../contracts.ts";
import { mayWrite } from "../may-write.ts";
import { inLanguage, type Words } from "./words.ts";

export const TIMES = ["morning", "midday", "evening"] as const;
export const CHANNEL_TRAIT = "contact_channel";
export const TIME_TRAIT = "contact_time";

/** One line that can be ticked: everything on a channel (`marketing`), or a topic there. */
export interface Line {
  readonly channel: string;
  readonly purpose: string;
  readonly topic: Topic | null;
  readonly isOn: boolean;
}

/** What a person is offered: channels on which we can reach them or that they have decided on, and topics there. */
export function linesFor(profile: Pick<Profile, "traits">, consent: Consent, topics: readonly Topic[]): Line[] {
  const reachable = ["email", "phone"].filter((trait) => typeof profile.traits[trait] === "string");
  const offered = new Set(topics.flatMap(({ channels }) => channels));
  const channels = new Set<string>(Object.keys(consent));
  if (reachable.includes("email")) channels.add("email");
  for (const channel of ["sms", "whatsapp", "call"]) {
    if (reachable.includes("phone") && offered.has(channel)) channels.add(channel);
  }
  for (const channel of ["push", "letter", "ads"]) if (offered.has(channel)) channels.add(channel);
  return [...channels]
    .sort(inUsualOrder)
    .flatMap((channel) => [
      line(consent, channel, null),
      ...topics.filter((topic) => topic.channels.includes(channel)).map((topic) => line(consent, channel, topic)),
    ]);
}

function line(consent: Consent, channel: string, topic: Topic | null): Line {
  const isOn = mayWrite(consent, channel, topic?.key ?? null) === null;
  return { channel, purpose: topic?.key ?? "marketing", topic, isOn };
}

const USUAL = ["email", "whatsapp", "sms", "push", "call", "phone", "letter", "mail", "social"];
function inUsualOrder(a: string, b: string): number {
  return (USUAL.indexOf(a) + 1 || 99) - (USUAL.indexOf(b) + 1 || 99) || (a < b ? -1 : 1);
}

export function nameOfChannel(words: Words, channel: string): string {
  return words.channels[channel] ?? channel;
}

export function nameOfLine(words: Words, { topic }: Line, language: string): string {
  return topic ? inLanguage(topic.names, language) : words.all;
}

/** The form. Nothing in it tells who the person is: whoever holds the link may see it. */
export function preferenceForm(
  words: Words,
  language: string,
  lines: readonly Line[],
  told: { readonly channel: unknown; readonly time: unknown },
): string {
  const groups = Map.groupBy(lines, ({ channel }) => channel);
  const fields = [...groups].map(([channel, its]) => {
    const boxes = its.map((line) => {
      const note = line.topic ? inLanguage(line.topic.descriptions, language) : "";
      return `<label><input type="checkbox" name="on" value="${escapeHtml(`${channel}:${line.purpose}`)}"${line.isOn ? " checked" : ""}><span>${escapeHtml(nameOfLine(words, line, language))}${note ? `<small>${escapeHtml(note)}</small>` : ""}</span></label>`;
    });
    return `<fieldset><legend>${escapeHtml(nameOfChannel(words, channel))}</legend>${boxes.join("")}</fieldset>`;
  });
  const option = (value: string, name: string, chosen: unknown) =>
    `<option value="${escapeHtml(value)}"${value === (chosen ?? "") ? " selected" : ""}>${escapeHtml(name)}</option>`;
  const ways = [...groups.keys()].filter((channel) => channel !== "ads");
  const channels = ways.map((channel) => option(channel, nameOfChannel(words, channel), told.channel));
  const times = TIMES.map((time) => option(time, words.times[time], told.time));
  return `<p>${escapeHtml(words.lead)}</p><form method="post">${fields.join("")}
<fieldset><legend>${escapeHtml(words.reach)}</legend>
<label class="field">${escapeHtml(words.bestChannel)}<select name="channel">${option("", words.noMatter, told.channel)}${channels.join("")}</select></label>
<label class="field">${escapeHtml(words.bestTime)}<select name="time">${option("", words.noMatter, told.time)}${times.join("")}</select></label></fieldset>
<button type="submit" name="do" value="save">${escapeHtml(words.save)}</button></form>
<hr><form method="post"><p class="soft">${escapeHtml(words.stopNote)}</p><button class="plain" type="submit" name="do" value="stop">${escapeHtml(words.stopAll)}</button></form>`;
}
