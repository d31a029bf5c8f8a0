//! Remembers light, dark or "as the system" under the key that theme.js reads before the first paint.

import { localStorageColorSchemeManager } from "@mantine/core";

export const colorSchemes = localStorageColorSchemeManager({ key: "guanxi.theme" });
