import { labels } from "./en/labels.ts";
import { people } from "./en/people.ts";
import { shell } from "./en/shell.ts";

/** What the first screen may say: it is part of the first script, so words of one room alone stand in `en.ts`. */
export const enFirst = {
  ...shell,
  ...people,
  ...labels,
};
