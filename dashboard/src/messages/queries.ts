import { queryOptions } from "@tanstack/react-query";

import type { MailView, MessageView, TemplatePage, TemplateView } from "../../../server/src/messages/contracts.ts";
import { get, type Page } from "../api/http.ts";
import { getAll } from "../api/paged.ts";

export type TemplateRow = TemplatePage["items"][number];

export const messagesOfQuery = (profile: string) =>
  queryOptions({
    queryKey: ["messages", "of", profile],
    queryFn: () => get<Page<MessageView>>("/v1/messages", { profile, limit: 10 }),
  });

export const messageQuery = (id: string) =>
  queryOptions({
    queryKey: ["messages", id],
    queryFn: () => get<MessageView>(`/v1/messages/${id}`),
  });

export const templatesQuery = queryOptions({
  queryKey: ["templates"],
  queryFn: () => getAll<TemplateRow>("/v1/templates"),
});

export const archivedTemplatesQuery = queryOptions({
  queryKey: ["templates", "archived"],
  queryFn: () => get<Page<TemplateRow>>("/v1/templates", { limit: 200, archived: "true" }),
});

export const templateQuery = (id: string) =>
  queryOptions({
    queryKey: ["templates", id],
    queryFn: () => get<TemplateView>(`/v1/templates/${id}`),
  });

export const mailQuery = (id: string) =>
  queryOptions({
    queryKey: ["mailbox", id],
    queryFn: () => get<MailView>(`/v1/mailbox/${id}`),
    staleTime: Number.POSITIVE_INFINITY,
  });
