import { ActionIcon, AppShell, Box, Burger, Group, NavLink, Text, Tooltip, UnstyledButton } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconKeyboard, IconLogout, IconSearch } from "@tabler/icons-react";
import { Link, Outlet, useRouterState } from "@tanstack/react-router";
import { lazy, Suspense, useCallback, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import type { SessionUser } from "../session/queries.ts";
import { useSignOut } from "../session/sign-out.ts";
import { DemoBand } from "./demo-band.tsx";
import { useGoCommands } from "./go-commands.ts";
import { useKeyHandler } from "./key-handler.ts";
import { Keys } from "./keys.tsx";
import { Mark } from "./mark.tsx";
import { ROOMS } from "./navigation.ts";
import { LanguageSwitch, SchemeSwitch } from "./preferences.tsx";

const Help = lazy(() => import("./help.tsx"));
const Palette = lazy(async () => ({ default: (await import("./palette.tsx")).Palette }));

/** Menu on the left (behind a burger on a phone), the room on the right. */
export function Layout({ user }: { readonly user: SessionUser }) {
  const { t } = useTranslation();
  const [menu, { toggle, close }] = useDisclosure(false);
  const [help, helpDialog] = useDisclosure(false);
  const { palette, openPalette } = usePalette();
  const path = useRouterState({ select: (state) => state.location.pathname });
  useKeyHandler();
  useGoCommands({ palette: openPalette, help: helpDialog.open });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the menu of a phone closes with every change of room
  useEffect(close, [path]);

  return (
    <AppShell
      header={{ height: { base: 48, sm: 0 } }}
      navbar={{ width: 216, breakpoint: "sm", collapsed: { mobile: !menu } }}
      padding={0}
    >
      <AppShell.Header hiddenFrom="sm" bg="var(--kilim-surface)" role="none">
        <Group h="100%" px="sm" justify="space-between" wrap="nowrap">
          <Group gap="xs" wrap="nowrap">
            <Burger opened={menu} onClick={toggle} size="sm" aria-label={t("shell.menu")} />
            <Mark size={22} />
            <Text fw={700}>Kilim</Text>
          </Group>
          <ActionIcon variant="subtle" color="gray" onClick={openPalette} aria-label={t("command.palette")}>
            <IconSearch size={18} />
          </ActionIcon>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar bg="var(--kilim-surface)" p="sm" aria-label={t("shell.menu")}>
        <AppShell.Section visibleFrom="sm" mb="sm">
          <Group gap="xs" px={8} py={4}>
            <Mark />
            <Text fw={700} size="lg">
              Kilim
            </Text>
          </Group>
        </AppShell.Section>
        <AppShell.Section visibleFrom="sm" mb="sm">
          <SearchButton onClick={openPalette} />
        </AppShell.Section>
        <AppShell.Section grow style={{ overflowY: "auto" }}>
          {ROOMS.map((room) => (
            <NavLink
              key={room.id}
              renderRoot={(props) => <Link to={room.to} {...props} />}
              label={t(`nav.${room.id}`)}
              leftSection={<room.icon size={18} stroke={1.6} aria-hidden />}
              active={room.to === "/" ? path === "/" : path.startsWith(room.to)}
              style={{ borderRadius: 6 }}
            />
          ))}
        </AppShell.Section>
        <AppShell.Section>
          <UserFoot user={user} onHelp={helpDialog.open} />
        </AppShell.Section>
      </AppShell.Navbar>
      <AppShell.Main bg="var(--kilim-page)">
        <DemoBand />
        <Outlet />
      </AppShell.Main>
      <Suspense>
        {palette}
        {help ? <Help opened onClose={helpDialog.close} /> : null}
      </Suspense>
    </AppShell>
  );
}

/** The palette's code is loaded when it is first asked for. */
function usePalette() {
  const [isWanted, setWanted] = useState(false);
  const open = useRef<(() => void) | null>(null);
  const onReady = useCallback((ready: () => void) => {
    open.current = ready;
  }, []);
  const openPalette = useCallback(() => {
    if (open.current) open.current();
    else setWanted(true);
  }, []);
  return { palette: isWanted ? <Palette onReady={onReady} /> : null, openPalette };
}

function SearchButton({ onClick }: { readonly onClick: () => void }) {
  const { t } = useTranslation();
  return (
    <UnstyledButton
      onClick={onClick}
      w="100%"
      px={8}
      py={6}
      style={{ border: "1px solid var(--mantine-color-default-border)", borderRadius: 6 }}
    >
      <Group justify="space-between" wrap="nowrap">
        <Group gap={6} wrap="nowrap" c="dimmed">
          <IconSearch size={15} aria-hidden />
          <Text size="sm" c="dimmed">
            {t("command.find")}
          </Text>
        </Group>
        <Keys keys="mod+k" />
      </Group>
    </UnstyledButton>
  );
}

function UserFoot({ user, onHelp }: { readonly user: SessionUser; readonly onHelp: () => void }) {
  const { t } = useTranslation();
  const signOut = useSignOut();
  return (
    <Box pt="xs" style={{ borderTop: "1px solid var(--kilim-line)" }}>
      <Text size="sm" fw={550} truncate px={8}>
        {user.name}
      </Text>
      <Text size="xs" c="dimmed" truncate px={8} mb={4}>
        {user.email}
      </Text>
      <Group gap={2}>
        <SchemeSwitch />
        <LanguageSwitch />
        <Tooltip label={t("command.help")}>
          <ActionIcon variant="subtle" color="gray" onClick={onHelp} aria-label={t("command.help")}>
            <IconKeyboard size={18} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={t("session.signOut")}>
          <ActionIcon variant="subtle" color="gray" onClick={() => signOut.mutate()} aria-label={t("session.signOut")}>
            <IconLogout size={18} />
          </ActionIcon>
        </Tooltip>
      </Group>
    </Box>
  );
}
