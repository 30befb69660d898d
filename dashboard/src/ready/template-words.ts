import { useTranslation } from "react-i18next";

import { speakerOf } from "../segments/sentences/speaker.ts";
import type { Template } from "./queries.ts";

type Telling = Pick<Template, "key" | "name" | "description" | "values">;

/** A template's name and description in the reader's words; one that only the server knows yet keeps the server's. */
export function useTemplateWords(): (template: Telling) => { name: string; description: string } {
  const { i18n } = useTranslation();
  return ({ key, name, description, values }) => {
    if (!i18n.exists(`ready.template.${key}.name`)) return { name, description };
    const { say } = speakerOf(i18n);
    return { name: say(`ready.template.${key}.name`, values), description: say(`ready.template.${key}.text`, values) };
  };
}
