import react from "@vitejs/plugin-react";
import type { PluginOption } from "vite";
import { defineConfig } from "vitest/config";

/** `GUANXI_URL` points the dev server at a running server; without it a small mock answers (never in the build). */
const server = process.env.GUANXI_URL;

async function mock(command: string): Promise<PluginOption[]> {
  if (command !== "serve" || server || process.env.VITEST) return [];
  const { mockApi } = await import("./dev/mock.ts");
  return [mockApi()];
}

export default defineConfig(async ({ command }) => ({
  plugins: [react(), ...(await mock(command))],
  server: {
    port: 5180,
    proxy: server ? { "/api": server, "/w": server } : undefined,
  },
  preview: { port: 5181, proxy: server ? { "/api": server, "/w": server } : undefined },
  test: { environment: "happy-dom", include: ["src/**/*.test.{ts,tsx}"] },
  build: {
    target: "es2022",
    // Strict CSP: nothing may be inlined as data: or as a script tag.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    manifest: true,
  },
}));
