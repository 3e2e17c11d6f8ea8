// @ts-check
/** Every sample app with a sign-in, each of another make: its page is opened by hand, the icon clicked, and the person is in. */
import { strict as assert } from "node:assert";
import { atWork, sam, story } from "./person.mjs";

/** App, and the site that is asked for the password if that is another one. */
const APPS = [["crm"], ["people"], ["expenses"], ["payroll"], ["inventory"], ["benefits"], ["orders"], ["cairo"], ["projects", "accounts"]];

story("one click signs in to every app, however its form is made", async (browser, servers) => {
  const tab = await atWork(browser, servers, sam);
  for (const [app = "", asked = app] of APPS) {
    await tab.goto(servers.sample(app));
    let popup = await browser.clickIcon(tab);
    if (app === "people" && browser.name === "firefox") {
      // Firefox withdraws the click's permission with every new document.
      await popup.waitForText("Click the icon once more");
      await popup.close();
      popup = await browser.clickIcon(tab);
    }
    const shown = await tab.waitFor(() => /** @type {HTMLElement | null} */ (document.querySelector("#signed-in"))?.innerText, `signed in to ${app}`);
    assert.match(shown, /\bsam\b/, app);
    assert.ok((await tab.url()).startsWith(servers.sample(app, "/")), `back at ${app}`);
    assert.deepEqual(await servers.attempts(asked), { attempts: 1, succeeded: 1 }, app);
    await popup.waitForClose("the popup closes by itself");
  }
});
