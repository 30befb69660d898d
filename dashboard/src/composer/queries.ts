import { queryOptions } from "@tanstack/react-query";

import type {
  BlockSummary,
  BlockView,
  BrandView,
  GalleryItem,
  ImageView,
  TemplateVersion,
  VariablesView,
} from "../../../server/src/messages/contracts.ts";
import { get, type Page } from "../api/http.ts";

export const variablesQuery = (language: string) =>
  queryOptions({
    queryKey: ["template-variables", language],
    queryFn: () => get<VariablesView>("/v1/templates/variables", { language }),
    staleTime: 60_000,
  });

export const brandQuery = queryOptions({ queryKey: ["brand"], queryFn: () => get<BrandView>("/v1/brand") });

export const imagesQuery = queryOptions({
  queryKey: ["images"],
  queryFn: () => get<Page<ImageView>>("/v1/images", { limit: 60 }),
});

export const sharedBlocksQuery = queryOptions({
  queryKey: ["blocks"],
  queryFn: () => get<Page<BlockSummary>>("/v1/blocks", { limit: 200 }),
});

export const sharedBlockQuery = (id: string) =>
  queryOptions({ queryKey: ["blocks", id], queryFn: () => get<BlockView>(`/v1/blocks/${id}`) });

export const versionsQuery = (id: string) =>
  queryOptions({
    queryKey: ["templates", id, "versions"],
    queryFn: () => get<Page<TemplateVersion>>(`/v1/templates/${id}/versions`, { limit: 50 }),
  });

export const galleryQuery = (language: string) =>
  queryOptions({
    queryKey: ["template-gallery", language],
    queryFn: () => get<{ items: readonly GalleryItem[] }>("/v1/templates/gallery", { language }),
    staleTime: Number.POSITIVE_INFINITY,
  });
