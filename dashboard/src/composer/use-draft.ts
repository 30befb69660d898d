import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";

import type { DraftView, TemplateView } from "../../../server/src/messages/contracts.ts";
import { call, get, Problem } from "../api/http.ts";

export type Draft = Pick<TemplateView, "name" | "purpose" | "contents" | "default_language"> &
  Partial<Pick<TemplateView, "topic" | "priority">>;

/** How long nothing is typed before the draft is kept. */
const QUIET_MS = 1_500;

/** Keeps what is written by itself, and says when somebody else has written meanwhile. */
export function useDraft(template: TemplateView, first: { readonly draft: Draft; readonly revision: number }) {
  const client = useQueryClient();
  const [draft, setDraft] = useState(first.draft);
  const [revision, setRevision] = useState(first.revision);
  const [kept, setKept] = useState(first.draft);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const path = `/v1/templates/${template.id}/draft`;
  const save = useMutation({
    mutationFn: ({ body, from }: { body: Draft; from: number }) =>
      call<DraftView>("PUT", path, { revision: from, body }),
    onSuccess: (view, { body }) => {
      setRevision(view.revision);
      setKept(body);
    },
  });
  const isConflict = save.error instanceof Problem && save.error.status === 409;
  const { mutate, isPending } = save;
  useEffect(() => {
    if (draft === kept || isPending || isConflict) return;
    timer.current = setTimeout(() => mutate({ body: draft, from: revision }), QUIET_MS);
    return () => clearTimeout(timer.current);
  }, [draft, kept, revision, isPending, isConflict, mutate]);
  const theirs = () => get<DraftView>(path);
  return {
    draft,
    setDraft,
    revision,
    isSaving: isPending,
    isUnkept: draft !== kept,
    isConflict,
    error: isConflict ? null : save.error,
    async takeTheirs() {
      const other = await theirs();
      setDraft(other.body as Draft);
      setKept(other.body as Draft);
      setRevision(other.revision);
      save.reset();
    },
    async keepMine() {
      const other = await theirs();
      save.reset();
      mutate({ body: draft, from: other.revision });
    },
    /** After publishing or throwing away: nothing is left to keep. */
    settle(next: Draft) {
      clearTimeout(timer.current);
      setDraft(next);
      setKept(next);
      setRevision(0);
      save.reset();
      void client.invalidateQueries({ queryKey: ["templates", template.id, "versions"] });
    },
  };
}
