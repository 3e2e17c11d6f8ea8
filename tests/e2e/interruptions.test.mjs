// @ts-check
/**
 * The worker may die and the popup may close between any two steps. Whatever was under way, a person who simply goes on gets
 * there: nobody has to sign in twice for one sign-in, nothing that was shown as done is lost, and no password is typed twice
 * or in the wrong place.
 *
 * MY_APPS_ROUNDS says how often each point is tried in each browser, MY_APPS_POINTS which: those with these words in their name.
 */
import { strict as assert } from "node:assert";
import { alex, allowSites, answerSignInWindow, choosePortal, chooseInAccountMenu, closePopup, openMenu, popupOrClick, pressAndLeave, sections, signIn, signedIn, story, until } from "./person.mjs";

/** @typedef {import("./person.mjs").Browser} Browser */
/** @typedef {import("./person.mjs").Servers} Servers */
/** @typedef {import("./person.mjs").Tab} Tab */
/** @typedef {import("./person.mjs").Popup} Popup */

/** @typedef {Record<"local" | "session", Record<string, any>>} Stored */

const ROUNDS = Number(process.env.MY_APPS_ROUNDS ?? 1);
const WANTED = process.env.MY_APPS_POINTS ?? "";

/** Everything the extension stored. @param {Browser} browser @returns {Promise<Stored>} */
async function stored(browser) {
  return { local: await browser.storage.get("local"), session: await browser.storage.get("session") };
}

/** A person at work, put back to where they were before each round. */
class Workplace {
  /** @type {Stored | undefined} */
  #signedIn;

  /** @param {Browser} browser @param {Servers} servers @param {Tab} tab @param {Stored} signedOut */
  constructor(browser, servers, tab, signedOut) {
    this.browser = browser;
    this.servers = servers;
    /** A page that is nobody's. */
    this.tab = tab;
    this.signedOut = signedOut;
  }

  /** Somebody at work, in a browser that is new. @param {Browser} browser @param {Servers} servers */
  static async open(browser, servers) {
    await choosePortal(browser, servers);
    const signedOut = await stored(browser);
    const tab = await browser.openTab(servers.sample("wiki", "/"));
    await signIn(browser, tab);
    const at = new Workplace(browser, servers, tab, signedOut);
    await at.remember();
    return at;
  }

  /** Keeps what is stored now, with nobody in the middle of anything. */
  async remember() {
    const { local, session } = await stored(this.browser);
    delete local.recent;
    delete session.launches;
    delete session.sent;
    this.#signedIn = { local, session };
  }

  /** Signed in, no launch under way, nothing used yet, no host access, one tab, nobody known to the apps. */
  async reset() {
    await closePopup(this.browser);
    for (const tab of await this.browser.tabs()) {
      if (!(await tab.url()).startsWith(this.servers.sample("wiki", "/")) && (await tab.url()) !== "about:blank") await tab.close();
    }
    if (!this.#signedIn) throw new Error("The round before did not end signed in.");
    await this.#store(this.#signedIn);
    for (const app of ["crm", "people"]) await this.browser.clearCookies(`${app}.localhost`);
    const granted = await this.browser.grantedOrigins();
    if (granted.length) await this.browser.revoke(granted);
    await this.tab.activate();
  }

  /** @param {Stored} wanted */
  async #store(wanted) {
    for (const area of /** @type {const} */ (["local", "session"])) {
      await this.browser.storage.clear(area);
      await this.browser.storage.set(area, wanted[area]);
    }
  }

  /** Nobody is signed in, here or at the portal. */
  async signOut() {
    await this.#store(this.signedOut);
    await this.browser.clearCookies("portal.localhost");
    this.#signedIn = undefined;
  }

  /** The person does what the screen offers until they are signed in. */
  async goOnSigningIn() {
    const deadline = Date.now() + 120_000;
    while (!(await this.browser.storage.get("session", "session")).session) {
      if (Date.now() > deadline) throw new Error(`Not signed in by doing what the screen offers:\n  ${await this.browser.describe()}`);
      await this.#oneMoreStep();
    }
    await signedIn(this.browser);
  }

  async #oneMoreStep() {
    const window = await this.browser.authWindowIfOpen();
    if (window) {
      // It may close by itself: somebody may be known to the portal already.
      await this.#answer(window).catch(async (error) => {
        if (await window.isOpen()) throw error;
      });
      return;
    }
    const popup = await this.popup();
    // Looked for and pressed in one go: the click before may be on its way still, and the button gone a moment later.
    const press = () => {
      const offers = [...document.querySelectorAll("button")].filter((button) => /^(Sign in|Cancel|Sign out)$/.test(button.innerText.trim()));
      offers.find((button) => button.innerText.trim() === "Sign in")?.click();
      return offers.length > 0;
    };
    await popup.waitFor(press, "what to do").catch(() => undefined); // It closed.
    await until(
      async () => (await this.browser.authWindowIfOpen()) || (await this.browser.storage.get("session", "session")).session || !(await this.browser.popupIfOpen()),
      "a window to sign in, or the popup's end",
      { instead: () => this.browser.describe() },
    );
  }

  /** @param {Tab} window */
  async #answer(window) {
    const seen = await until(
      async () => ((await window.isOpen()) ? (await window.evaluate(() => Boolean(document.querySelector("[name=password]")))) && "form" : "nothing"),
      "the portal's sign-in form",
      { instead: () => this.browser.describe() },
    );
    if (seen === "nothing") return;
    // It may close while it is answered.
    const answered = answerSignInWindow(this.browser, alex, window);
    answered.catch(() => undefined);
    await Promise.race([answered, window.waitForClose()]);
    // Firefox forgets a window whose event page it ended: it stays, at an address that leads nowhere, and the person closes it.
    const isForgotten = async () => (await window.url()).startsWith("about:neterror");
    await until(async () => !(await window.isOpen()) || (await isForgotten()), "the sign-in window closes", { instead: () => window.describe() });
    if (await window.isOpen()) await window.close();
  }

  /** Everything works: the next click on a sign-on page signs in, once. */
  async endsWell() {
    await closePopup(this.browser);
    const page = await this.signInPage("crm");
    const sent = await this.countingFromNow();
    await this.clickUntilSignedIn(page);
    // Not waited for: after a sign-in that was interrupted another may open by itself.
    await closePopup(this.browser);
    assert.deepEqual(await sent(), { attempts: 1, succeeded: 1 }, "the next click sends the password once");
    await page.close();
  }

  /** The app's sign-in page, with nobody signed in to the app. @param {string} app */
  async signInPage(app) {
    await this.browser.clearCookies(`${app}.localhost`);
    return this.browser.openTab(this.servers.sample(app));
  }

  /** A page of the CRM with an empty form, and a way to see how often it was sent. */
  async crm() {
    const sent = await this.countingFromNow();
    return { page: await this.signInPage("crm"), sent };
  }

  /** How often the CRM is asked to sign somebody in, from now on. */
  async countingFromNow() {
    const before = await this.servers.attempts("crm");
    return async () => {
      const { attempts, succeeded } = await this.servers.attempts("crm");
      return { attempts: attempts - before.attempts, succeeded: succeeded - before.succeeded };
    };
  }

  /** Opens the menu and selects an app, up to the last key. @param {string} name */
  async aboutToLaunch(name) {
    const popup = await openMenu(this.browser, this.tab);
    await popup.type(name);
    await popup.waitFor((typed) => document.querySelector("[aria-selected=true] .name")?.textContent?.toLowerCase().includes(typed), "the app that is meant", name);
    return popup;
  }

  /** The popup; one may have opened by itself, after the sign-in of the round before. */
  popup() {
    return popupOrClick(this.browser, this.tab);
  }

  /**
   * Nothing happened yet, or half of it: the person clicks, and once more if asked whether to fill again. A popup that opened
   * by itself over another page, after the sign-in of the round before, is closed first.
   * @param {Tab} page
   */
  clickUntilSignedIn(page) {
    return until(
      async () => {
        const text = await page.text().catch(() => ""); // It may be on its way.
        if (text.includes("Signed in as alex")) return true;
        const popup = await this.browser.popupIfOpen();
        if (!popup) return void (await this.browser.clickIcon(page));
        const shown = await popup
          .evaluate(() => {
            const buttons = [...document.querySelectorAll("button")].map((button) => button.innerText.trim());
            return { again: buttons.find((text) => /again/i.test(text)), menu: document.documentElement.dataset.ready === "menu" };
          })
          .catch(() => undefined);
        if (shown?.again) await pressAndLeave(popup, shown.again);
        else if (shown?.menu) await popup.close().catch(() => undefined);
      },
      "signed in after clicking again",
      { instead: () => this.browser.describe() },
    );
  }

  killWorker() {
    return this.browser.worker.kill();
  }
}

/** That a fill was sent once or not at all, and that the person then gets there. @param {Workplace} at @param {{page: Tab, sent: () => Promise<{attempts: number, succeeded: number}>}} crm */
async function sentOnce(at, { page, sent }) {
  await at.clickUntilSignedIn(page);
  assert.deepEqual(await sent(), { attempts: 1, succeeded: 1 }, "the password was sent once");
}

/** @param {Workplace} at */
async function onMenu(at) {
  return openMenu(at.browser, at.tab);
}

/** A sign-in from the beginning, interrupted. @param {(at: Workplace, popup: Popup) => Promise<unknown>} interrupt */
const signingIn = (interrupt) => async (/** @type {Workplace} */ at) => {
  await at.signOut();
  const popup = await at.popup();
  await popup.waitForText("Sign in to get started");
  await interrupt(at, popup);
  await at.goOnSigningIn();
  // The worker opens it too, perhaps between the look and the click.
  const menu = await popupOrClick(at.browser, at.tab);
  await menu.waitForText(alex.name);
  await menu.close();
  await at.remember();
};

/** The CRM launched where the extension may sign in by itself, interrupted. @param {(at: Workplace, popup: Popup) => Promise<Tab>} interrupt */
const launching = (interrupt) => async (/** @type {Workplace} */ at) => {
  await allowSites(at.browser, ["http://crm.localhost/*"]);
  const sent = await at.countingFromNow();
  await sentOnce(at, { page: await interrupt(at, await at.aboutToLaunch("crm")), sent });
};

/** @type {Record<string, (at: Workplace) => Promise<unknown>>} */
const POINTS = {
  "signing in: the worker dies before the click": signingIn(async (at, popup) => {
    await at.killWorker();
    await pressAndLeave(popup, "Sign in");
  }),
  "signing in: the worker dies as the click reaches it": signingIn(async (at, popup) => {
    await Promise.all([pressAndLeave(popup, "Sign in"), at.killWorker()]);
  }),
  "signing in: the worker dies while the window is open": signingIn(async (at, popup) => {
    await pressAndLeave(popup, "Sign in");
    await at.browser.authWindow();
    await at.killWorker();
  }),
  "signing in: the popup closes while the window is open": signingIn(async (at, popup) => {
    await pressAndLeave(popup, "Sign in");
    await at.browser.authWindow();
    await closePopup(at.browser);
  }),
  "signing in: the worker dies when the window was answered": signingIn(async (at, popup) => {
    await pressAndLeave(popup, "Sign in");
    await answerSignInWindow(at.browser);
    await at.killWorker();
  }),
  "signing in: the worker dies when the token is there": signingIn(async (at, popup) => {
    await pressAndLeave(popup, "Sign in");
    await answerSignInWindow(at.browser);
    await until(async () => (await at.browser.storage.get("session", "session")).session, "the token");
    await at.killWorker();
  }),
  "signing out: the popup closes at once": async (at) => {
    const popup = await onMenu(at);
    await chooseInAccountMenu(popup, "Sign out");
    await closePopup(at.browser);
    // The next popup shows one or the other; it may have closed before it heard the click.
    const next = await at.popup();
    const shown = await next.waitFor(() => (document.body.innerText.includes("Sign in to get started") ? "signed out" : document.querySelector("[data-button=o]") && "signed in"), "signed in or signed out");
    await next.close();
    if (shown === "signed in") await at.signOut();
    await at.goOnSigningIn();
    await at.remember();
  },
  "the menu: the popup closes while it opens": async (at) => {
    const popup = await at.popup();
    await popup.close();
  },
  "the menu: the popup closes while one types": async (at) => {
    const popup = await at.aboutToLaunch("crm");
    await popup.close();
  },
  "the menu: there is no worker": async (at) => {
    await at.killWorker();
    const popup = await at.aboutToLaunch("travel");
    await popup.press("Enter");
    await at.browser.waitForTab((url) => url.startsWith(at.servers.sample("travel", "/")), "the app's page");
    const menu = await onMenu(at);
    assert.deepEqual((await sections(menu))["Recently Used"], ["Contoso Travel"], "what was launched is remembered");
  },
  "launching: the worker dies before Enter": async (at) => {
    const popup = await at.aboutToLaunch("people");
    await at.killWorker();
    await popup.press("Enter");
    await at.browser.waitForTab((url) => url.startsWith(at.servers.sample("people", "/")), "the app's page");
  },
  "launching: the popup closes right after Enter": async (at) => {
    await (await at.aboutToLaunch("people")).press("Enter");
    await closePopup(at.browser);
    // It may have closed before it heard the key; the person selects the app again.
    await (await at.aboutToLaunch("people")).press("Enter");
    await at.browser.waitForTab((url) => url.startsWith(at.servers.sample("people", "/")), "the app's page");
    const menu = await onMenu(at);
    assert.deepEqual((await sections(menu))["Recently Used"], ["Contoso People"], "what was launched is remembered");
  },
  "automatic: the worker dies right after Enter": launching(async (at, popup) => {
    await popup.press("Enter");
    await at.killWorker();
    return at.browser.waitForTab((url) => /crm/.test(url), "the CRM");
  }),
  "automatic: the worker dies as the page arrives": launching(async (at, popup) => {
    await popup.press("Enter");
    const page = await at.browser.waitForTab((url) => /crm/.test(url), "the CRM");
    await at.killWorker();
    return page;
  }),
  "filling: there is no worker": async (at) => {
    const crm = await at.crm();
    await at.killWorker();
    await at.browser.clickIcon(crm.page);
    await crm.page.waitForText("Signed in as alex", "filled by the popup alone");
    await sentOnce(at, crm);
  },
  "filling: the popup closes as it opens": async (at) => {
    const crm = await at.crm();
    const popup = await at.browser.clickIcon(crm.page).catch(() => undefined); // It may be done and gone already.
    await popup?.close().catch(() => undefined);
    await sentOnce(at, crm);
  },
  "filling: the popup closes when the password is asked for": async (at) => {
    const crm = await at.crm();
    const asked = at.servers.portal.log().split("/credential").length;
    await at.browser.clickIcon(crm.page).catch(() => undefined);
    await until(() => at.servers.portal.log().split("/credential").length > asked, "the portal is asked for the password");
    await closePopup(at.browser);
    await sentOnce(at, crm);
  },
  "filling: worker and popup go": async (at) => {
    const crm = await at.crm();
    await at.browser.clickIcon(crm.page).catch(() => undefined);
    await Promise.all([closePopup(at.browser), at.killWorker()]);
    await sentOnce(at, crm);
  },
  "two steps: the popup closes after the user name": async (at) => {
    const page = await at.signInPage("people");
    await at.browser.clickIcon(page).catch(() => undefined);
    await page.waitFor(() => document.querySelector("input[type=password]") || document.body.innerText.includes("Signed in as"), "the second step");
    await closePopup(at.browser);
    await at.clickUntilSignedIn(page);
  },
  "settings: the page is closed while the portal is asked": async (at) => {
    await at.signOut();
    const options = await at.browser.extensionPage("options/options.html");
    await options.waitFor(() => document.documentElement.dataset.ready === "still", "the settings");
    await options.evaluate(() => (/** @type {HTMLInputElement} */ (document.querySelector("#portal")).value = ""));
    await options.type("#portal", `${at.servers.portal.url}/`);
    await options.click("#save-portal");
    await options.close();
    await at.goOnSigningIn();
    await at.remember();
  },
  "the token is no longer good and the worker is dead": async (at) => {
    const session = JSON.parse((await at.browser.storage.get("session", "session")).session);
    await at.browser.storage.set("session", { session: JSON.stringify({ ...session, access_token: "no-longer-good" }) });
    await at.killWorker();
    const crm = await at.crm();
    await at.browser.clickIcon(crm.page);
    await crm.page.waitForText("Signed in as alex", "renewed and filled");
    await sentOnce(at, crm);
    await signedIn(at.browser);
    await at.remember();
  },
};

const points = Object.entries(POINTS).filter(([name]) => name.includes(WANTED));

story(
  `interrupted at ${points.length} points, ${ROUNDS} times each, and everything still ends well`,
  async (browser, servers) => {
    const at = await Workplace.open(browser, servers);
    for (const [name, interrupt] of points) {
      const times = [];
      for (let round = 1; round <= ROUNDS; round += 1) {
        const begun = Date.now();
        try {
          await at.reset();
          await interrupt(at);
          if (round === ROUNDS) await at.endsWell();
        } catch (error) {
          /** @type {Error} */ (error).message = `${name}, round ${round}: ${/** @type {Error} */ (error).message}`;
          throw error;
        }
        times.push(Date.now() - begun);
      }
      console.log(`  ${browser.name}: ${name}: ${ROUNDS} of ${ROUNDS}, in ${Math.min(...times)} to ${Math.max(...times)} ms`);
    }
  },
  // Nobody is signed in to an app as often as this, and the portal would ask for patience.
  { granted: [], portal: ["--passwords-a-minute", "6000"], timeout: 120_000 + ROUNDS * points.length * 60_000 },
);
