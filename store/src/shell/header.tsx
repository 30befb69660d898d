import { ActionIcon, Button, Group, Menu, Text, useMantineColorScheme } from "@mantine/core";
import {
  IconBuildingStore,
  IconCashRegister,
  IconClipboardList,
  IconDotsVertical,
  IconReceipt,
  IconUserHeart,
} from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { changeLanguage, LANGUAGE_NAMES, LANGUAGES, rememberLanguage } from "../i18n.ts";
import { storesQuery } from "../products/queries.ts";
import { chooseStore } from "../session/chosen-store.ts";
import { signOut } from "../session/session.ts";
import classes from "./header.module.css";
import { Mark } from "./mark.tsx";

interface HeaderProps {
  readonly staffName: string;
  readonly storeId: string;
}

const PAGES = [
  { to: "/till", label: "nav.till", Icon: IconCashRegister },
  { to: "/queue", label: "nav.queue", Icon: IconClipboardList },
  { to: "/customers", label: "nav.customers", Icon: IconUserHeart },
] as const;

export function Header({ staffName, storeId }: HeaderProps) {
  const { t } = useTranslation();
  const stores = useQuery(storesQuery);
  const store = stores.data?.items.find((item) => item.id === storeId);
  return (
    <Group h="100%" px="md" gap="sm" wrap="nowrap">
      <Mark />
      <Text fw={650} truncate visibleFrom="xs" maw={240}>
        {store?.name}
      </Text>
      <Group component="nav" gap={4} ml="auto" wrap="nowrap" aria-label={t("nav.pages")}>
        {PAGES.map(({ to, label, Icon }) => (
          <Link key={to} to={to} className={classes.page} activeProps={{ className: classes.current ?? "" }}>
            <Icon size={22} aria-hidden="true" />
            <span className={classes.label}>{t(label)}</span>
          </Link>
        ))}
      </Group>
      <MoreMenu staffName={staffName} storeName={store?.name ?? ""} />
    </Group>
  );
}

function MoreMenu({ staffName, storeName }: { readonly staffName: string; readonly storeName: string }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const leave = useMutation({ mutationFn: signOut, onSuccess: () => queries.resetQueries() });
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Menu width={280} position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t("nav.more")}>
          <IconDotsVertical />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{staffName}</Menu.Label>
        <Menu.Item leftSection={<IconReceipt size={20} />} component={Link} to="/sales">
          {t("sales.title")}
        </Menu.Item>
        <Menu.Item leftSection={<IconBuildingStore size={20} />} onClick={() => chooseStore(null)}>
          {t("store.change", { store: storeName })}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{t("nav.language")}</Menu.Label>
        {LANGUAGES.map((language) => (
          <Menu.Item
            key={language}
            lang={language}
            onClick={() => {
              rememberLanguage(language);
              void changeLanguage(language);
            }}
          >
            {LANGUAGE_NAMES[language]}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Label>{t("nav.appearance")}</Menu.Label>
        <Button.Group p="xs">
          {(["auto", "light", "dark"] as const).map((scheme) => (
            <Button
              key={scheme}
              size="sm"
              flex={1}
              px={4}
              variant={scheme === colorScheme ? "filled" : "default"}
              onClick={() => setColorScheme(scheme)}
            >
              {t(`theme.${scheme}`)}
            </Button>
          ))}
        </Button.Group>
        <Menu.Divider />
        <Menu.Item onClick={() => leave.mutate()}>{t("nav.signOut")}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
