import { Button, FileButton, Group, Image, Modal, SimpleGrid, Stack, Text, UnstyledButton } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { ImageView } from "../../../server/src/messages/contracts.ts";
import { ErrorNotice } from "../parts/notices.tsx";
import { announce } from "../shell/announce.ts";
import { imagesQuery } from "./queries.ts";
import { uploadPicture } from "./upload-picture.ts";

interface PicturePickerProps {
  readonly label: string;
  readonly onPick: (image: ImageView) => void;
}

/** One of the uploaded pictures, or a new one. */
export function PicturePicker({ label, onPick }: PicturePickerProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const images = useQuery({ ...imagesQuery, enabled: isOpen });
  const pick = (image: ImageView) => {
    setOpen(false);
    onPick(image);
  };
  const upload = useMutation({
    mutationFn: uploadPicture,
    onSuccess: async (image) => {
      await client.invalidateQueries({ queryKey: imagesQuery.queryKey });
      announce(t("composer.uploaded"));
      pick(image);
    },
  });
  return (
    <>
      <Button variant="default" size="sm" onClick={() => setOpen(true)}>
        {label}
      </Button>
      <Modal
        opened={isOpen}
        onClose={() => setOpen(false)}
        title={t("composer.pictures")}
        size="lg"
        closeButtonProps={{ "aria-label": t("action.close") }}
      >
        <Stack gap="md">
          <Group>
            <FileButton
              accept="image/png,image/jpeg,image/gif,image/webp,image/svg+xml"
              onChange={(file) => {
                if (file) upload.mutate(file);
              }}
            >
              {(props) => (
                <Button {...props} loading={upload.isPending}>
                  {t("composer.upload")}
                </Button>
              )}
            </FileButton>
          </Group>
          {upload.isError ? <ErrorNotice error={upload.error} /> : null}
          {images.data?.items.length === 0 ? <Text c="dimmed">{t("composer.noPictures")}</Text> : null}
          <SimpleGrid cols={{ base: 2, sm: 4 }}>
            {images.data?.items.map((image) => (
              <UnstyledButton key={image.id} onClick={() => pick(image)} aria-label={image.name || image.id}>
                <Image src={new URL(image.url).pathname} h={96} fit="contain" alt="" />
                <Text size="xs" truncate>
                  {image.name}
                </Text>
              </UnstyledButton>
            ))}
          </SimpleGrid>
        </Stack>
      </Modal>
    </>
  );
}
