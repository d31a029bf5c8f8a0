//! Starts the UI: texts first, then providers and routes.

import "./theme/mantine.css";
import "./theme/app.css";
import { MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { whenSignedOut } from "./api/client";
import { startI18n } from "./i18n";
import { queryClient } from "./query_client";
import { App } from "./routes";
import { colorSchemes } from "./theme/scheme";
import { theme } from "./theme/theme";

// A session that ended elsewhere: the guard then shows the sign-in page and comes back here.
whenSignedOut(() => queryClient.setQueryData(["me"], null));

await startI18n();

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <MantineProvider theme={theme} defaultColorScheme="auto" colorSchemeManager={colorSchemes}>
        <QueryClientProvider client={queryClient}>
          <App />
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  );
}
