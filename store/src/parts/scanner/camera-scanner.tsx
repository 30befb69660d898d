import { Alert, Modal, Stack, Text } from "@mantine/core";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useReturnFocus } from "../use-return-focus.ts";
import classes from "./camera-scanner.module.css";
import { useCamera } from "./use-camera.ts";

interface CameraScannerProps {
  /** Keep it the same function between renders; called once per code shown, also while one is being worked on. */
  readonly onCode: (code: string) => void;
  readonly onClose: () => void;
}

/** The camera, large, until a code was found or somebody closes it. `onCode` decides whether it stays open. */
export function CameraScanner({ onCode, onClose }: CameraScannerProps) {
  const { t } = useTranslation();
  useReturnFocus();
  return (
    <Modal opened onClose={onClose} title={t("scanner.title")} closeButtonProps={{ "aria-label": t("scanner.close") }}>
      <Viewfinder onCode={onCode} />
    </Modal>
  );
}

function Viewfinder({ onCode }: Pick<CameraScannerProps, "onCode">) {
  const { t } = useTranslation();
  const video = useRef<HTMLVideoElement>(null);
  const tell = useRef(onCode);
  tell.current = onCode;
  const [heard] = useState(() => (code: string) => tell.current(code));
  const state = useCamera(video, heard);
  if (state === "refused" || state === "missing" || state === "broken") {
    return (
      <Alert role="alert" title={t(`scanner.${state}`)}>
        {t(`scanner.${state}Help`)}
      </Alert>
    );
  }
  return (
    <Stack gap="sm">
      <div className={classes.frame}>
        <video ref={video} className={classes.video} muted playsInline aria-label={t("scanner.picture")} />
        <div className={classes.line} aria-hidden="true" />
      </div>
      <Text role="status" c="dimmed">
        {t(state === "opening" ? "scanner.opening" : "scanner.hold")}
      </Text>
    </Stack>
  );
}
