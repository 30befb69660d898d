import { Button, Group, NumberInput, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { call } from "../api/http.ts";
import { Card } from "../parts/card.tsx";
import { ErrorNotice } from "../parts/notices.tsx";
import { QueryView } from "../parts/query-view.tsx";
import { announce } from "../shell/announce.ts";
import { MarketingWorth } from "./marketing-worth.tsx";
import { holdoutQuery } from "./queries.ts";

/** The part of all people who get no marketing at all. */
export function HoldoutCard() {
  const { t } = useTranslation();
  const holdout = useQuery(holdoutQuery);
  return (
    <Card title={t("sending.holdout")}>
      <Text size="sm" c="dimmed">
        {t("sending.holdoutText")}
      </Text>
      <QueryView query={holdout} height={36}>
        {({ share }) => (
          <>
            <Form key={share} share={share} />
            {share > 0 ? <MarketingWorth /> : null}
          </>
        )}
      </QueryView>
    </Card>
  );
}

function Form({ share }: { readonly share: number }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [percent, setPercent] = useState(Math.round(share * 1000) / 10);
  const save = useMutation({
    mutationFn: () => call("PUT", "/v1/experiments/holdout", { share: percent / 100 }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: holdoutQuery.queryKey });
      announce(t("settings.saved"));
    },
  });
  return (
    <>
      <Group gap="xs">
        <NumberInput
          w={110}
          min={0}
          max={50}
          decimalScale={1}
          suffix=" %"
          aria-label={t("sending.holdout")}
          value={percent}
          onChange={(value) => setPercent(Number(value) || 0)}
        />
        <Button variant="default" loading={save.isPending} onClick={() => save.mutate()}>
          {t("action.save")}
        </Button>
      </Group>
      {save.isError ? <ErrorNotice error={save.error} /> : null}
    </>
  );
}
