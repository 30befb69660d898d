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
  /** The one that is shown, perhaps without a size. */
  readonly color: string | null;
}

/** Colours, and the sizes of the one chosen. A size is hers to say: whoever brings it brings what stands there. */
export function VariantChoice({ product, chosen, color }: VariantChoiceProps) {
  const { t, i18n } = useTranslation();
  const variantsOf = (name: string | null) => product.variants.filter((variant) => variant.color === name);
  const ofColor = variantsOf(color);
  const choose = (variant: Variant | undefined) => {
    if (variant) go({ at: "product", id: product.id, variant: variant.id });
  };
  const inColor = (name: string) => {
    const there = variantsOf(name);
    const variant = there.length === 1 ? there[0] : there.find(({ size }) => size === chosen?.size);
    if (variant) choose(variant);
    else go({ at: "product", id: product.id, color: name });
  };
  return (
    <Stack gap="sm">
      {product.colors.length > 1 && (
        <Choices
          label={t("product.colors")}
          names={product.colors}
          say={(name) => colorName(i18n.language, name)}
          chosen={color}
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
