//! Pictures of every screen of the binary `GUANXI_BIN` with its demo firm, into the folder `GUANXI_SCREENS`.

import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const { GUANXI_BIN: binary, GUANXI_SCREENS: out = "../screens" } = process.env;
if (!binary) throw new Error("Set GUANXI_BIN to the binary.");
/** Size of the demo firm: enough that no list is empty. */
const scale = "0.2";

const data = await mkdtemp(join(tmpdir(), "guanxi-screens-"));
const server = spawn(binary, ["demo", "--dir", data, "--scale", scale, "--listen", "127.0.0.1:0"], {
  stdio: ["ignore", "ignore", "pipe"],
});
const base = await new Promise((resolve, reject) => {
  let said = "";
  server.once("exit", (code) => reject(new Error(`the server ended with ${code}:\n${said}`)));
  server.stderr.on("data", (chunk) => {
    said += chunk;
    const found = /serves at (http:\/\/\S+)/.exec(said);
    if (found) resolve(found[1]);
  });
});
const [email, password] = (await readFile(join(data, "sign-in.txt"), "utf8")).split("\n");
const script = new URL("../web/scripts/screens.mjs", import.meta.url).pathname;
const taking = spawn(process.execPath, [script, out, base, ...process.argv.slice(2)], {
  stdio: "inherit",
  env: { ...process.env, GUANXI_EMAIL: email, GUANXI_PASSWORD: password },
});
process.exitCode = await new Promise((resolve) => taking.once("exit", (code) => resolve(code ?? 1)));
server.removeAllListeners("exit");
server.kill("SIGTERM");
await new Promise((resolve) => server.once("exit", resolve));
await rm(data, { recursive: true, force: true });
