import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import type { ColumnRule, ImportKind } from "../../../server/src/imports/contracts.ts";
import { earlierQuery } from "./queries.ts";

interface EarlierMappingProps {
  readonly kind: ImportKind;
  readonly onUse: (columns: readonly ColumnRule[]) => void;
}

/** Every import keeps its mapping: one for a file of the same form can be taken from there. */
export function EarlierMapping({ kind, onUse }: EarlierMappingProps) {
  const { t } = useTranslation();
  const earlier = useQuery(earlierQuery);
  const same = earlier.data?.items.filter((one) => one.kind === kind) ?? [];
  if (same.length === 0) return null;
  return (
    <Select
      size="xs"
      w={220}
      aria-label={t("imports.useMapping")}
      placeholder={t("imports.useMapping")}
      value={null}
      data={same.map(({ id, file }) => ({ value: id, label: file.name }))}
      onChange={(id) => {
        const found = same.find((one) => one.id === id);
        if (found) onUse(found.columns);
      }}
    />
  );
}
