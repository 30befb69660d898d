import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from "@mantine/core";

/** Kilim red and its ramp; index 6 is the accent itself. */
const kilim: MantineColorsTuple = [
  "#fdf1ef",
  "#f7ddd9",
  "#edbab3",
  "#e3948a",
  "#dc7a6e",
  "#c9503f",
  "#b3312c",
  "#982722",
  "#7d1f1b",
  "#611714",
];

const warmGray: MantineColorsTuple = [
  "#faf9f7",
  "#f4f2ee",
  "#eae6e0",
  "#dcd7cf",
  "#c6bfb5",
  "#a39b90",
  "#6b635a",
  "#534c45",
  "#38332e",
  "#221f1c",
];

const warmDark: MantineColorsTuple = [
  "#dcd7d0",
  "#c0bab2",
  "#a29b92",
  "#7a736b",
  "#4a443e",
  "#3a3530",
  "#292522",
  "#1d1a18",
  "#151312",
  "#0e0d0c",
];

export const theme = createTheme({
  primaryColor: "kilim",
  primaryShade: 6,
  colors: { kilim, gray: warmGray, dark: warmDark },
  black: "#221f1c",
  defaultRadius: "sm",
  radius: { xs: "4px", sm: "6px", md: "8px", lg: "12px", xl: "24px" },
  spacing: { xs: "8px", sm: "12px", md: "16px", lg: "24px", xl: "32px" },
  fontSizes: { xs: "12px", sm: "13.5px", md: "15px", lg: "17px", xl: "20px" },
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif',
  headings: {
    fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif',
    fontWeight: "650",
    sizes: { h1: { fontSize: "22px" }, h2: { fontSize: "17px" }, h3: { fontSize: "15px" } },
  },
  respectReducedMotion: true,
  cursorType: "pointer",
  components: {
    Paper: { defaultProps: { withBorder: true, shadow: undefined } },
    Tooltip: { defaultProps: { openDelay: 250, withArrow: true, multiline: true, maw: 320 } },
    Tabs: { classNames: { list: "kilim-tabs" } },
    Table: { defaultProps: { verticalSpacing: "xs", horizontalSpacing: "sm" } },
    Drawer: {
      styles: { title: { fontWeight: 650, fontSize: 17 } },
      defaultProps: { position: "right", size: "lg", overlayProps: { backgroundOpacity: 0.3 } },
    },
    Modal: { defaultProps: { overlayProps: { backgroundOpacity: 0.3 } } },
  },
});

/** The colours of badges and avatars; their text on the light tint is darkened until it reads (WCAG 2.2 AA). */
const TINTED = ["teal", "orange", "lime", "grape", "cyan", "pink", "indigo"];
const readable = Object.fromEntries(
  TINTED.map((color) => [
    `--mantine-color-${color}-light-color`,
    `color-mix(in srgb, var(--mantine-color-${color}-9) 70%, black)`,
  ]),
);

/** Page behind, cards in front: one step of warm grey in both schemes. */
export const cssVariables: CSSVariablesResolver = (current) => ({
  variables: {},
  light: {
    "--kilim-page": current.colors.gray[0],
    "--kilim-surface": "#ffffff",
    "--kilim-line": current.colors.gray[2],
    "--kilim-fresh": "#fdf1ef",
    "--kilim-warning": "#a34a06",
    "--mantine-color-error": "#b3261e",
    "--mantine-color-default-border": current.colors.gray[3],
    ...readable,
  },
  dark: {
    "--kilim-page": current.colors.dark[8],
    "--kilim-surface": current.colors.dark[7],
    "--kilim-line": current.colors.dark[5],
    "--kilim-fresh": "#3a2320",
    "--kilim-warning": "#ffb066",
    "--mantine-color-default-border": current.colors.dark[4],
    "--mantine-color-error": "#f0897c",
  },
});
