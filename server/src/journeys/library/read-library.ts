import type { z } from "zod";

import { graph as graphSchema, type JourneyView, type libraryView } from "../contracts.ts";
import { refuse } from "../errors.ts";
import { importJourney } from "../files/import-journey.ts";
import { withPlaceholders } from "../files/references.ts";
import type { WithKinds } from "../save-journey.ts";
import { library } from "./library.ts";

type LibraryView = z.infer<typeof libraryView>;

/** What can be begun with, each drawn with placeholders for its templates and segments. */
export async function readLibrary(): Promise<LibraryView> {
  const items = [...library()].map(([key, file]) => ({
    key,
    name: file.name,
    about: file.about ?? "",
    messages: Object.keys(file.templates).length,
    languages: [...new Set(Object.values(file.templates).flatMap(({ contents }) => Object.keys(contents)))].sort(),
    graph: graphSchema.parse(withPlaceholders(file.graph).graph),
  }));
  return { items, next: null };
}

/** A draft of one's own, with its templates and segments. */
export async function takeFromLibrary(deps: WithKinds, key: string, name?: string): Promise<JourneyView> {
  const file = library().get(key);
  if (!file) throw refuse("not_in_library");
  return importJourney(deps, file, name);
}
