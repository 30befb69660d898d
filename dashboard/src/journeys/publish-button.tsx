import { Button, Modal, Radio, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { JourneyView } from "./wire.ts";

const INSIDE = ["finish", "move", "exit"] as const;
export type Inside = (typeof INSIDE)[number];

interface PublishButtonProps {
  readonly journey: JourneyView;
  readonly disabled: boolean;
  readonly loading: boolean;
  readonly onPublish: (inside: Inside) => void;
}

/** Publishes; with people inside it asks first what is to become of them. */
export function PublishButton({ journey, disabled, loading, onPublish }: PublishButtonProps) {
  const { t } = useTranslation();
  const [isAsking, setAsking] = useState(false);
  const [inside, setInside] = useState<Inside>("finish");
  const mustAsk = journey.version > 0 && journey.active > 0;
  return (
    <>
      <Button disabled={disabled} loading={loading} onClick={() => (mustAsk ? setAsking(true) : onPublish("finish"))}>
        {t("journeys.publish")}
      </Button>
      <Modal
        opened={isAsking}
        onClose={() => setAsking(false)}
        title={t("canvas.insideTitle")}
        closeButtonProps={{ "aria-label": t("action.close") }}
      >
        <Stack gap="md">
          <Text size="sm">{t("canvas.insideText", { count: journey.active })}</Text>
          <Radio.Group
            aria-label={t("canvas.insideTitle")}
            value={inside}
            onChange={(value) => setInside(INSIDE.find((one) => one === value) ?? "finish")}
          >
            <Stack gap="sm">
              {INSIDE.map((one) => (
                <Radio
                  key={one}
                  value={one}
                  label={t(`canvas.inside.${one}`)}
                  description={t(`canvas.insideHelp.${one}`)}
                />
              ))}
            </Stack>
          </Radio.Group>
          <Button
            onClick={() => {
              setAsking(false);
              onPublish(inside);
            }}
          >
            {t("journeys.publish")}
          </Button>
        </Stack>
      </Modal>
    </>
  );
}
