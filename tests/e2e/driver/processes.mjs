// @ts-check
// Every process and temporary folder a test makes, so that all of them go away: at close, on Ctrl+C, on a crash.
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { within } from "./until.mjs";

/** @type {Set<() => void>} What still has to be undone if this process ends now. */
const leftovers = new Set();

/**
 * Registers something to undo at the end of this process. Call the result to undo it now.
 *
 * @param {() => void} undo must be synchronous.
 */
export function undoAtExit(undo) {
  listenOnce();
  const once = () => {
    if (leftovers.delete(once)) undo();
  };
  leftovers.add(once);
  return once;
}

let listening = false;
function listenOnce() {
  if (listening) return;
  listening = true;
  const undoAll = () => [...leftovers].reverse().forEach((undo) => undo());
  process.on("exit", undoAll);
  for (const [signal, status] of /** @type {const} */ ([
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ])) {
    process.once(signal, () => process.exit(status));
  }
}

/**
 * A folder that is removed by the returned function, or at the latest when this process ends.
 *
 * @param {string} name
 */
export function temporaryFolder(name) {
  const path = mkdtempSync(join(tmpdir(), `${name}-`));
  const remove = undoAtExit(() => rmSync(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }));
  return { path, remove };
}

const SETPRIV = "/usr/bin/setpriv";

/**
 * Starts a program in a process group of its own, which dies with us whatever way we end.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {object} [options]
 * @param {NodeJS.ProcessEnv} [options.env]
 * @param {import('node:child_process').StdioOptions} [options.stdio]
 * @param {'KILL' | 'TERM'} [options.farewell] the signal it gets when we are gone; TERM for one that has children.
 */
export function startProcess(
  command,
  args,
  { env = process.env, stdio = ["ignore", "pipe", "pipe"], farewell = "KILL" } = {},
) {
  // The kernel sends it even if this process is killed outright and can't clean up.
  const bound = existsSync(SETPRIV) ? [SETPRIV, "--pdeathsig", farewell, "--", command, ...args] : [command, ...args];
  const child = spawn(bound[0], bound.slice(1), { env, stdio, detached: true });
  /** @type {Promise<void>} */
  const gone = new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => (output += chunk));

  const kill = undoAtExit(() => killGroup(child.pid));
  return {
    child,
    /** Resolves when the program has ended. */
    gone,
    /** What it printed so far. */
    output: () => output,
    /** Waits a little for the program to end by itself, then ends its whole group. */
    async stop(ms = 5000) {
      await within(gone, ms).catch(() => {});
      kill();
      await within(gone, 2000).catch(() => {});
    },
  };
}

/** @param {number | undefined} pid of the group's first process. */
export function killGroup(pid) {
  if (!pid) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // The group is gone already, which is what we want.
  }
}
