// @ts-check
/**
 * The window in which a person signs in at the portal. The browser opens it, says nothing about it, and opens no second one: so
 * a sign-in that is given up takes its window along. For the worker alone.
 */

/** The one that is open, and the end of what it is for. @type {{id?: number, ended: Promise<unknown>} | undefined} */
let open;

/** As the browser's own function, after whatever was open before. @param {{url: string, interactive: boolean}} details @returns {Promise<string | undefined>} where it ended */
export async function authorize(details) {
  await closeWindow();
  const answer = chrome.identity.launchWebAuthFlow(details);
  /** @type {NonNullable<typeof open>} */
  const mine = (open = { ended: answer.catch(() => undefined) });
  // Without a person there is no window, and one that opens meanwhile is somebody else's.
  const hear = (/** @type {{id?: number, type?: string}} */ { id, type }) => details.interactive && type === "popup" && (mine.id ??= id);
  chrome.windows.onCreated.addListener(hear);
  try {
    return await answer;
  } finally {
    chrome.windows.onCreated.removeListener(hear);
    if (open === mine) open = undefined;
  }
}

/** Closes it, if there is one; kept when the browser is ready for the next. */
export async function closeWindow() {
  const { id, ended } = open ?? {};
  if (id === undefined) return;
  await chrome.windows.remove(id).catch(() => undefined); // The person was quicker.
  await ended;
}
