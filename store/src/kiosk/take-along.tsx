import { Button, Image, Stack, Text, Title } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { TakeAlong as Taken } from "../../../server/src/lists/contracts.ts";
import { Failure } from "../shell/failure.tsx";
import { useKilim } from "./kiosk-context.ts";
import { startOver } from "./leave-nothing.ts";

/** The list on her own phone, and from there into her bag, without telling anybody who she is. */
export function TakeAlong({ listId }: { readonly listId: string }) {
  const { t } = useTranslation();
  const kilim = useKilim();
  const take = useMutation({
    mutationFn: () => kilim.ask<Taken>("POST", `/v1/shopping-lists/${listId}/take-along`),
  });
  if (take.data) {
    return (
      <Stack align="flex-start" role="status">
        <Title order={2}>{t("along.scan")}</Title>
        <Image src={take.data.qr} alt={t("along.picture")} w={220} h={220} radius="sm" data-testid="along" />
        <Text c="dimmed">{t("along.scanText")}</Text>
        <Button onClick={startOver}>{t("along.done")}</Button>
      </Stack>
    );
  }
  return (
    <Stack>
      <Title order={2}>{t("along.title")}</Title>
      <Text c="dimmed">{t("along.text")}</Text>
      {take.isError && <Failure error={take.error} />}
      <Button loading={take.isPending} onClick={() => take.mutate()}>
        {t("along.show")}
      </Button>
    </Stack>
  );
}
