import { Anchor, Button, Group, Modal, Select, Stack, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Category } from "../../../server/src/catalog/contracts.ts";
import { call } from "../api/http.ts";
import { ErrorNotice } from "../parts/notices.tsx";
import { categoriesQuery } from "./queries.ts";
import { translated } from "./translated.ts";

interface CategoryFieldProps {
  readonly value: string;
  readonly onChange: (id: string) => void;
  readonly error?: string | undefined;
}

/** Chooses one of the categories, or makes one. */
export function CategoryField({ value, onChange, error }: CategoryFieldProps) {
  const { t, i18n } = useTranslation();
  const categories = useQuery(categoriesQuery).data?.items ?? [];
  const [isMaking, setMaking] = useState(false);
  return (
    <div>
      <Select
        label={t("products.category")}
        required
        searchable
        allowDeselect={false}
        error={error}
        data={categories.map((one) => ({ value: one.id, label: translated(one.titles, i18n.language, one.name) }))}
        value={value || null}
        onChange={(id) => id && onChange(id)}
      />
      <Anchor component="button" type="button" size="sm" mt={4} onClick={() => setMaking(true)}>
        {t("productForm.newCategory")}
      </Anchor>
      <Modal
        opened={isMaking}
        onClose={() => setMaking(false)}
        title={t("productForm.newCategory")}
        closeButtonProps={{ "aria-label": t("action.close") }}
      >
        <NewCategory
          categories={categories}
          onMade={(id) => {
            setMaking(false);
            onChange(id);
          }}
        />
      </Modal>
    </div>
  );
}

interface NewCategoryProps {
  readonly categories: readonly Category[];
  readonly onMade: (id: string) => void;
}

function NewCategory({ categories, onMade }: NewCategoryProps) {
  const { t, i18n } = useTranslation();
  const client = useQueryClient();
  const [title, setTitle] = useState("");
  const [parent, setParent] = useState<string | null>(null);
  const make = useMutation({
    mutationFn: () => call<Category>("PUT", `/v1/categories/${idOf(title)}`, { title: title.trim(), parent }),
    async onSuccess(category) {
      await client.invalidateQueries({ queryKey: categoriesQuery.queryKey });
      onMade(category.id);
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        // It stands above the product's own form in the tree of components.
        event.stopPropagation();
        make.mutate();
      }}
    >
      <Stack>
        <TextInput
          label={t("productForm.title")}
          required
          data-autofocus
          maxLength={200}
          value={title}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <Select
          label={t("productForm.parent")}
          clearable
          searchable
          data={categories.map((one) => ({ value: one.id, label: translated(one.titles, i18n.language, one.name) }))}
          value={parent}
          onChange={setParent}
        />
        {make.isError ? <ErrorNotice error={make.error} /> : null}
        <Group justify="flex-end">
          <Button type="submit" loading={make.isPending} disabled={idOf(title) === ""}>
            {t("productForm.make")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Its id in addresses: small letters and hyphens. */
function idOf(title: string): string {
  return title
    .toLowerCase()
    .replaceAll("ı", "i")
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 60);
}
