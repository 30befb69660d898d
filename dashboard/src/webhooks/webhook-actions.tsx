import { Button, Menu } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { call } from "../api/http.ts";
import { announce } from "../shell/announce.ts";
import { type DeliveryView, type EndpointView, WEBHOOKS, webhookQuery } from "./queries.ts";

const route = getRouteApi("/settings/webhooks/$id");

/** A test at once; everything else behind one button, each with an address of its own. */
export function WebhookActions({ endpoint }: { readonly endpoint: EndpointView }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = route.useNavigate();
  const open = (action: "edit" | "rotate" | "replay" | "enable" | "remove") =>
    void navigate({ search: (now) => ({ ...now, action }) });
  const reload = () => client.invalidateQueries({ queryKey: WEBHOOKS });
  const failed = (error: Error) => announce(error.message);
  const test = useMutation({
    mutationFn: () => call<DeliveryView>("POST", `/v1/webhooks/${endpoint.id}/ping`),
    async onSuccess({ id }) {
      await reload();
      await navigate({ search: (now) => ({ ...now, delivery: id }) });
    },
    onError: failed,
  });
  const enable = useMutation({
    mutationFn: () => call("POST", `/v1/webhooks/${endpoint.id}/enable`),
    onSuccess: reload,
    onError: failed,
  });
  // What has waited is asked about, where anything has: counted now, as nobody tells us of each.
  const begin = useMutation({
    mutationFn: () => client.fetchQuery({ ...webhookQuery(endpoint.id), staleTime: 0 }),
    onSuccess: ({ waiting }) => (waiting > 0 ? open("enable") : enable.mutate()),
    onError: failed,
  });
  const disable = useMutation({
    mutationFn: () => call("POST", `/v1/webhooks/${endpoint.id}/disable`),
    async onSuccess() {
      await reload();
      announce(t("webhooks.nowDisabled"), { label: t("action.undo"), run: () => enable.mutate() });
    },
    onError: failed,
  });
  const isEnabled = endpoint.state === "enabled";
  return (
    <>
      <Button loading={test.isPending} variant={isEnabled ? "filled" : "default"} onClick={() => test.mutate()}>
        {t("webhooks.test")}
      </Button>
      {isEnabled ? null : (
        <Button loading={begin.isPending || enable.isPending} onClick={() => begin.mutate()}>
          {t("webhooks.enable")}
        </Button>
      )}
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" px="xs" aria-label={t("webhooks.actions")}>
            <IconDots size={18} aria-hidden />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => open("edit")}>{t("action.edit")}</Menu.Item>
          <Menu.Item onClick={() => open("rotate")}>{t("webhooks.rotate")}</Menu.Item>
          <Menu.Item disabled={!isEnabled} onClick={() => open("replay")}>
            {t("webhooks.replay")}
          </Menu.Item>
          {isEnabled ? <Menu.Item onClick={() => disable.mutate()}>{t("webhooks.disable")}</Menu.Item> : null}
          <Menu.Divider />
          <Menu.Item color="kilim" onClick={() => open("remove")}>
            {t("action.remove")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
