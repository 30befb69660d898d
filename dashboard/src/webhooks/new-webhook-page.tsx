import { Button, Group, Paper, Stack } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { call } from "../api/http.ts";
import { ButtonLink, TextLink } from "../parts/link.tsx";
import { ErrorNotice } from "../parts/notices.tsx";
import { Page } from "../parts/page.tsx";
import { EndpointForm, isComplete } from "./endpoint-form.tsx";
import { type EndpointBody, type NewEndpoint, WEBHOOKS } from "./queries.ts";
import { SecretOnce } from "./secret-once.tsx";

const EMPTY: EndpointBody = {
  url: "",
  description: "",
  types: ["segment.entered", "segment.exited"],
  segment_ids: null,
};

/** Makes an endpoint, and shows its secret once. */
export function NewWebhookPage() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [body, setBody] = useState(EMPTY);
  const create = useMutation({
    mutationFn: () => call<NewEndpoint>("POST", "/v1/webhooks", { ...body, url: body.url.trim() }),
    onSuccess: () => client.invalidateQueries({ queryKey: WEBHOOKS }),
  });
  return (
    <Page
      title={t("webhooks.new")}
      before={
        <TextLink to="/settings" search={{ tab: "webhooks" }} size="sm">
          {t("webhooks.title")}
        </TextLink>
      }
    >
      <Paper p="md" maw={640}>
        {create.data ? (
          <Stack>
            <SecretOnce secret={create.data.secret} />
            <Group>
              <ButtonLink to="/settings/webhooks/$id" params={{ id: create.data.id }}>
                {t("webhooks.goOn")}
              </ButtonLink>
            </Group>
          </Stack>
        ) : (
          <EndpointForm body={body} onChange={setBody} onSubmit={() => create.mutate()}>
            {create.isError ? <ErrorNotice error={create.error} /> : null}
            <Group>
              <Button type="submit" loading={create.isPending} disabled={!isComplete(body)}>
                {t("webhooks.create")}
              </Button>
            </Group>
          </EndpointForm>
        )}
      </Paper>
    </Page>
  );
}
