import { Button, Stack, Text, TextInput, Title } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { StoreView } from "../../../server/src/catalog/contracts.ts";
import { Failure } from "../shell/failure.tsx";
import { useKilim } from "./kiosk-context.ts";
import { errandQuery } from "./queries.ts";

interface StaffFormProps {
  readonly listId: string;
  readonly store: StoreView;
}

/** Asks the staff to bring it to the till, and tells how far they are. */
export function StaffForm({ listId, store }: StaffFormProps) {
  const { t } = useTranslation();
  const kilim = useKilim();
  const queries = useQueryClient();
  const [name, setName] = useState("");
  const asked = useQuery(errandQuery(kilim, listId));
  const ask = useMutation({
    mutationFn: () =>
      kilim.ask("POST", `/v1/shopping-lists/${listId}/errands`, {
        store_id: store.id,
        ...(name.trim() ? { called: name.trim() } : {}),
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["errand", listId] }),
  });
  const errand = asked.data?.errand;
  if (errand && errand.state !== "done" && errand.state !== "cancelled") {
    return (
      <Stack>
        <Title order={2}>{t(`staff.${errand.state}`)}</Title>
        <Text role="status">{t(`staff.${errand.state}Text`)}</Text>
      </Stack>
    );
  }
  return (
    <form
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        ask.mutate();
      }}
    >
      <Stack>
        <Title order={2}>{t("staff.title")}</Title>
        <Text c="dimmed">{t("staff.text")}</Text>
        <TextInput
          label={t("staff.name")}
          name="kiosk-called"
          autoComplete="off"
          maxLength={60}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {ask.isError && <Failure error={ask.error} />}
        <Button type="submit" loading={ask.isPending}>
          {t("staff.send")}
        </Button>
      </Stack>
    </form>
  );
}
