import type { z } from "zod";

import type { GalleryItem, galleryQuery } from "./contracts.ts";
import { mails } from "./gallery/mails.ts";
import { others } from "./gallery/others.ts";
import { SPOKEN, type Spoken, type Starter, type Words } from "./gallery/starters.ts";

const STARTERS: readonly Starter[] = [...mails, ...others];

/** Templates to begin from, each in all languages we speak; its name in the reader's. */
export function readGallery({ channel, language }: z.infer<typeof galleryQuery>): { items: GalleryItem[]; next: null } {
  const spoken = SPOKEN.find((known) => known === language.slice(0, 2)) ?? "en";
  const items = STARTERS.filter((starter) => channel === undefined || starter.channel === channel);
  return { items: items.map((starter) => show(starter, spoken)), next: null };
}

function show({ id, channel, purpose, name, about, write }: Starter, spoken: Spoken): GalleryItem {
  return {
    ...{ id, channel, purpose },
    name: sayIn(spoken)(name),
    about: sayIn(spoken)(about),
    default_language: spoken,
    contents: Object.fromEntries(SPOKEN.map((language) => [language, write(sayIn(language))])),
  };
}

const sayIn = (language: Spoken) => (words: Words) => words[SPOKEN.indexOf(language)] ?? words[0];
