import { queryOptions } from "@tanstack/react-query";

import type { RfmView, TemplateView } from "../../../server/src/segments/contracts.ts";
import { get, type Page } from "../api/http.ts";

export type Rfm = RfmView;
export type Template = TemplateView;
export type GroupName = Rfm["groups"][number]["name"];

export const rfmQuery = queryOptions({ queryKey: ["segments", "rfm"], queryFn: () => get<Rfm>("/v1/segments/rfm") });

export const templatesQuery = queryOptions({
  queryKey: ["segments", "templates"],
  queryFn: () => get<Page<Template>>("/v1/segments/templates"),
  staleTime: 10 * 60_000,
});
