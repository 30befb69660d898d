import { ColorInput, ColorSwatch, Group, Select, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import type { BrandColor } from "../../../server/src/messages/contracts.ts";
import { brandQuery } from "./queries.ts";
import { BRAND_COLORS } from "./vocabulary.ts";

interface ColorChoiceProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly onChange: (color: string | undefined) => void;
}

const OWN = "own";

/** A colour of the kit by its name; another one only on purpose. */
export function ColorChoice({ label, value, onChange }: ColorChoiceProps) {
  const { t } = useTranslation();
  const brand = useQuery(brandQuery);
  const colors = brand.data?.kit.colors;
  const isOwn = value?.startsWith("#") ?? false;
  return (
    <Stack gap={4}>
      <Select
        label={label}
        size="sm"
        clearable
        placeholder={t("composer.field.default")}
        value={isOwn ? OWN : (value ?? null)}
        data={[
          ...BRAND_COLORS.map((name) => ({ value: name, label: t(`brand.color.${name}`) })),
          { value: OWN, label: t("composer.field.ownColor") },
        ]}
        renderOption={({ option }) => (
          <Group gap="xs" wrap="nowrap">
            {option.value === OWN ? null : (
              <ColorSwatch size={14} color={colors?.[option.value as BrandColor] ?? "transparent"} withShadow />
            )}
            <Text size="sm">{option.label}</Text>
          </Group>
        )}
        onChange={(next) => onChange(next === OWN ? "#444444" : (next ?? undefined))}
      />
      {isOwn ? (
        <ColorInput
          size="sm"
          aria-label={`${label}: ${t("composer.field.ownColor")}`}
          format="hex"
          value={value ?? ""}
          onChange={(next) => onChange(next)}
          eyeDropperButtonProps={{ "aria-label": t("composer.field.ownColor") }}
        />
      ) : null}
    </Stack>
  );
}
