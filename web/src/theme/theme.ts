//! The look: one accent, one type scale (12 13 14 16 20), one spacing scale (4 8 12 16 24). Component defaults only.

import { createTheme, type MantineColorsTuple } from "@mantine/core";

const jade: MantineColorsTuple = [
  "#e8f6f2",
  "#d2ece5",
  "#a6dacc",
  "#76c6b1",
  "#4fb39a",
  "#2f9f85",
  "#188a72",
  "#0b7566",
  "#0a5f54",
  "#084c44",
];

const red: MantineColorsTuple = [
  "#fdecec",
  "#f9d2d2",
  "#f2a8a8",
  "#ec8080",
  "#ff8f8f",
  "#dc4a4a",
  "#cf3434",
  "#bf2626",
  "#a81f1f",
  "#8c1a1a",
];

const dark: MantineColorsTuple = [
  "#e6e8ea",
  "#b9bfc4",
  "#9aa2a9",
  "#6b747c",
  "#3a4147",
  "#2c3237",
  "#22272b",
  "#1a1e21",
  "#141719",
  "#0e1012",
];

export const theme = createTheme({
  primaryColor: "jade",
  primaryShade: { light: 7, dark: 7 },
  colors: { jade, red, dark },
  fontFamily:
    'system-ui, -apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", Consolas, monospace',
  fontSizes: { xs: "12px", sm: "13px", md: "14px", lg: "16px", xl: "20px" },
  spacing: { xs: "4px", sm: "8px", md: "12px", lg: "16px", xl: "24px" },
  radius: { xs: "3px", sm: "5px", md: "7px", lg: "10px", xl: "16px" },
  defaultRadius: "sm",
  headings: {
    fontWeight: "600",
    sizes: { h1: { fontSize: "20px" }, h2: { fontSize: "16px" }, h3: { fontSize: "14px" } },
  },
  cursorType: "pointer",
  // By name and not by `extend`, so that the first load does not carry components that it does not show.
  components: {
    InputWrapper: {
      styles: {
        label: { fontWeight: 500, marginBottom: 3 },
        description: { fontSize: 12 },
        error: { fontSize: 12 },
      },
    },
    Button: { styles: { root: { fontWeight: 500 } }, defaultProps: { size: "xs" } },
    ActionIcon: { defaultProps: { variant: "subtle", color: "gray", size: "md" } },
    Tooltip: { defaultProps: { openDelay: 400, withArrow: false } },
    Menu: { defaultProps: { shadow: "md", withinPortal: true } },
    Modal: {
      defaultProps: { centered: false, yOffset: "8vh", overlayProps: { backgroundOpacity: 0.4 } },
    },
    Select: { defaultProps: { allowDeselect: false, checkIconPosition: "right" } },
  },
});
