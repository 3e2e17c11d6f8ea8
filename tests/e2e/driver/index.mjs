// @ts-check
// One way to drive the extension in a real browser, the same for Chromium and Firefox.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { ChromiumBrowser } from "./chromium.mjs";
import { FirefoxBrowser } from "./firefox.mjs";

export { until } from "./until.mjs";

/** @typedef {import('./interface.d.ts').BrowserOptions} BrowserOptions */
/** @typedef {import('./interface.d.ts').Browser} Browser */
/** @typedef {import('./interface.d.ts').Tab} Tab */
/** @typedef {import('./interface.d.ts').Popup} Popup */

/**
 * @typedef {object} Evidence
 * @property {string} [name] of the story, for the pictures of a failure.
 * @property {string} [artifacts] the folder they go to; `artifacts` beside this one if left out.
 */

/** Starts a browser with the extension in it. @param {BrowserOptions} options @returns {Promise<Browser>} */
export async function startBrowser(options) {
  const browser = options.browser === "firefox" ? new FirefoxBrowser(options) : new ChromiumBrowser(options);
  try {
    await browser.start();
  } catch (error) {
    await browser.close();
    throw error;
  }
  return browser;
}

const ARTIFACTS = join(import.meta.dirname, "..", "artifacts");

/**
 * Runs `story` in a fresh browser and closes that in any case. A failure leaves pictures of the window and the
 * popup, and tells in the error where they are and what was on the screen.
 *
 * @template R
 * @param {BrowserOptions & Evidence} options
 * @param {(browser: Browser) => Promise<R>} story
 * @returns {Promise<R>}
 */
export async function withBrowser(options, story) {
  const browser = await startBrowser(options);
  try {
    return await story(browser);
  } catch (error) {
    await keepEvidence(browser, options, /** @type {Error} */ (error));
    throw error;
  } finally {
    await browser.close();
  }
}

/** Adds to an error what is on the screen, and where the pictures are. @param {Browser} browser @param {Evidence} options @param {Error} error */
export async function keepEvidence(browser, { name = "story", artifacts = ARTIFACTS }, error) {
  mkdirSync(artifacts, { recursive: true });
  const file = (/** @type {string} */ what) =>
    join(artifacts, `${`${name}-${browser.name}`.replace(/\W+/g, "-")}-${what}.png`);
  const evidence = [
    async () => `On the screen:\n  ${await browser.describe()}`,
    async () => (await browser.screenshotWindow(file("window")), `The window: ${file("window")}`),
    async () => {
      const popup = await browser.popupIfOpen();
      return popup ? (await popup.screenshot(file("popup")), `The popup: ${file("popup")}`) : "";
    },
    async () =>
      (await browser.consoleErrors()).map(({ text, source }) => `Console error: ${text} (${source})`).join("\n"),
  ];
  for (const piece of evidence) {
    const line = await piece().catch(
      (/** @type {Error} */ problem) => `(no picture: ${problem.message.split("\n")[0]})`,
    );
    if (line) error.message += `\n${line}`;
  }
}
