// @ts-check
// Waiting for something a person could see, with a deadline, and saying in words what was there instead.

/** How long a patient person would wait before calling it broken, on a machine that is busy with something else. */
export const PATIENCE = 30_000;
/** Most things are there in a moment, so the first looks follow each other quickly, each after twice the time of the one before, in ms. */
const FIRST_INTERVAL = 2;
const INTERVAL = 25;
/** What one look may take. A page that closes meanwhile may never answer. */
const LOOK = 15_000;

/** What `probe` throws when waiting can't help any more. */
export class Hopeless extends Error {}

/** Only for times that a browser itself sets. @param {number} ms */
export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Asks `probe` again and again until it answers with something truthy, and returns that answer.
 * An error from `probe` counts as "not yet" and is quoted if the time runs out, unless it is hopeless.
 *
 * @template T
 * @param {() => T | Promise<T>} probe
 * @param {string} what is waited for, in the words of somebody looking at the screen.
 * @param {object} [options]
 * @param {number} [options.ms] the deadline.
 * @param {() => string | Promise<string>} [options.instead] tells what is there, for the error.
 * @returns {Promise<import('./interface.d.ts').Truthy<T>>}
 */
export async function until(probe, what, { ms = PATIENCE, instead } = {}) {
  const begun = Date.now();
  const deadline = begun + ms;
  /** @type {unknown} */
  let lastError;
  for (let interval = FIRST_INTERVAL; ; interval = Math.min(2 * interval, INTERVAL)) {
    try {
      const answer = await within(probe(), LOOK);
      if (answer) return /** @type {any} */ (answer);
      lastError = undefined;
    } catch (error) {
      lastError = error;
    }
    if (Date.now() >= deadline || lastError instanceof Hopeless) break;
    await pause(interval);
  }
  throw new Error(await complaint(what, lastError instanceof Hopeless ? Date.now() - begun : ms, lastError, instead));
}

/**
 * @param {string} what
 * @param {number} ms
 * @param {unknown} lastError
 * @param {(() => string | Promise<string>) | undefined} instead
 */
async function complaint(what, ms, lastError, instead) {
  const lines = [`Waited ${Math.round(ms / 100) / 10} s for: ${what}.`];
  if (lastError) lines.push(`The last look failed: ${firstLine(lastError)}`);
  if (instead) {
    const seen = Promise.resolve()
      .then(instead)
      .catch((error) => `(could not look: ${firstLine(error)})`);
    lines.push(`Instead: ${await within(seen, 5000).catch(() => "(no answer)")}`);
  }
  return lines.join("\n");
}

/** @param {unknown} error */
const firstLine = (error) => String(error instanceof Error ? error.message : error).split("\n")[0];

/**
 * Rejects when `promise` is not settled in time, so that a hung browser can't hang a test.
 *
 * @template T
 * @param {T | Promise<T>} promise
 * @param {number} ms
 * @param {string} [what]
 * @returns {Promise<T>}
 */
export function within(promise, ms, what = "an answer from the browser") {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`No result within ${ms / 1000} s: ${what}.`)), ms);
  });
  return Promise.race([promise, /** @type {Promise<never>} */ (late)]).finally(() => clearTimeout(timer));
}
