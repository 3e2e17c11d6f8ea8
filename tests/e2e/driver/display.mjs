// @ts-check
// A screen of our own, which nobody sees: so that tests don't disturb a desktop, and look the same everywhere.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { AccessibilityTree } from "./accessibility-tree.mjs";
import { startProcess, temporaryFolder } from "./processes.mjs";
import { until } from "./until.mjs";

const run = promisify(execFile);

/**
 * @typedef {object} Rectangle
 * @property {number} x
 * @property {number} y
 * @property {number} width
 * @property {number} height
 */

/**
 * Brings up a screen.
 *
 * @param {{width: number, height: number}} [size]
 * @param {{accessibility?: boolean}} [options] whether the windows on it can be read like a screen reader does.
 */
export async function openDisplay({ width, height } = { width: 1200, height: 800 }, { accessibility = false } = {}) {
  const runtime = temporaryFolder("display");
  const screen = startProcess(
    "Xvfb",
    ["-displayfd", "3", "-screen", "0", `${width}x${height}x24`, "-nolisten", "tcp", "-noreset"],
    {
      stdio: ["ignore", "pipe", "pipe", "pipe"],
    },
  );
  const display = new Display(`:${await firstLine(screen, 3, "the virtual screen is there")}`, runtime, [screen]);
  if (accessibility) await display.becomeReadable();
  return display;
}

/** Where X has other names for keys than the DOM. @type {Record<string, string>} */
const X_NAMES = {
  ArrowDown: "Down",
  ArrowLeft: "Left",
  ArrowRight: "Right",
  ArrowUp: "Up",
  Backspace: "BackSpace",
  Control: "ctrl",
  Enter: "Return",
  Meta: "super",
  PageDown: "Next",
  PageUp: "Prior",
  Shift: "shift",
  Alt: "alt",
  " ": "space",
  Space: "space",
};

export class Display {
  /** @type {AccessibilityTree | undefined} */
  #tree;

  /**
   * @param {string} name
   * @param {ReturnType<typeof temporaryFolder>} runtime
   * @param {Array<ReturnType<typeof startProcess>>} processes
   */
  constructor(name, runtime, processes) {
    this.runtime = runtime;
    this.processes = processes;
    /** What a program needs to appear on this screen. @type {Record<string, string>} */
    this.environment = { DISPLAY: name, XDG_RUNTIME_DIR: runtime.path, DBUS_SESSION_BUS_ADDRESS: "disabled:" };
  }

  /** Starts a message bus and the accessibility service on it. */
  async becomeReadable() {
    const bus = startProcess("dbus-daemon", ["--session", "--nofork", "--nopidfile", "--print-address=3"], {
      env: { ...process.env, ...this.environment },
      stdio: ["ignore", "pipe", "pipe", "pipe"],
    });
    this.processes.push(bus);
    this.environment.DBUS_SESSION_BUS_ADDRESS = await firstLine(bus, 3, "the message bus is there");
    this.environment.ACCESSIBILITY_ENABLED = "1";
    const env = { ...process.env, ...this.environment };
    this.processes.push(
      startProcess("/usr/libexec/at-spi-bus-launcher", ["--launch-immediately"], { env, farewell: "TERM" }),
    );
    this.#tree = await AccessibilityTree.open(env);
    this.processes.push(this.#tree.process);
  }

  /** What a screen reader would find. */
  tree() {
    if (!this.#tree) throw new Error("This screen was opened without accessibility.");
    return this.#tree.read();
  }

  /** A click in the middle of a rectangle. @param {Rectangle} rectangle @param {'left' | 'right'} [button] */
  async click(rectangle, button = "left") {
    await this.moveTo(rectangle);
    await this.#xdotool("click", button === "left" ? "1" : "3");
  }

  /** Moves the mouse to the middle of a rectangle. @param {Rectangle} rectangle */
  async moveTo({ x, y, width, height }) {
    await this.#xdotool("mousemove", String(Math.round(x + width / 2)), String(Math.round(y + height / 2)));
  }

  /** Presses a key, named as in the DOM, with modifiers in front: `Control+1`. @param {string} key */
  async press(key) {
    await this.#xdotool(
      "key",
      key
        .split("+")
        .map((name) => X_NAMES[name] ?? name)
        .join("+"),
    );
  }

  /** A picture of the whole screen, or of a part. @param {string} file @param {Rectangle} [part] */
  async screenshot(file, part) {
    const crop = part ? ["-crop", `${part.width}x${part.height}+${part.x}+${part.y}`, "+repage"] : [];
    await run("import", ["-window", "root", ...crop, file], { env: { ...process.env, ...this.environment } });
  }

  /** The colours of a part of the screen, three bytes for each pixel. @param {Rectangle} part @returns {Promise<Buffer>} */
  async pixels({ x, y, width, height }) {
    const { stdout } = await run(
      "import",
      ["-window", "root", "-crop", `${width}x${height}+${x}+${y}`, "-depth", "8", "rgb:-"],
      {
        env: { ...process.env, ...this.environment },
        encoding: "buffer",
        maxBuffer: 1 << 26,
      },
    );
    return stdout;
  }

  async close() {
    for (const { child } of [...this.processes].reverse()) child.kill("SIGTERM");
    await Promise.all(this.processes.map((started) => started.stop(2000)));
    this.runtime.remove();
  }

  /** @param {string[]} args */
  async #xdotool(...args) {
    await run("xdotool", args, { env: { ...process.env, ...this.environment } });
  }
}

/**
 * What a program writes first to one of its file descriptors.
 *
 * @param {ReturnType<typeof startProcess>} started
 * @param {number} descriptor
 * @param {string} what
 */
async function firstLine(started, descriptor, what) {
  let text = "";
  /** @type {any} */ (started.child.stdio[descriptor]).on("data", (/** @type {Buffer} */ chunk) => (text += chunk));
  return until(() => text.includes("\n") && text.split("\n")[0], what, { instead: started.output });
}
