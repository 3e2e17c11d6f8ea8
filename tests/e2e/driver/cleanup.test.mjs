// @ts-check
// However a story ends, no process and no folder of the driver is left behind.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { until } from "./until.mjs";

const chosen = process.env.DRIVER_BROWSERS?.split(",") ?? ["chromium-screen", "firefox-screen"];

/** A story that starts a browser, says so, and then ends in the given way. @param {string} name @param {string} ending */
const story = (name, ending) => `
  const { startBrowser } = await import(${JSON.stringify(join(import.meta.dirname, "index.mjs"))});
  const browser = await startBrowser({
    browser: ${JSON.stringify(name.split("-")[0])}, headless: ${!name.endsWith("-screen")},
    extension: ${JSON.stringify(join(import.meta.dirname, "fixture"))},
  });
  console.log('started');
  ${ending}`;

const ENDINGS = {
  "an exception nobody catches": { code: 'setTimeout(() => { throw new Error("crash"); });' },
  "Ctrl+C": { code: "setInterval(() => {}, 1000);", signal: /** @type {const} */ ("SIGINT") },
  "being killed": { code: "setInterval(() => {}, 1000);", signal: /** @type {const} */ ("SIGKILL") },
};

/** The processes that were started with this folder for temporary files. @param {string} folder */
function processesOf(folder) {
  return readdirSync("/proc").filter((entry) => {
    if (!/^\d+$/.test(entry)) return false;
    try {
      return ["environ", "cmdline"].some((part) => readFileSync(`/proc/${entry}/${part}`, "utf8").includes(folder));
    } catch {
      return false; // It ended while we looked.
    }
  });
}

for (const name of chosen) {
  for (const [how, ending] of Object.entries(ENDINGS)) {
    test(`${name}: nothing is left after ${how}`, async () => {
      const folder = mkdtempSync(join(tmpdir(), "driver-cleanup-"));
      const child = spawn(process.execPath, ["--input-type=module", "-e", story(name, ending.code)], {
        env: { ...process.env, TMPDIR: folder },
        stdio: ["ignore", "pipe", "ignore"],
      });
      let output = "";
      child.stdout.on("data", (chunk) => (output += chunk));
      const ended = new Promise((resolve) => child.once("exit", resolve));
      await until(() => output.includes("started"), "the browser starts", { ms: 60_000 });
      assert.ok(processesOf(folder).length > 1, "the browser’s processes can be recognized");

      if ("signal" in ending) child.kill(ending.signal);
      await ended;
      await until(() => processesOf(folder).length === 0, "all processes are gone", {
        instead: () => processesOf(folder).join(),
      });
      // A process that is killed outright can't tidy its folders up.
      if (how !== "being killed") assert.deepEqual(readdirSync(folder), []);
      // Some of the browser's helpers can't be recognized, and may still be writing.
      rmSync(folder, { recursive: true, maxRetries: 20, retryDelay: 100 });
    });
  }
}
