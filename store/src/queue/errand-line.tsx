import { Button, Group, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { ItemRow } from "../products/item-row.tsx";
import { titleIn } from "../products/title-in.ts";
import { Failure } from "../shell/failure.tsx";
import { type Errand, type ErrandItem, noteFound } from "./errand-queries.ts";

interface ErrandLineProps {
  readonly errand: Errand;
  readonly item: ErrandItem;
  readonly onChanged: () => Promise<unknown>;
}

/** Where a thing lies, how many there are, and whether it was there. */
export function ErrandLine({ errand, item, onChanged }: ErrandLineProps) {
  const { t, i18n } = useTranslation();
  const title = titleIn(i18n.language, item);
  const note = useMutation({
    mutationFn: (isFound: boolean) => noteFound(errand.id, item.item_id, isFound),
    onSettled: onChanged,
  });
  const saidLast = note.isPending ? note.variables : item.is_found;
  const answer = (isFound: boolean) => {
    const isSaid = saidLast === isFound;
    const said = t(isFound ? "errand.found" : "errand.notFound");
    return (
      <Button
        size="md"
        px="xs"
        variant={isSaid ? "filled" : "default"}
        color="gray"
        autoContrast
        aria-pressed={isSaid}
        aria-label={`${said}: ${title}`}
        onClick={() => note.mutate(isFound)}
      >
        {said}
      </Button>
    );
  };
  return (
    <Stack gap={6} data-testid="errand-line">
      <Group justify="space-between" align="flex-start" gap={6}>
        <div style={{ flex: "1 1 15rem", minWidth: 0 }}>
          <ItemRow item={{ ...item, title }} />
        </div>
        <Group gap="xs" align="baseline">
          {item.shelf_place === null ? (
            <Text c="dimmed">{t("errand.noPlace")}</Text>
          ) : (
            <Text fw={700}>{item.shelf_place}</Text>
          )}
          <Text size="xs" c="dimmed">
            {t("till.stockHere", { count: item.available })}
          </Text>
        </Group>
      </Group>
      {item.note && <Text size="sm">{item.note}</Text>}
      {errand.state !== "ready" && (
        <Group grow gap="xs">
          {answer(true)}
          {answer(false)}
        </Group>
      )}
      {note.isError && <Failure error={note.error} />}
    </Stack>
  );
}
