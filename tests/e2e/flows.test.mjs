// @ts-check
/** What follows a password, and forms that come in steps: what goes on by itself, what is said, and what is never done twice. */
import { strict as assert } from "node:assert";
import { allowSites, atWork, openMenu, pressAndLeave, sam, savePassword, story, until } from "./person.mjs";

/** @typedef {import("./person.mjs").Tab} Tab */

/**
 * Makes the CRM's sign-in page a single-page app of another make. What it is sent is really checked by the CRM; `steps` are
 * the routes it goes through, of which `code` asks for a one-time code and `slow` comes four seconds late.
 * @param {Tab} tab @param {string[]} steps
 */
async function withSteps(tab, steps) {
  await tab.evaluate((steps) => {
    const main = /** @type {HTMLElement} */ (document.querySelector("main"));
    const values = { username: "", password: "" };
    const shown = /** @type {Record<string, string>} */ ({
      username: `<h1>Sign in</h1><label for="u">User name</label><input id="u" name="username" autocomplete="username"><button>Next</button>`,
      password: `<h1>Sign in</h1><label for="p">Password</label><input id="p" name="password" type="password"><button>Sign in</button>`,
      code: `<h1>Verification code</h1><label for="c">Enter the 6-digit code from your app</label><input id="c" name="otp" inputmode="numeric" maxlength="6" autocomplete="one-time-code"><button>Verify</button>`,
      home: `<h1 id="signed-in">Signed in</h1>`,
    });
    const go = (/** @type {string} */ step) => {
      const wait = step === "slow" ? 4000 : 0;
      if (step === "slow") step = /** @type {string} */ (steps.shift());
      main.innerHTML = wait ? "<p>Loading …</p>" : "";
      setTimeout(() => {
        main.innerHTML = `<form class="card">${shown[step]}</form>`;
        if (step !== "username") history.pushState(null, "", step === "home" ? "/" : `/login/${step}`);
      }, wait);
    };
    main.addEventListener("input", (event) => {
      const input = /** @type {HTMLInputElement} */ (event.target);
      if (input.name in values) values[/** @type {keyof typeof values} */ (input.name)] = input.value;
    });
    main.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (values.password) await fetch("/login", { method: "POST", body: new URLSearchParams(values) });
      go(steps.shift() ?? "home");
    });
    go(/** @type {string} */ (steps.shift()));
  }, steps);
}

story("a wrong password is said and told to the portal, leads to its page, and is not sent again by itself", async (browser, servers) => {
  const tab = await atWork(browser, servers);
  const page = await browser.openTab(`${servers.portal.url}/apps/crm/password`);
  await savePassword(page, "", "long-forgotten");
  await page.close();

  await tab.goto(servers.sample("crm"));
  let popup = await browser.clickIcon(tab);
  if (browser.name === "firefox") {
    // Firefox withdraws the click's permission with the document that the password was sent from.
    await popup.waitForClose();
    await tab.waitFor(() => document.querySelector(".refusal"), "the CRM refuses");
    popup = await browser.clickIcon(tab);
  }
  await popup.waitForText("Contoso CRM asks again, so the password may be wrong");
  assert.deepEqual(await servers.attempts("crm"), { attempts: 1, succeeded: 0 });
  await pressAndLeave(popup, "Enter password on the portal");
  const form = await browser.waitForTab((url) => url.startsWith(servers.portal.url), "the portal's page for the password");
  await savePassword(form, "", "crm-Demo-1!");
  await form.close();

  await tab.activate();
  popup = await browser.clickIcon(tab);
  await tab.waitForText("Signed in as alex");
  await popup.waitForClose("the popup closes by itself");
  assert.deepEqual(await servers.attempts("crm"), { attempts: 2, succeeded: 1 });
  const reports = () => servers.portal.log().match(/POST.*\/outcome/g)?.length;
  await until(async () => reports() === 3, "the portal was told of what was sent, refused and sent");
});

story("user name, then a password that takes four seconds to come, then a code: one click, and a sentence", async (browser, servers) => {
  const tab = await atWork(browser, servers);
  await tab.goto(servers.sample("crm"));
  await withSteps(tab, ["username", "slow", "password", "code"]);
  const popup = await browser.clickIcon(tab);
  await popup.waitForText("Contoso CRM asks for a one-time code now");
  assert.ok((await tab.url()).endsWith("/login/code"));
  assert.deepEqual(await servers.attempts("crm"), { attempts: 1, succeeded: 1 });
  assert.deepEqual(await tab.evaluate(() => [...document.querySelectorAll("main input")].map((input) => /** @type {HTMLInputElement} */ (input).value)), [""], "the code is the person's");
  await popup.close();
  // The next click says it again, and nothing else happens.
  const again = await browser.clickIcon(tab);
  await again.waitForText("Contoso CRM asks for a one-time code now");
  await again.close();
  assert.deepEqual(await servers.attempts("crm"), { attempts: 1, succeeded: 1 });
});

story("who has just signed out is not signed in again without being asked", async (browser, servers) => {
  const tab = await atWork(browser, servers);
  await tab.goto(servers.sample("crm"));
  await (await browser.clickIcon(tab)).waitForClose();
  await tab.waitForText("Signed in as alex");
  await tab.goto(servers.sample("crm", "/logout"));
  await tab.waitFor(() => location.pathname === "/login" && document.querySelector("[name=password]"), "the sign-in page again");
  const popup = await browser.clickIcon(tab);
  // Firefox did not let the popup see that the CRM had gone on.
  await popup.waitForText(browser.name === "chromium" ? "You were signed in to Contoso CRM a moment ago" : "Contoso CRM asks again");
  await popup.close();
  assert.deepEqual(await servers.attempts("crm"), { attempts: 1, succeeded: 1 });
  await browser.clickIcon(tab);
  await tab.waitForText("Signed in as alex");
  assert.deepEqual(await servers.attempts("crm"), { attempts: 2, succeeded: 2 });
});

story("where the page wants an account to be chosen, the person chooses", async (browser, servers) => {
  const tab = await atWork(browser, servers);
  await tab.goto(servers.sample("crm"));
  await tab.evaluate(() => {
    document.title = "Choose an account";
    const main = /** @type {HTMLElement} */ (document.querySelector("main"));
    main.innerHTML = `<h1>Choose an account</h1><ul><li><button type="button">alex</button></li><li><button type="button">sam</button></li></ul>`;
    main.addEventListener("click", () => (document.title = "Something was pressed"));
  });
  const popup = await browser.clickIcon(tab);
  await popup.waitForText("Contoso CRM asks which account to use");
  await popup.close();
  assert.equal(await tab.evaluate(() => document.title), "Choose an account");
  assert.ok(!servers.portal.log().includes("/credential"), "the portal was never asked for a password");
});

story(
  "a form in a frame that nobody named gets nothing; the named one does, once there is access to it",
  async (browser, servers) => {
    // The frame's site knows nobody by this password, which is enough to see that it got it.
    const frame = new URL(servers.sample("payroll"));
    const name = (/** @type {string | undefined} */ origin) =>
      servers.difficult.misbehave("/api/v1/apps", servers.difficult.changed((body) => {
        // Not a list, where a token of the story before is refused.
        const list = JSON.parse(body);
        for (const app of list.apps ?? []) if (app.id === "crm") app.form = origin ? { steps: [], frame_origin: origin } : null;
        return JSON.stringify(list);
      }, { etag: `"${origin ?? "none"}"` }));
    const tab = await atWork(browser, servers);
    const show = async () => {
      await tab.goto(servers.sample("crm"));
      await tab.evaluate((address) => {
        /** @type {HTMLElement} */ (document.querySelector("main")).innerHTML = `<iframe src="${address}" width="600" height="500"></iframe>`;
      }, frame.href);
    };
    /** @param {string} words */
    const clickSays = async (words) => {
      await show();
      const popup = await browser.clickIcon(tab);
      await popup.waitForText(words);
      await popup.close();
    };
    /** An administrator names it, and the next popup hears of it. @param {string} origin */
    const named = async (origin) => {
      name(origin);
      const popup = await browser.clickIcon(tab);
      await until(async () => String((await browser.storage.get("local", "catalogue")).catalogue).includes(`"${origin}"`), "the list of apps with the frame's origin");
      await popup.close();
    };
    await browser.grant(["http://crm.localhost/*", "http://payroll.localhost/*"]);
    await clickSays("If there is one in the frame of");
    await named("https://payroll.localhost.evil.example");
    await clickSays("can't be reached yet");
    await browser.revoke(["http://payroll.localhost/*"]);
    await named(frame.origin);
    await clickSays("can't be reached yet");
    assert.equal(servers.difficult.times("/api/v1/apps/crm/credential"), 0, "the portal was never asked for a password");
    assert.deepEqual(await servers.attempts("payroll"), { attempts: 0, succeeded: 0 });

    await browser.grant(["http://payroll.localhost/*"]);
    await clickSays("Contoso CRM asks again");
    assert.deepEqual(await servers.attempts("payroll"), { attempts: 1, succeeded: 0 });
    assert.deepEqual(await servers.attempts("crm"), { attempts: 0, succeeded: 0 });
  },
  // Access is given in between, without a question.
  { difficult: true, prompts: "allow" },
);

story(
  "the company is asked for first, on a page of its own: a wrong one is named, no password is blamed, and a launch does it all",
  async (browser, servers) => {
    const tab = await atWork(browser, servers, sam);
    /** What Sam stores. @param {string} company */
    const store = async (company) => {
      const page = await browser.openTab(`${servers.portal.url}/apps/suppliers/password`);
      await page.waitFor(() => document.querySelector('[name="field.company"]'), "the field for the company");
      await page.evaluate(() => (/** @type {HTMLInputElement} */ (document.querySelector('[name="field.company"]')).value = ""));
      await page.type('[name="field.company"]', company);
      await savePassword(page, "", "suppliers-Demo-2!");
      await page.close();
    };
    await store("47110816");
    await tab.goto(servers.sample("suppliers"));
    let popup = await browser.clickIcon(tab);
    if (browser.name === "firefox") {
      // Firefox withdraws the click's permission with every new document.
      await popup.waitForText("Click the icon once more for the next step of Contoso Suppliers");
      await popup.close();
      await tab.waitFor(() => document.querySelector(".refusal"), "nobody knows the company");
      popup = await browser.clickIcon(tab);
    }
    await popup.waitForText("Contoso Suppliers asked for “Company ID” again");
    await popup.close();
    assert.deepEqual(await servers.attempts("suppliers"), { attempts: 0, succeeded: 0 }, "no password was sent");

    await store("47110815");
    await allowSites(browser, ["http://suppliers.localhost/*"]);
    await tab.activate();
    await tab.goto(servers.sample("wiki", "/"));
    popup = await openMenu(browser, tab);
    await popup.type("suppliers");
    await popup.waitFor(() => document.querySelector("[aria-selected=true] .name")?.textContent === "Contoso Suppliers", "the app that is meant");
    await popup.press("Enter");
    const opened = await browser.waitForTab((url) => url === servers.sample("suppliers", "/"), "signed in");
    await opened.waitForText("Signed in as sam");
    assert.deepEqual(await servers.attempts("suppliers"), { attempts: 1, succeeded: 1 });
  },
  // In Chromium, access is allowed beforehand in a browser of its own only.
  { granted: [] },
);
