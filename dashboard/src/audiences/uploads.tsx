import { Stack, Text } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import { itemsOf, usePages } from "../api/paged.ts";
import { useFormat } from "../i18n/format.ts";
import { Card } from "../parts/card.tsx";
import { DataTable, type TableColumn } from "../parts/data-table.tsx";
import { Status } from "../parts/status.tsx";
import { When } from "../parts/when.tsx";
import { type AdUploadView, AUDIENCES } from "./queries.ts";

const LOOKS = { processing: "running", done: "done", partial: "paused", failed: "failed", silent: "failed" } as const;

/** What the network was told, and what it made of it. */
export function Uploads({ audienceId }: { readonly audienceId: string }) {
  const { t } = useTranslation();
  const uploads = usePages<AdUploadView>([...AUDIENCES, audienceId, "uploads"], `/v1/audiences/${audienceId}/uploads`);
  const columns = useColumns();
  return (
    <Card title={t("audiences.uploads")}>
      <Text size="sm" c="dimmed">
        {t("audiences.uploadsText")}
      </Text>
      <DataTable
        label={t("audiences.uploads")}
        source={uploads}
        rows={itemsOf(uploads.data)}
        columns={columns}
        rowId={(upload) => upload.id}
        empty={
          <Text size="sm" p="sm">
            {t("audiences.noUploads")}
          </Text>
        }
      />
    </Card>
  );
}

function useColumns(): readonly TableColumn<AdUploadView>[] {
  const { t } = useTranslation();
  return useMemo(
    () => [
      { id: "what", header: t("audiences.upload.what"), grow: true, cell: (upload) => <Outcome upload={upload} /> },
      {
        id: "state",
        header: t("audiences.state"),
        cell: ({ state }) => <Status value={LOOKS[state]}>{t(`audiences.uploadState.${state}`)}</Status>,
      },
      { id: "told", header: t("audiences.lastTold"), align: "right", cell: ({ told_at }) => <When at={told_at} /> },
    ],
    [t],
  );
}

/** How many, how many of them the network knows, and whom it did not take. */
function Outcome({ upload }: { readonly upload: AdUploadView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { kind, people, tries, match, problems, ask_at } = upload;
  return (
    <Stack gap={0}>
      <Text size="sm">{t(`audiences.upload.${kind}`, { count: people, shown: format.number(people) })}</Text>
      {match === null ? null : (
        <Text size="xs" c="dimmed">
          {t("audiences.upload.match", match)}
        </Text>
      )}
      {tries === 1 ? null : (
        <Text size="xs" c="dimmed">
          {t("audiences.upload.again", { n: tries })}
        </Text>
      )}
      {ask_at === null ? null : (
        <Text size="xs" c="dimmed" component="div">
          {t("audiences.upload.askAt")} <When at={ask_at} />
        </Text>
      )}
      {problems.map((problem) => (
        <Text size="xs" key={problem.reason} lang="en" style={{ overflowWrap: "anywhere" }}>
          {problem.reason}: {format.number(problem.people)}
        </Text>
      ))}
    </Stack>
  );
}
