//! Browser journeys against the real binary. `GUANXI_BIN` is started on an empty directory; or `GUANXI_URL` names a
//! running server that waits to be set up, with its token in `GUANXI_SETUP_TOKEN`.

import { defineConfig } from "@playwright/test";

const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";

export default defineConfig({
  testDir: "journeys",
  globalSetup: "./server.ts",
  outputDir: "test-results",
  timeout: 60_000,
  expect: { timeout: 10_000 },
  // One firm, one story: the journeys share a workspace and run one after another.
  workers: 1,
  fullyParallel: false,
  forbidOnly: !!process.env.CI,
  reporter: [["line"]],
  use: {
    viewport: { width: 1280, height: 800 },
    trace: "retain-on-failure",
    launchOptions: { executablePath, args: ["--no-sandbox"] },
    contextOptions: { reducedMotion: "reduce" },
  },
  projects: [
    { name: "set up", testMatch: "set_up.spec.ts" },
    { name: "journeys", testIgnore: "set_up.spec.ts", dependencies: ["set up"] },
  ],
});
