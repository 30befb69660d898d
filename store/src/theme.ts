import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from "@mantine/core";

/** Kilim red; index 6 is the accent itself. */
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
  "#ece7e0",
  "#cdc6bd",
  "#b0a79c",
  "#8a8178",
  "#544d46",
  "#3f3933",
  "#2c2824",
  "#1e1b18",
  "#161412",
  "#0e0d0c",
];

/** For thumbs, at arm's length, in a bright shop: larger than the dashboard, and nothing below 15 px. */
export const theme = createTheme({
  primaryColor: "kilim",
  primaryShade: 6,
  colors: { kilim, gray: warmGray, dark: warmDark },
  black: "#1b1815",
  defaultRadius: "md",
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif',
  fontSizes: { xs: "15px", sm: "16px", md: "17px", lg: "20px", xl: "24px" },
  headings: {
    fontWeight: "650",
    sizes: { h1: { fontSize: "26px" }, h2: { fontSize: "20px" }, h3: { fontSize: "18px" } },
  },
  respectReducedMotion: true,
  cursorType: "pointer",
  components: {
    Button: { defaultProps: { size: "lg" } },
    TextInput: { defaultProps: { size: "lg" } },
    PasswordInput: { defaultProps: { size: "lg" } },
    NumberInput: { defaultProps: { size: "lg" } },
    ActionIcon: { defaultProps: { size: 48, variant: "default" } },
    Card: { defaultProps: { withBorder: true, padding: "md" } },
    // On their tinted grounds the tints themselves are too faint to be read.
    Alert: { styles: { title: { color: "var(--mantine-color-text)" } } },
    Badge: { defaultProps: { size: "lg", variant: "light", tt: "none" } },
  },
});

/** Mantine's own dimmed text is too faint for a sunny shop (3.3 : 1). */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: { "--mantine-color-dimmed": "#5f574f" },
  dark: { "--mantine-color-dimmed": "#bdb4a9" },
});
