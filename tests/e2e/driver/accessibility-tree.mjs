// @ts-check
// Reads the browser's own windows (toolbar, menus, questions) the way a screen reader does.
import { join } from "node:path";
import { createInterface } from "node:readline";
import { startProcess } from "./processes.mjs";
import { within } from "./until.mjs";

/**
 * @typedef {object} AccessibleNode
 * @property {string} role
 * @property {string} name
 * @property {string[]} states
 * @property {import('./display.mjs').Rectangle | null} rect on the screen.
 * @property {AccessibleNode[]} children
 */

const READER = join(import.meta.dirname, "accessibility-tree.py");

export class AccessibilityTree {
  /** @type {Array<(answer: any) => void>} */
  #waiting = [];

  /** @param {ReturnType<typeof startProcess>} started */
  constructor(started) {
    this.process = started;
    createInterface({ input: /** @type {any} */ (started.child.stdout) }).on("line", (line) =>
      this.#waiting.shift()?.(JSON.parse(line)),
    );
  }

  /** Starts the reader. @param {NodeJS.ProcessEnv} env with the display and its message bus. */
  static async open(env) {
    // The system's own Python has the bindings.
    const tree = new AccessibilityTree(
      startProcess("/usr/bin/python3", [READER], { env, stdio: ["pipe", "pipe", "pipe"] }),
    );
    await within(tree.#next(), 20_000, "the accessibility service answers").catch((error) => {
      throw new Error(`${error.message}\n${tree.process.output()}`);
    });
    return tree;
  }

  /** All applications on the display. @returns {Promise<AccessibleNode[]>} */
  read() {
    this.process.child.stdin?.write("read\n");
    return within(this.#next(), 20_000, "the accessibility tree");
  }

  /** @returns {Promise<any>} */
  #next() {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}

/** All nodes of a tree, parents first. @param {AccessibleNode[]} nodes @returns {Generator<AccessibleNode>} */
export function* walk(nodes) {
  for (const node of nodes) {
    yield node;
    yield* walk(node.children);
  }
}
