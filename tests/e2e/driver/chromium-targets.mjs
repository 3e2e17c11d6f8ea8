// @ts-check
// Attaching to Chromium's targets and running functions in them.

/** @typedef {import('puppeteer-core').CDPSession} CDPSession */

/** A session with a target. @param {CDPSession} session @param {string} targetId */
export async function attach(session, targetId) {
  const { sessionId } = await session.send("Target.attachToTarget", { targetId, flatten: true });
  const attached = session.connection()?.session(sessionId);
  if (!attached) throw new Error("Chromium attached to nothing.");
  return attached;
}

/** Opens a page that is on no screen and in no tab. @param {CDPSession} session @param {string} url */
export async function hiddenPage(session, url) {
  const { targetId } = await session.send(/** @type {any} */ ("Target.createTarget"), {
    url: "about:blank",
    hidden: true,
  });
  const page = await attach(session, targetId);
  if (url !== "about:blank") {
    await page.send("Page.enable");
    const loaded = new Promise((resolve) => page.once("Page.loadEventFired", resolve));
    await page.send("Page.navigate", { url });
    await loaded;
  }
  return { targetId, session: page };
}

/**
 * Runs `fn` in a target and returns its JSON result. It counts as done by a person, like a click.
 *
 * @template {unknown[]} A
 * @template R
 * @param {CDPSession} session
 * @param {(...args: A) => R} fn
 * @param {A} args
 * @returns {Promise<Awaited<R>>}
 */
export async function evaluateIn(session, fn, args) {
  const { result, exceptionDetails } = await session.send("Runtime.evaluate", {
    expression: `(${fn})(...${JSON.stringify(args)})`,
    awaitPromise: true,
    returnByValue: true,
    userGesture: true,
  });
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  return result.value;
}
