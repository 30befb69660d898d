import { queryOptions } from "@tanstack/react-query";

import type { ImportDetail, ImportView, PreviewBody, PreviewView } from "../../../server/src/imports/contracts.ts";
import { call, get, type Page } from "../api/http.ts";

export const IMPORTS = ["imports"] as const;

export const importQuery = (id: string) =>
  queryOptions({ queryKey: [...IMPORTS, id], queryFn: () => get<ImportDetail>(`/v1/imports/${id}`) });

/** Those whose mapping may be used again. */
export const earlierQuery = queryOptions({
  queryKey: [...IMPORTS, "earlier"],
  queryFn: () => get<Page<ImportView>>("/v1/imports", { limit: 50 }),
});

export const previewQuery = (body: PreviewBody) =>
  queryOptions({
    queryKey: ["import-preview", JSON.stringify(body)],
    queryFn: () => call<PreviewView>("POST", "/v1/imports/preview", body),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
