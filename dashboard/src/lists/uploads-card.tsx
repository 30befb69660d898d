import { Anchor, Stack, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { call } from "../api/http.ts";
import { useFormat } from "../i18n/format.ts";
import { useTypeName } from "../identity/type-name.ts";
import { Card } from "../parts/card.tsx";
import { JobLine } from "../parts/job-line.tsx";
import { ErrorNotice } from "../parts/notices.tsx";
import { LISTS, type ListUploadView, type ListView, uploadsQuery } from "./queries.ts";

/** What files have been put on this list, and what became of their rows. */
export function UploadsCard({ list }: { readonly list: ListView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const typeName = useTypeName();
  const client = useQueryClient();
  const uploads = useQuery(uploadsQuery(list.id));
  const change = useMutation({
    mutationFn: ({ id, what }: { readonly id: string; readonly what: "cancel" | "resume" }) =>
      call<ListUploadView>("POST", `/v1/list-uploads/${id}/${what}`),
    onSettled: () => client.invalidateQueries({ queryKey: LISTS }),
  });
  if (!uploads.data || uploads.data.items.length === 0) return null;
  return (
    <Card title={t("lists.uploads")}>
      {change.isError ? <ErrorNotice error={change.error} /> : null}
      <Stack gap="md">
        {uploads.data.items.map((upload) => (
          <JobLine
            key={upload.id}
            label={t(`lists.did.${upload.action}`, {
              column: upload.column,
              type: upload.type === "profile_id" ? t("lists.profileId") : typeName(upload.type),
            })}
            state={upload.state}
            done={upload.done}
            total={upload.total}
            failure={upload.failure}
            at={upload.created_at}
            onChange={(what) => change.mutate({ id: upload.id, what })}
          >
            <Text size="sm">
              {t("lists.counts", {
                matched: format.number(upload.matched),
                changed: format.number(upload.changed),
              })}
              {upload.unmatched + upload.unreadable > 0 ? (
                <>
                  {" · "}
                  <Anchor size="sm" underline="always" href={`/v1/list-uploads/${upload.id}/unmatched`} download>
                    {t("lists.unmatched", {
                      count: upload.unmatched + upload.unreadable,
                      shown: format.number(upload.unmatched + upload.unreadable),
                    })}
                  </Anchor>
                </>
              ) : null}
            </Text>
          </JobLine>
        ))}
      </Stack>
    </Card>
  );
}
