import { Group, NumberInput, SimpleGrid, Stack, TagsInput, Textarea, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { Product, ProductBody } from "../../../server/src/catalog/contracts.ts";
import { errorAt } from "../parts/field-error.ts";
import { CategoryField } from "./category-field.tsx";

export type ProductFacts = Omit<ProductBody, "variants">;

export const NO_FACTS: ProductFacts = {
  code: null,
  url: null,
  title: "",
  titles: {},
  description: "",
  descriptions: {},
  brand: "",
  category: "",
  materials: [],
  dimensions: null,
};

export function factsOf(product: Product): ProductFacts {
  const { code, url, title, titles, description, descriptions, brand, category, materials, dimensions } = product;
  return { code, url, title, titles, description, descriptions, brand, category, materials, dimensions };
}

/** The languages beside English that the shop speaks. */
const OTHERS = ["tr", "id"] as const;
const MEASURES = ["width_mm", "depth_mm", "height_mm", "weight_g"] as const;

interface FactsFieldsProps {
  readonly facts: ProductFacts;
  readonly onChange: (facts: ProductFacts) => void;
  readonly error: unknown;
}

/** What a product is called, says of itself, and belongs to. */
export function FactsFields({ facts, onChange, error }: FactsFieldsProps) {
  const { t } = useTranslation();
  const change = (part: Partial<ProductFacts>) => onChange({ ...facts, ...part });
  return (
    <Stack gap="md">
      <TextInput
        label={t("productForm.title")}
        required
        maxLength={500}
        error={errorAt(error, "title")}
        value={facts.title}
        onChange={(event) => change({ title: event.currentTarget.value })}
      />
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        {OTHERS.map((language) => (
          <TextInput
            key={language}
            label={t(`productForm.titleIn.${language}`)}
            maxLength={500}
            value={facts.titles[language] ?? ""}
            onChange={(event) => change({ titles: put(facts.titles, language, event.currentTarget.value) })}
          />
        ))}
      </SimpleGrid>
      <Textarea
        label={t("productForm.description")}
        autosize
        minRows={3}
        maxRows={12}
        maxLength={20_000}
        value={facts.description}
        onChange={(event) => change({ description: event.currentTarget.value })}
      />
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        {OTHERS.map((language) => (
          <Textarea
            key={language}
            label={t(`productForm.descriptionIn.${language}`)}
            autosize
            minRows={2}
            maxRows={12}
            maxLength={20_000}
            value={facts.descriptions[language] ?? ""}
            onChange={(event) => change({ descriptions: put(facts.descriptions, language, event.currentTarget.value) })}
          />
        ))}
      </SimpleGrid>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <CategoryField
          value={facts.category}
          error={errorAt(error, "category")}
          onChange={(category) => change({ category })}
        />
        <TextInput
          label={t("productForm.brand")}
          maxLength={200}
          value={facts.brand}
          onChange={(event) => change({ brand: event.currentTarget.value })}
        />
        <TagsInput
          label={t("productForm.materials")}
          description={t("productForm.materialsText")}
          maxTags={30}
          value={[...facts.materials]}
          onChange={(materials) => change({ materials })}
        />
        <TextInput
          label={t("productForm.code")}
          description={t("productForm.codeText")}
          maxLength={200}
          error={errorAt(error, "code")}
          value={facts.code ?? ""}
          onChange={(event) => change({ code: event.currentTarget.value || null })}
        />
      </SimpleGrid>
      <Group gap="md" grow preventGrowOverflow={false} wrap="wrap">
        {MEASURES.map((measure) => (
          <NumberInput
            key={measure}
            label={t(`productForm.${measure}`)}
            min={0}
            max={measure === "weight_g" ? 10_000_000 : 100_000}
            allowDecimal={false}
            hideControls
            miw={120}
            value={facts.dimensions?.[measure] ?? ""}
            onChange={(value) => change({ dimensions: measured(facts.dimensions, measure, value) })}
          />
        ))}
      </Group>
    </Stack>
  );
}

function put(texts: Readonly<Record<string, string>>, language: string, text: string): Record<string, string> {
  const { [language]: _, ...others } = texts;
  return text === "" ? others : { ...others, [language]: text };
}

function measured(
  now: ProductFacts["dimensions"],
  measure: (typeof MEASURES)[number],
  value: number | string,
): ProductFacts["dimensions"] {
  const { [measure]: _, ...others } = now ?? {};
  const next = value === "" ? others : { ...others, [measure]: Number(value) };
  return Object.keys(next).length === 0 ? null : next;
}
