import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { get, type Page } from "../../api/http.ts";
import { adAudiencesQuery, journeysQuery } from "../queries.ts";

interface ChooseProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (id: string) => void;
}

/** One of the lists that people are put on. */
export function ChooseList({ label, value, onChange }: ChooseProps) {
  const lists = useQuery({
    queryKey: ["lists", "names"],
    queryFn: () => get<Page<{ id: string; name: string }>>("/v1/lists", { limit: 500 }),
  });
  return <Choose label={label} value={value} onChange={onChange} items={lists.data?.items ?? []} />;
}

export function ChooseJourney({ label, value, onChange }: ChooseProps) {
  const journeys = useQuery(journeysQuery);
  const open = journeys.data?.items.filter(({ status }) => status !== "archived") ?? [];
  return <Choose label={label} value={value} onChange={onChange} items={open} />;
}

/** One of the ad audiences that journeys fill. */
export function ChooseAudience({ label, value, onChange }: ChooseProps) {
  const { t } = useTranslation();
  const audiences = useQuery(adAudiencesQuery);
  const open = audiences.data?.items.filter((one) => one.segment_id === null && one.state !== "leaving") ?? [];
  return <Choose label={label} value={value} onChange={onChange} items={open} description={t("node.audienceText")} />;
}

function Choose({
  label,
  value,
  onChange,
  items,
  description,
}: ChooseProps & {
  readonly items: readonly { readonly id: string; readonly name: string }[];
  readonly description?: string;
}) {
  return (
    <Select
      label={label}
      description={description}
      searchable
      data={items.map(({ id, name }) => ({ value: id, label: name }))}
      value={value || null}
      error={value === ""}
      onChange={(id) => onChange(id ?? "")}
    />
  );
}
