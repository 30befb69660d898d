import { Box } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import type { StoreBody, StoreView } from "../../../server/src/catalog/contracts.ts";
import { call } from "../api/http.ts";
import { ButtonLink, TextLink } from "../parts/link.tsx";
import { Page } from "../parts/page.tsx";
import { announce } from "../shell/announce.ts";
import { STORES } from "./queries.ts";
import { StoreForm } from "./store-form.tsx";

type Hours = StoreBody["hours"];
const SHOP_HOURS: [string, string][] = [["10:00", "19:00"]];
const WEEK: Hours = Object.fromEntries(
  (["mon", "tue", "wed", "thu", "fri", "sat"] as const).map((day) => [day, SHOP_HOURS]),
);

const START: StoreBody = {
  name: "",
  code: "",
  address: "",
  city: "",
  country: "",
  lat: 0,
  lon: 0,
  timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  phone: null,
  currency: null,
  services: [],
  hours: WEEK,
  exceptions: {},
};

export function NewStore() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const make = useMutation({
    mutationFn: (body: StoreBody) => call<StoreView>("POST", "/v1/stores", body),
    async onSuccess({ id }) {
      await client.invalidateQueries({ queryKey: STORES });
      announce(t("stores.made"));
      await navigate({ to: "/stores/$id", params: { id } });
    },
  });
  return (
    <Page
      title={t("stores.new")}
      subtitle={t("stores.newText")}
      before={
        <TextLink to="/stores" size="sm" c="dimmed">
          ‹ {t("nav.stores")}
        </TextLink>
      }
    >
      <Box maw={960}>
        <StoreForm start={START} save={make} label={t("stores.make")}>
          <ButtonLink to="/stores" variant="default">
            {t("productForm.cancel")}
          </ButtonLink>
        </StoreForm>
      </Box>
    </Page>
  );
}
