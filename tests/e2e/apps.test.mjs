// @ts-check
/**
 * Every sample app with a sign-in, each of another make: its page is opened by hand, the icon clicked, and the person is in.
 * MY_APPS_SIGN_INS says how often each of them, MY_APPS_APPS which.
 */
import { strict as assert } from "node:assert";
import { atWork, closePopup, sam, story } from "./person.mjs";

const ROUNDS = Number(process.env.MY_APPS_SIGN_INS ?? 1);
const WANTED = process.env.MY_APPS_APPS?.split(" ");

/** App, and the site that is asked for the password if that is another one. */
const APPS = [["crm"], ["people"], ["expenses"], ["payroll"], ["inventory"], ["benefits"], ["orders"], ["cairo"], ["suppliers"], ["projects", "accounts"]];

story(
  "one click signs in to every app, however its form is made",
  async (browser, servers) => {
    await atWork(browser, servers, sam);
    for (const [app = "", asked = app] of APPS.filter(([app = ""]) => WANTED?.includes(app) ?? true)) {
      for (let round = 1; round <= ROUNDS; round += 1) {
        // A tab of its own: in one where a password was just sent, the form is not filled again by itself.
        const tab = await browser.openTab(servers.sample(app));
        const popup = await browser.clickIcon(tab);
        if (["people", "suppliers"].includes(app) && browser.name === "firefox") {
          // Firefox withdraws the click's permission with every new document.
          await popup.waitForText("Click the icon once more");
          await popup.close();
          await browser.clickIcon(tab);
        }
        const shown = await tab.waitFor(() => /** @type {HTMLElement | null} */ (document.querySelector("#signed-in"))?.innerText, `signed in to ${app}`);
        assert.match(shown, /\bsam\b/, app);
        assert.ok((await tab.url()).startsWith(servers.sample(app, "/")), `back at ${app}`);
        assert.deepEqual(await servers.attempts(asked), { attempts: round, succeeded: round }, `${app}, round ${round}`);
        await closePopup(browser);
        for (const site of [app, asked]) await browser.clearCookies(`${site}.localhost`);
        await tab.close();
      }
    }
  },
  { timeout: 400_000 + ROUNDS * APPS.length * 10_000 },
);
