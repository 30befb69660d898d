import {
  Alert,
  Button,
  Group,
  NumberInput,
  Paper,
  SimpleGrid,
  Stack,
  Text,
  Textarea,
  TextInput,
  Title,
} from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { BrandKit, BrandView } from "../../../server/src/messages/contracts.ts";
import { call, Problem } from "../api/http.ts";
import { brandQuery } from "../composer/queries.ts";
import { ErrorNotice } from "../parts/notices.tsx";
import { LeaveGuard } from "../segments/builder/leave-guard.tsx";
import { announce } from "../shell/announce.ts";
import { BrandSample } from "./brand-sample.tsx";
import { Colors, Footers, Logo, Senders } from "./kit-parts.tsx";

/** The whole kit, with a sample of it beside. */
export function KitForm({ view }: { readonly view: BrandView }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [kit, setKit] = useState<BrandKit>(view.kit);
  const set = (change: Partial<BrandKit>) => setKit({ ...kit, ...change });
  const save = useMutation({
    mutationFn: () => call<BrandView>("PUT", "/v1/brand", { version: view.version, kit }),
    onSuccess: async (next) => {
      client.setQueryData(brandQuery.queryKey, next);
      await client.invalidateQueries({ queryKey: ["brand", "departures"] });
      announce(t("brand.saved"));
    },
  });
  const isStale = save.error instanceof Problem && save.error.status === 409;
  const isChanged = kit !== view.kit;
  const reload = () => void client.invalidateQueries({ queryKey: brandQuery.queryKey });
  return (
    <>
      <LeaveGuard isOn={() => isChanged && !save.isSuccess} />
      {isStale ? (
        <Alert color="orange" role="alert">
          <Group>
            <Text size="sm">{t("brand.changed")}</Text>
            <Button size="compact-sm" variant="default" onClick={reload}>
              {t("brand.reload")}
            </Button>
          </Group>
        </Alert>
      ) : null}
      {save.isError && !isStale ? <ErrorNotice error={save.error} /> : null}
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <Stack gap="md">
          <Paper p="md">
            <Stack gap="sm">
              <Line label={t("brand.name")} value={kit.name} onChange={(name) => set({ name })} />
              <Line label={t("brand.url")} value={kit.url} onChange={(url) => set({ url })} />
              <Line label={t("brand.cartUrl")} value={kit.cart_url} onChange={(cart_url) => set({ cart_url })} />
              <Line
                label={t("brand.productUrl")}
                value={kit.product_url}
                onChange={(product_url) => set({ product_url })}
              />
            </Stack>
          </Paper>
          <Colors kit={kit} onChange={set} />
          <Paper p="md">
            <Stack gap="sm">
              <Title order={2}>{t("brand.fonts")}</Title>
              <Text size="sm" c="dimmed">
                {t("brand.fontsHint")}
              </Text>
              {(["heading", "body"] as const).map((name) => (
                <Line
                  key={name}
                  label={t(`brand.${name}`)}
                  value={kit.fonts[name]}
                  onChange={(font) => set({ fonts: { ...kit.fonts, [name]: font } })}
                />
              ))}
              <NumberInput
                label={t("brand.radius")}
                value={kit.radius}
                min={0}
                max={40}
                allowDecimal={false}
                onChange={(radius) => set({ radius: typeof radius === "number" ? radius : 0 })}
              />
            </Stack>
          </Paper>
          <Logo kit={kit} onChange={set} />
        </Stack>
        <Stack gap="md">
          <BrandSample kit={kit} />
          <Paper p="md">
            <Textarea
              label={t("brand.voice")}
              description={t("brand.voiceHint")}
              autosize
              minRows={4}
              maxRows={14}
              value={kit.voice}
              onChange={(event) => set({ voice: event.currentTarget.value })}
            />
          </Paper>
          <Footers kit={kit} onChange={set} />
          <Senders kit={kit} onChange={set} />
        </Stack>
      </SimpleGrid>
      <Group>
        <Button disabled={!isChanged} loading={save.isPending} onClick={() => save.mutate()}>
          {t("brand.save")}
        </Button>
      </Group>
    </>
  );
}

interface LineProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function Line({ label, value, onChange }: LineProps) {
  return <TextInput label={label} value={value} onChange={(event) => onChange(event.currentTarget.value)} />;
}
