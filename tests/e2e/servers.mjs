// @ts-check
/** The real portal and the sample apps, started for one test run on ports of their own with an empty database. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { get } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { DifficultPortal } from "./difficult-portal.mjs";

/** Where the servers' programs are. */
export const programs = process.env.MY_APPS_SERVERS ?? new URL("../../target/debug", import.meta.url).pathname;

/** The person of most stories, and the one who has every app; the portal's demo data knows both. */
export const alex = { username: "alex@contoso.example", password: "portal-demo-1", name: "Alex Wilber" };
export const sam = { username: "sam@contoso.example", password: "portal-demo-2", name: "Sam Rivera" };

/**
 * @typedef {object} Server
 * @property {number} port
 * @property {() => string} log     everything it printed
 * @property {() => Promise<void>} stop
 */

/**
 * Starts a server and waits until it says where it listens.
 * @param {string} program
 * @param {string[]} args
 * @returns {Promise<Server>}
 */
async function start(program, args) {
  const child = spawn(join(programs, program), args, { stdio: ["ignore", "pipe", "pipe"] });
  let log = "";
  child.stderr.on("data", (data) => (log += data));
  const gone = new Promise((resolve) => child.once("exit", resolve));
  const lines = createInterface({ input: child.stdout });
  const port = await new Promise((resolve, reject) => {
    lines.on("line", (line) => {
      log += `${line}\n`;
      const listening = /^listening on http:\/\/127\.0\.0\.1:(\d+)$/.exec(line);
      if (listening) resolve(Number(listening[1]));
    });
    child.once("error", (error) => reject(new Error(`${program} could not be started: ${error.message}`)));
    gone.then(() => reject(new Error(`${program} ended before it listened:\n${log}`)));
  });
  const atExit = () => child.kill("SIGKILL");
  process.once("exit", atExit);
  const stop = async () => {
    process.off("exit", atExit);
    child.kill("SIGTERM");
    await gone;
  };
  return { port, log: () => log, stop };
}

/**
 * Portal and sample apps; `portal.url` and `sample(name)` are what a person would type. A difficult portal stands before the
 * real one, and its address is the one that both people and the portal know. An empty portal is as a company first starts it.
 * @param {{portalPort?: number, arguments?: string[], folder?: string, difficult?: boolean, empty?: boolean}} [options]
 */
export async function startServers(options = {}) {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), "my-apps-portal-"));
  const difficult = new DifficultPortal();
  if (options.difficult) await difficult.start();
  const samples = await start("sample-apps", ["--listen", "127.0.0.1:0"]);
  const portal = await start("my-apps-portal", [
    "serve",
    "--listen", `127.0.0.1:${options.portalPort ?? 0}`,
    "--database", join(folder, "portal.db"),
    "--key-file", join(folder, "portal.key"),
    ...(options.empty ? [] : ["--demo-data", "--sample-apps", `http://{name}.localhost:${samples.port}`]),
    ...(options.difficult ? ["--public-url", difficult.url] : []),
    ...(options.arguments ?? []),
  ]);
  difficult.leadTo(portal.port);
  return {
    folder,
    portal: { ...portal, url: options.difficult ? difficult.url : `http://portal.localhost:${portal.port}` },
    /** The portal on a bad day, where the story has one. */
    difficult,
    samples,
    /** @param {string} name @param {string} [path] */
    sample: (name, path = "/login") => `http://${name}.localhost:${samples.port}${path}`,
    /** How often a sample app was asked to sign somebody in. @param {string} name @returns {Promise<{attempts: number, succeeded: number}>} */
    attempts: (name) => getJson(samples.port, `${name}.localhost:${samples.port}`, "/attempts"),
    stop: async () => {
      difficult.stop();
      await portal.stop();
      await samples.stop();
      if (!options.folder) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** `fetch` would not let us say which host we mean. @param {number} port @param {string} host @param {string} path */
function getJson(port, host, path) {
  return new Promise((resolve, reject) => {
    get({ host: "127.0.0.1", port, path, headers: { host } }, (answer) => {
      let text = "";
      answer.on("data", (data) => (text += data));
      answer.on("end", () => resolve(JSON.parse(text)));
    }).on("error", reject);
  });
}
