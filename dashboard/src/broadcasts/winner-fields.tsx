import { Checkbox, Fieldset, Group, NumberInput, Select, Stack, Switch } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { Draft } from "./draft.ts";

interface WinnerFieldsProps {
  readonly draft: Draft;
  readonly set: (change: Partial<Draft>) => void;
}

/** Whether the variants are tried on a part first, and when one of them takes the rest. */
export function WinnerFields({ draft, set }: WinnerFieldsProps) {
  const { t } = useTranslation();
  return (
    <Fieldset legend={t("broadcasts.winner")}>
      <Stack gap="sm">
        <Switch
          label={t("broadcasts.hasWinner")}
          checked={draft.hasWinner}
          onChange={(event) => set({ hasWinner: event.currentTarget.checked })}
        />
        {draft.hasWinner ? (
          <>
            <Group grow align="flex-start">
              <NumberInput
                label={t("broadcasts.testShare")}
                value={draft.testShare}
                min={1}
                max={90}
                suffix=" %"
                allowDecimal={false}
                onChange={(value) => set({ testShare: typeof value === "number" ? value : 20 })}
              />
              <Select
                label={t("broadcasts.measure")}
                allowDeselect={false}
                value={draft.measure}
                onChange={(measure) => set({ measure: measure as Draft["measure"] })}
                data={(["opened", "clicked", "converted"] as const).map((value) => ({
                  value,
                  label: t(`broadcasts.outcome.${value}`),
                }))}
              />
              <NumberInput
                label={t("broadcasts.hours")}
                value={draft.hours}
                min={1}
                max={240}
                allowDecimal={false}
                onChange={(value) => set({ hours: typeof value === "number" ? value : 4 })}
              />
            </Group>
            <Checkbox
              label={t("broadcasts.isSure")}
              checked={draft.isSure}
              onChange={(event) => set({ isSure: event.currentTarget.checked })}
            />
          </>
        ) : null}
      </Stack>
    </Fieldset>
  );
}
