import { ActionIcon, Button, FileButton, Group, Image, Paper, Select, Stack, Text, TextInput } from "@mantine/core";
import { IconArrowLeft, IconArrowRight, IconTrash, IconUpload } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Photo, Product } from "../../../server/src/catalog/contracts.ts";
import { call, Problem, withQuery } from "../api/http.ts";
import { Card } from "../parts/card.tsx";
import { ErrorNotice } from "../parts/notices.tsx";

/** Photos in their order: the first stands for the product. Of each only the pixels are kept. */
export function PhotosCard({ product }: { readonly product: Product }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const again = () => client.invalidateQueries({ queryKey: ["products"] });
  const [alt, setAlt] = useState("");
  const [variant, setVariant] = useState<string | null>(null);
  const { photos } = product;
  const upload = useMutation({
    mutationFn: async (files: readonly File[]) => {
      for (const file of files) await send(product.id, file, { alt, variant });
    },
    onSuccess: () => setAlt(""),
    onSettled: again,
  });
  const arrange = useMutation({
    mutationFn: (order: readonly string[]) => call("PUT", `/v1/products/${product.id}/photos`, { photos: order }),
    onSettled: again,
  });
  const remove = useMutation({
    mutationFn: (id: string) => call("DELETE", `/v1/photos/${id}`),
    onSettled: again,
  });
  const move = (from: number, to: number) => {
    const order = photos.map(({ id }) => id);
    const [moved = ""] = order.splice(from, 1);
    arrange.mutate(order.toSpliced(to, 0, moved));
  };
  const error = upload.error ?? arrange.error ?? remove.error;
  return (
    <Card title={t("productForm.photos")}>
      {photos.length === 0 ? <Text c="dimmed">{t("productForm.noPhotos")}</Text> : null}
      <Group gap="sm" align="stretch">
        {photos.map((photo, i) => (
          <Shown
            key={photo.id}
            photo={photo}
            of={product.variants.find(({ id }) => id === photo.variant_id)?.color ?? null}
            onLeft={i > 0 ? () => move(i, i - 1) : null}
            onRight={i < photos.length - 1 ? () => move(i, i + 1) : null}
            onRemove={() => remove.mutate(photo.id)}
          />
        ))}
      </Group>
      <Group gap="sm" align="flex-end">
        <TextInput
          label={t("productForm.alt")}
          flex="1 1 200px"
          maxLength={500}
          value={alt}
          onChange={(event) => setAlt(event.currentTarget.value)}
        />
        <Select
          label={t("productForm.photoOf")}
          clearable
          placeholder={t("productForm.wholeProduct")}
          data={product.variants.map(({ id, color, size, sku }) => ({
            value: id,
            label: [color, size].filter(Boolean).join(", ") || sku,
          }))}
          value={variant}
          onChange={setVariant}
        />
        <FileButton
          multiple
          accept="image/jpeg,image/png,image/webp"
          onChange={(files) => files.length > 0 && upload.mutate(files)}
        >
          {(props) => (
            <Button
              {...props}
              variant="default"
              loading={upload.isPending}
              leftSection={<IconUpload size={16} aria-hidden />}
            >
              {t("productForm.upload")}
            </Button>
          )}
        </FileButton>
      </Group>
      {error ? <ErrorNotice error={error} /> : null}
    </Card>
  );
}

interface ShownProps {
  readonly photo: Photo;
  readonly of: string | null;
  readonly onLeft: (() => void) | null;
  readonly onRight: (() => void) | null;
  readonly onRemove: () => void;
}

function Shown({ photo, of, onLeft, onRight, onRemove }: ShownProps) {
  const { t } = useTranslation();
  const name = photo.alt || t("productForm.photo");
  return (
    <Paper withBorder p={6} data-testid="photo">
      <Stack gap={4} w={132}>
        <Image src={`${photo.url}?w=480`} alt={name} h={132} fit="contain" radius="sm" />
        <Text size="xs" c="dimmed" lineClamp={1}>
          {of ?? t("productForm.wholeProduct")}
        </Text>
        <Group gap={4} justify="space-between">
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t("productForm.forward", { name })}
            disabled={!onLeft}
            onClick={() => onLeft?.()}
          >
            <IconArrowLeft size={16} aria-hidden />
          </ActionIcon>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t("productForm.back", { name })}
            disabled={!onRight}
            onClick={() => onRight?.()}
          >
            <IconArrowRight size={16} aria-hidden />
          </ActionIcon>
          <ActionIcon variant="subtle" color="gray" aria-label={t("productForm.remove", { name })} onClick={onRemove}>
            <IconTrash size={16} aria-hidden />
          </ActionIcon>
        </Group>
      </Stack>
    </Paper>
  );
}

/** A file as it is; the server says what it is and keeps its pixels. */
async function send(
  productId: string,
  file: File,
  { alt, variant }: { readonly alt: string; readonly variant: string | null },
): Promise<void> {
  const response = await fetch(withQuery(`/v1/products/${productId}/photos`, { alt, variant }), {
    method: "POST",
    credentials: "same-origin",
    headers: { "content-type": "application/octet-stream" },
    body: file,
  });
  if (response.ok) return;
  const problem = (await response.json().catch(() => ({}))) as { code?: string; detail?: string };
  throw new Problem(
    response.status,
    problem.code ?? "upload",
    `${file.name}: ${problem.detail ?? response.statusText}`,
  );
}
