import { Checkbox } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { call } from "../api/http.ts";
import { ButtonLink, TextLink } from "../parts/link.tsx";
import { Page } from "../parts/page.tsx";
import { type Segment, segmentsQuery } from "./queries.ts";
import { SegmentEditor } from "./segment-editor.tsx";
import type { Condition } from "./segment-tree.ts";

/** A first sentence that everybody understands, to be changed rather than written from nothing. */
const START: Condition = { all: [{ did: "Order Completed", within: "P30D" }] };

const route = getRouteApi("/segments/new");

export function NewSegmentPage() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const client = useQueryClient();
  const create = useMutation({
    mutationFn: (segment: { readonly name: string; readonly definition: Condition }) =>
      call<Segment>("POST", "/v1/segments", { ...segment, enter_on_first_fill: search.entering === "yes" }),
    onSuccess: async (segment) => {
      await client.invalidateQueries({ queryKey: segmentsQuery.queryKey });
      await navigate({ to: "/segments/$id", params: { id: segment.id } });
    },
  });
  const onSearch = (change: Partial<typeof search>) =>
    void navigate({ search: (old) => ({ ...old, ...change }), replace: true });
  return (
    <Page
      title={t("segments.new")}
      actions={
        <ButtonLink to="/segments/ready" variant="default">
          {t("builder.ready")}
        </ButtonLink>
      }
      before={
        <TextLink to="/segments" size="sm" c="dimmed">
          ‹ {t("nav.segments")}
        </TextLink>
      }
    >
      <SegmentEditor
        name=""
        definition={START}
        isNew
        saveLabel={t("segments.save")}
        isSaving={create.isPending}
        isSaved={create.isSuccess}
        error={create.error}
        search={search}
        onSearch={onSearch}
        options={
          <Checkbox
            label={t("segments.entering")}
            description={t("segments.enteringHint")}
            checked={search.entering === "yes"}
            onChange={(event) => onSearch({ entering: event.currentTarget.checked ? "yes" : undefined })}
          />
        }
        onSave={(segment) => create.mutate(segment)}
      />
    </Page>
  );
}
