import {
  type Icon,
  IconActivity,
  IconArrowsSplit2,
  IconFileImport,
  IconHanger,
  IconHome,
  IconMail,
  IconPackages,
  IconPhone,
  IconReceipt,
  IconSettings,
  IconShieldLock,
  IconUsers,
  IconUsersGroup,
} from "@tabler/icons-react";

/** The rooms of the dashboard in the order of the menu, each with its "G then letter". */
export const ROOMS = [
  { id: "home", to: "/", key: "h", icon: IconHome },
  { id: "people", to: "/people", key: "p", icon: IconUsers },
  { id: "segments", to: "/segments", key: "s", icon: IconUsersGroup },
  { id: "journeys", to: "/journeys", key: "j", icon: IconArrowsSplit2 },
  { id: "messages", to: "/messages", key: "m", icon: IconMail },
  { id: "calls", to: "/calls", key: "l", icon: IconPhone },
  { id: "products", to: "/products", key: "c", icon: IconHanger },
  { id: "orders", to: "/orders", key: "o", icon: IconReceipt },
  { id: "stock", to: "/stock", key: "k", icon: IconPackages },
  { id: "events", to: "/events", key: "e", icon: IconActivity },
  { id: "imports", to: "/imports", key: "i", icon: IconFileImport },
  { id: "privacy", to: "/privacy", key: "y", icon: IconShieldLock },
  { id: "settings", to: "/settings", key: "x", icon: IconSettings },
] as const satisfies readonly { id: string; to: string; key: string; icon: Icon }[];
