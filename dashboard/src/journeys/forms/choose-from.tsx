import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { get, type Page } from "../../api/http.ts";
import { journeysQuery } from "../queries.ts";

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

function Choose({
  label,
  value,
  onChange,
  items,
}: ChooseProps & { readonly items: readonly { readonly id: string; readonly name: string }[] }) {
  return (
    <Select
      label={label}
      searchable
      data={items.map(({ id, name }) => ({ value: id, label: name }))}
      value={value || null}
      error={value === ""}
      onChange={(id) => onChange(id ?? "")}
    />
  );
}
