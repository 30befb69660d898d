import { Button, SegmentedControl, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ListKind } from "../../../server/src/lists/contracts.ts";
import type { NewList } from "./use-her-lists.ts";

export const KINDS = ["wish", "shopping"] as const satisfies readonly ListKind[];
const MOST_LETTERS = 120;

interface NewListFormProps {
  readonly isPending: boolean;
  readonly onBegin: (list: NewList) => void;
}

export function NewListForm({ isPending, onBegin }: NewListFormProps) {
  const { t } = useTranslation();
  const [list, setList] = useState(() => ({ kind: "wish" as ListKind, name: "", key: crypto.randomUUID() }));
  // Another name or kind is another list: the same key with another body would be refused.
  const change = (part: Partial<NewList>) => setList({ ...list, ...part, key: crypto.randomUUID() });
  const name = list.name.trim();
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (name) onBegin({ ...list, name });
      }}
    >
      <Stack gap="sm">
        <TextInput
          label={t("customer.listName")}
          name="list-name"
          autoComplete="off"
          required
          maxLength={MOST_LETTERS}
          value={list.name}
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
        <SegmentedControl
          size="lg"
          fullWidth
          aria-label={t("customer.listKind")}
          value={list.kind}
          onChange={(kind) => change({ kind: kind as ListKind })}
          data={KINDS.map((value) => ({ value, label: t(`customer.list.${value}`) }))}
        />
        <Button type="submit" loading={isPending} disabled={name === ""}>
          {t("customer.beginList")}
        </Button>
      </Stack>
    </form>
  );
}
