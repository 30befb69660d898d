import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useKilim } from "../kilim.tsx";
import { categoriesQuery } from "./queries.ts";
import { titleIn } from "./title-in.ts";

export function CategoryTitle({ id }: { readonly id: string }) {
  const { i18n } = useTranslation();
  const categories = useQuery(categoriesQuery(useKilim()));
  const category = categories.data?.items.find((item) => item.id === id);
  return category ? titleIn(i18n.language, category) : null;
}
