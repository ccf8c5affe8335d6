// Firefox, asked in its own protocol: no driver has to be built for it.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as later } from "node:timers/promises";

/** Where Firefox is, or nothing. */
export const program = [process.env.FIREFOX_PATH, "/usr/bin/firefox-esr", "/usr/bin/firefox"].find((path) => path && existsSync(path));

const PREFERENCES = {
  "marionette.port": 0,
  // Whatever else the browser wants to ask, it asks nobody: all but the loopback address goes to a port where nothing listens.
  "network.proxy.type": 1,
  "network.proxy.http": "127.0.0.1",
  "network.proxy.http_port": 9,
  "network.proxy.ssl": "127.0.0.1",
  "network.proxy.ssl_port": 9,
  "services.settings.server": "data:,",
  "intl.accept_languages": "en",
};
const PATIENCE = 20_000;

/** Starts a browser. */
export async function firefox() {
  const profile = mkdtempSync(join(tmpdir(), "preclear-firefox-"));
  const lines = Object.entries(PREFERENCES).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`);
  writeFileSync(join(profile, "user.js"), lines.join(""));
  const browser = spawn(program, ["--headless", "--marionette", "--no-remote", "--profile", profile], { stdio: "ignore" });
  const ended = once(browser, "exit");
  const close = async () => {
    browser.kill();
    await ended;
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const send = await marionette(await port(profile, browser));
    await send("WebDriver:NewSession", {});
    /** Runs a function in the page, with arguments and a result that JSON can hold; a promise is waited for. */
    const run = async (act, ...given) => (await send("WebDriver:ExecuteScript", { script: `return (${act})(...arguments)`, args: given })).value;
    return {
      run,
      close,
      open: (url) => send("WebDriver:Navigate", { url }),
      /** Waits until a function in the page gives something that is true. */
      async until(act, ...given) {
        for (const end = Date.now() + PATIENCE; ; await later(20)) {
          const found = await run(act, ...given);
          if (found) return found;
          if (Date.now() > end) throw new Error(`in vain: ${act} ${JSON.stringify(given)}`);
        }
      },
      /** Presses keys one after another, as WebDriver writes them. */
      press: (...keys) =>
        send("WebDriver:PerformActions", {
          actions: [{ type: "key", id: "keyboard", actions: keys.flatMap((value) => [{ type: "keyDown", value }, { type: "keyUp", value }]) }],
        }),
      resize: (width, height) => send("WebDriver:SetWindowRect", { width, height }),
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The port, which the browser writes into its profile. */
async function port(profile, browser) {
  const file = join(profile, "MarionetteActivePort");
  for (const end = Date.now() + PATIENCE; Date.now() < end && browser.exitCode === null; await later(50)) {
    const number = existsSync(file) && Number(readFileSync(file, "utf8"));
    if (number) return number;
  }
  throw new Error("Firefox did not start");
}

/** A connection: messages are JSON with their length before them, `[0, id, command, parameters]` and `[1, id, error, result]`. */
async function marionette(port) {
  const socket = connect(port, "127.0.0.1");
  await once(socket, "connect");
  const waiting = new Map();
  let buffer = Buffer.alloc(0);
  let ready;
  const greeted = new Promise((resolve) => (ready = resolve));
  socket.on("data", (data) => {
    buffer = Buffer.concat([buffer, data]);
    for (;;) {
      const colon = buffer.indexOf(":");
      const end = colon + 1 + Number(buffer.subarray(0, Math.max(colon, 0)));
      if (colon < 0 || buffer.length < end) return;
      const message = JSON.parse(buffer.subarray(colon + 1, end));
      buffer = buffer.subarray(end);
      if (!Array.isArray(message)) {
        ready();
        continue;
      }
      const [, id, error, result] = message;
      const { resolve, reject } = waiting.get(id);
      waiting.delete(id);
      if (error) reject(new Error(`${error.error}: ${error.message}`));
      else resolve(result);
    }
  });
  const gone = () => waiting.forEach(({ reject }) => reject(new Error("Firefox is gone")));
  socket.on("error", gone).on("close", gone);
  await greeted;
  let last = 0;
  return (command, parameters) =>
    new Promise((resolve, reject) => {
      const id = (last += 1);
      waiting.set(id, { resolve, reject });
      const text = JSON.stringify([0, id, command, parameters]);
      socket.write(`${Buffer.byteLength(text)}:${text}`);
    });
}
