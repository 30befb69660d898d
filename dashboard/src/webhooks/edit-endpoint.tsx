import { Button, Group } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { call } from "../api/http.ts";
import { ErrorNotice } from "../parts/notices.tsx";
import { announce } from "../shell/announce.ts";
import { EndpointForm, isComplete } from "./endpoint-form.tsx";
import { type EndpointBody, WEBHOOKS } from "./queries.ts";
import type { DialogProps } from "./webhook-dialogs.tsx";
import { TYPES } from "./words.ts";

export function EditEndpoint({ endpoint, onClose }: DialogProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { url, description, segment_ids } = endpoint;
  const types = TYPES.filter((type) => endpoint.types.includes(type));
  const [body, setBody] = useState<EndpointBody>({ url, description, segment_ids, types });
  const save = useMutation({
    mutationFn: () => call("PUT", `/v1/webhooks/${endpoint.id}`, body),
    async onSuccess() {
      await client.invalidateQueries({ queryKey: WEBHOOKS });
      announce(t("settings.saved"));
      onClose();
    },
  });
  return (
    <EndpointForm body={body} onChange={setBody} onSubmit={() => save.mutate()}>
      {save.isError ? <ErrorNotice error={save.error} /> : null}
      <Group justify="flex-end">
        <Button type="submit" loading={save.isPending} disabled={!isComplete(body)}>
          {t("action.save")}
        </Button>
      </Group>
    </EndpointForm>
  );
}
