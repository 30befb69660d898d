import "@mantine/notifications/styles.layer.css";

import { Notifications, notifications } from "@mantine/notifications";
import { useEffect } from "react";

import { showWith } from "./announce.ts";

export default function Toasts() {
  useEffect(() => showWith((message) => notifications.show({ message })), []);
  return <Notifications position="bottom-right" autoClose={8_000} />;
}
