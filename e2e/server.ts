//! Starts the binary on an empty directory and a free port, and stops it afterwards. Not used with `GUANXI_URL`.

import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Milliseconds until the server must have said where it is. */
const startMs = 30_000;

function lineWith(server: ChildProcess, pattern: RegExp): Promise<RegExpExecArray> {
  return new Promise((resolve, reject) => {
    let said = "";
    const late = setTimeout(() => reject(new Error(`the server did not start:\n${said}`)), startMs);
    server.once("exit", (code) => reject(new Error(`the server ended with ${code}:\n${said}`)));
    server.stderr?.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      const found = pattern.exec(said);
      if (!found) return;
      clearTimeout(late);
      resolve(found);
    });
  });
}

export default async function start(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.GUANXI_URL) return undefined;
  const binary = process.env.GUANXI_BIN;
  if (!binary) throw new Error("Set GUANXI_BIN to the binary, or GUANXI_URL to a server that waits to be set up.");
  const data = await mkdtemp(join(tmpdir(), "guanxi-e2e-"));
  const server = spawn(binary, ["--data", data, "serve", "--listen", "127.0.0.1:0"], {
    cwd: data,
    stdio: ["ignore", "ignore", "pipe"],
  });
  const [, url, token] = await lineWith(server, /: (http:\/\/[\d.:]+)\S*\/setup\?token=(\S+)/);
  process.env.GUANXI_URL = url;
  process.env.GUANXI_SETUP_TOKEN = token;
  return async () => {
    const ended = new Promise((resolve) => server.once("exit", resolve));
    server.kill("SIGTERM");
    await ended;
    await rm(data, { recursive: true, force: true });
  };
}
