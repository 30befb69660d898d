import { Text, type TextProps, Tooltip } from "@mantine/core";
import { useEffect, useState } from "react";

import { useFormat } from "../i18n/format.ts";

interface WhenProps extends TextProps {
  readonly at: string | null | undefined;
}

/** "3 minutes ago", with the full moment and its time zone one hover away. */
export function When({ at, ...props }: WhenProps) {
  const format = useFormat();
  useMinute();
  if (!at)
    return (
      <Text span c="dimmed" size="sm" {...props}>
        –
      </Text>
    );
  return (
    <Tooltip label={format.moment(at)}>
      <Text component="time" dateTime={at} size="sm" style={{ whiteSpace: "nowrap" }} {...props}>
        {format.ago(at)}
      </Text>
    </Tooltip>
  );
}

function useMinute(): void {
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((count) => count + 1), 30_000);
    return () => clearInterval(timer);
  }, []);
}
