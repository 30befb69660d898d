import { ActionIcon, Box, MultiSelect, Stack, Text, Tooltip, VisuallyHidden } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import type { OverlapView } from "../../../../server/src/segments/contracts.ts";
import { call } from "../../api/http.ts";
import { useFormat } from "../../i18n/format.ts";
import { Card } from "../../parts/card.tsx";
import { TextLink } from "../../parts/link.tsx";
import { EmptyNotice, ErrorNotice } from "../../parts/notices.tsx";
import { QueryView } from "../../parts/query-view.tsx";
import { type Segment, segmentsQuery } from "../queries.ts";
import classes from "./insight.module.css";
import { overlapQuery } from "./queries.ts";

const route = getRouteApi("/segments/$id");
const MOST = 4;
const LONGEST_NAME = 120;
type Part = OverlapView["parts"][number];
const LETTERS = ["A", "B", "C", "D", "E"] as const;

/** Who is in this and in which of up to four others: every combination once, the largest first. */
export function OverlapTab({ segment }: { readonly segment: Segment }) {
  const { t } = useTranslation();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const segments = useQuery(segmentsQuery);
  const known = segments.data?.items ?? [];
  const others = (search.with ?? "").split(",").filter((id) => known.some((one) => one.id === id && id !== segment.id));
  const overlap = useQuery({
    ...overlapQuery([segment.id, ...others.slice(0, MOST)]),
    placeholderData: keepPreviousData,
  });
  return (
    <Card title={t("segmentPage.overlap")}>
      <MultiSelect
        label={t("segmentPage.overlapWith")}
        description={t("segmentPage.overlapHint")}
        data={known.filter((one) => one.id !== segment.id).map((one) => ({ value: one.id, label: one.name }))}
        value={others}
        maxValues={MOST}
        searchable
        clearable
        maw={640}
        onChange={(ids) =>
          void navigate({ search: (now) => ({ ...now, with: ids.join(",") || undefined }), replace: true })
        }
      />
      {others.length === 0 ? (
        <EmptyNotice title={t("segmentPage.overlapEmpty")}>{t("segmentPage.overlapEmptyText")}</EmptyNotice>
      ) : (
        <QueryView query={overlap} height={240}>
          {(data) => <Combinations overlap={data} />}
        </QueryView>
      )}
    </Card>
  );
}

function Combinations({ overlap: { segments, parts } }: { readonly overlap: OverlapView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const all = parts.reduce((sum, part) => sum + part.people, 0);
  const most = Math.max(1, ...parts.map((part) => part.people));
  const nameOf = (id: string) => segments.find((one) => one.id === id)?.name ?? "";
  const navigate = route.useNavigate();
  const client = useQueryClient();
  const create = useMutation({
    mutationFn: (part: Part) => {
      const out = segments.filter((one) => !part.in.includes(one.id)).map((one) => one.id);
      return call<Segment>("POST", "/v1/segments", {
        name: [part.in.map(nameOf).join(" + "), ...out.map((id) => `– ${nameOf(id)}`)].join(" ").slice(0, LONGEST_NAME),
        definition: {
          all: [...part.in.map((id) => ({ in_segment: id })), ...out.map((id) => ({ not: { in_segment: id } }))],
        },
      });
    },
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: segmentsQuery.queryKey });
      await navigate({ to: "/segments/$id", params: { id }, search: {} });
    },
  });
  return (
    <Stack gap="md">
      <Stack gap={4} component="ul" m={0} p={0} style={{ listStyle: "none" }}>
        {segments.map((one, n) => (
          <li key={one.id}>
            <Text size="sm" style={{ overflowWrap: "anywhere" }}>
              <b>{LETTERS[n]}</b>{" "}
              <TextLink to="/segments/$id" params={{ id: one.id }} underline="always">
                {one.name}
              </TextLink>{" "}
              <Text span c="dimmed" size="sm">
                {t("segments.people", { count: one.size, shown: format.number(one.size) })}
                {one.state === "backfilling" ? ` · ${t("segments.backfilling")}` : ""}
              </Text>
            </Text>
          </li>
        ))}
      </Stack>
      {create.isError ? <ErrorNotice error={create.error} /> : null}
      {parts.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t("segmentPage.overlapNobody")}
        </Text>
      ) : (
        <table className={classes.table}>
          <thead>
            <tr>
              {segments.map((one, n) => (
                <th key={one.id} scope="col" className={classes.narrow}>
                  <abbr title={one.name} style={{ textDecoration: "none" }}>
                    <b>{LETTERS[n]}</b>
                  </abbr>
                </th>
              ))}
              <th scope="col">
                <VisuallyHidden>{t("segmentPage.combination")}</VisuallyHidden>
              </th>
              <th scope="col" className={classes.number}>
                {t("segments.size")}
              </th>
              <th scope="col" className={classes.number}>
                %
              </th>
              <td />
            </tr>
          </thead>
          <tbody>
            {parts.map((part) => (
              <tr key={part.in.join()}>
                {segments.map((one) => (
                  <td key={one.id} className={classes.narrow}>
                    <Box
                      component="span"
                      className={classes.dot ?? ""}
                      {...(part.in.includes(one.id) ? { "data-in": "" } : {})}
                    />
                  </td>
                ))}
                <td>
                  <VisuallyHidden>{part.in.map(nameOf).join(" + ")}</VisuallyHidden>
                  <Box className={classes.bar ?? ""} style={{ width: `${(part.people / most) * 100}%` }} />
                </td>
                <td className={classes.number}>{format.number(part.people)}</td>
                <td className={classes.number}>{format.percent(part.people / all)}</td>
                <td className={classes.number}>
                  <Tooltip label={t("segmentPage.makeSegment")}>
                    <ActionIcon
                      variant="subtle"
                      loading={create.isPending && create.variables === part}
                      aria-label={`${t("segmentPage.makeSegment")}: ${part.in.map(nameOf).join(" + ")}`}
                      onClick={() => create.mutate(part)}
                    >
                      <IconPlus size={16} />
                    </ActionIcon>
                  </Tooltip>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Stack>
  );
}
