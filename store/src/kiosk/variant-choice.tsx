import { Button, Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Product } from "../../../server/src/catalog/contracts.ts";
import { colorName } from "../products/color-name.ts";
import classes from "./kiosk.module.css";
import { go } from "./place.ts";

type Variant = Product["variants"][number];

interface VariantChoiceProps {
  readonly product: Product;
  readonly chosen: Variant | undefined;
}

/** Colours, and the sizes of the one chosen. */
export function VariantChoice({ product, chosen }: VariantChoiceProps) {
  const { t, i18n } = useTranslation();
  const color = chosen?.color ?? product.variants[0]?.color ?? null;
  const ofColor = product.variants.filter((variant) => variant.color === color);
  const choose = (variant: Variant | undefined) => {
    if (variant) go({ at: "product", id: product.id, variant: variant.id });
  };
  const inColor = (name: string) => {
    const others = product.variants.filter((variant) => variant.color === name);
    choose(others.find((variant) => variant.size === chosen?.size) ?? others[0]);
  };
  return (
    <Stack gap="sm">
      {product.colors.length > 1 && (
        <Choices
          label={t("product.colors")}
          names={product.colors}
          say={(name) => colorName(i18n.language, name)}
          chosen={chosen?.color ?? null}
          onChoose={inColor}
        />
      )}
      {ofColor.some((variant) => variant.size !== null) && (
        <Choices
          label={t("product.sizes")}
          names={ofColor.flatMap((variant) => variant.size ?? [])}
          chosen={chosen?.size ?? null}
          onChoose={(size) => choose(ofColor.find((variant) => variant.size === size))}
        />
      )}
    </Stack>
  );
}

interface ChoicesProps {
  readonly label: string;
  readonly names: readonly string[];
  /** How a name is read; absent: as it is. */
  readonly say?: (name: string) => string;
  readonly chosen: string | null;
  readonly onChoose: (name: string) => void;
}

function Choices({ label, names, say = (name) => name, chosen, onChoose }: ChoicesProps) {
  return (
    <fieldset className={classes.choices}>
      <Text component="legend" c="dimmed" mb={4}>
        {label}
      </Text>
      <Group gap="xs">
        {names.map((name) => (
          <Button
            key={name}
            px="md"
            variant={name === chosen ? "filled" : "default"}
            aria-pressed={name === chosen}
            onClick={() => onChoose(name)}
          >
            {say(name)}
          </Button>
        ))}
      </Group>
    </fieldset>
  );
}
