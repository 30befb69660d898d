import { queryOptions } from "@tanstack/react-query";

import type { ListUploadView, ListView, PreviewListView } from "../../../server/src/segments/contracts.ts";
import { call, get, type Page, Problem } from "../api/http.ts";

export type { ListUploadView, ListView };

export interface Listed {
  readonly profile_id: string;
  readonly name: string | null;
  readonly email: string | null;
  readonly added_at: string;
}

export const LISTS = ["lists"] as const;

/** Whether a name was refused because another list has it. */
export function isTaken(error: unknown): boolean {
  return error instanceof Problem && error.code === "list_name_taken";
}

export const listQuery = (id: string) =>
  queryOptions({ queryKey: [...LISTS, id], queryFn: () => get<ListView>(`/v1/lists/${id}`) });

export const uploadsQuery = (id: string) =>
  queryOptions({
    queryKey: [...LISTS, id, "uploads"],
    queryFn: () => get<Page<ListUploadView>>(`/v1/lists/${id}/uploads`, { limit: 10 }),
  });

export interface UploadChoice {
  readonly file: string;
  readonly column: string | undefined;
  readonly type: string | undefined;
}

export const uploadPreviewQuery = (choice: UploadChoice) =>
  queryOptions({
    queryKey: ["list-upload", choice],
    queryFn: () => call<PreviewListView>("POST", "/v1/list-uploads/preview", choice),
    retry: false,
  });
