import { Alert, Button, Stack, Text, TextInput } from "@mantine/core";
import { IconPackage } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Failure } from "../shell/failure.tsx";
import { handOver } from "./queries.ts";

interface HandOverProps {
  readonly fulfilmentId: string;
  readonly compartment: string | null;
  readonly collector: string | null;
}

/** Without the code: whoever hands it over says how the person was checked, and that is kept. */
export function HandOver({ fulfilmentId, compartment, collector }: HandOverProps) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [checked, setChecked] = useState("");
  const give = useMutation({
    mutationFn: (shown: string) => handOver(fulfilmentId, shown),
    onSuccess: () => {
      for (const key of ["orders", "queue"]) void queries.invalidateQueries({ queryKey: [key] });
    },
  });
  return (
    <Alert color="green" icon={<IconPackage aria-hidden="true" />} title={t("order.ready")}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          give.mutate(checked.trim());
        }}
      >
        <Stack gap="sm">
          {compartment && <Text>{t("order.lies", { place: compartment })}</Text>}
          {collector && <Text>{t("order.collector", { name: collector })}</Text>}
          <TextInput
            label={t("order.checked")}
            placeholder={t("order.checkedBy")}
            required
            maxLength={200}
            value={checked}
            onChange={(event) => setChecked(event.currentTarget.value)}
          />
          {give.isError && <Failure error={give.error} />}
          <Button type="submit" loading={give.isPending}>
            {t("order.handOver")}
          </Button>
        </Stack>
      </form>
    </Alert>
  );
}
