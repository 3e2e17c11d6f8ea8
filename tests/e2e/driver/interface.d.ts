// What a story can do with a browser. Both browsers do all of it; where one of them can't, the comment says so.
import type { ConsoleEntry } from "./console-log.mjs";
import type { IconMenu } from "./icon-menu.mjs";
import type { Target } from "./page.mjs";

export interface BrowserOptions {
  browser: "chromium" | "firefox";
  /** Folder of the unpacked extension. */
  extension: string;
  /** Without a window on any screen; true if left out. False brings its own, invisible screen. */
  headless?: boolean;
  /** Folder of a profile to use and keep; a fresh one, removed afterwards, if left out. */
  profile?: string;
  /** Host match patterns that are granted from the start. */
  granted?: string[];
  /**
   * Whether a request for host access opens the browser's question or is allowed beforehand. "ask" if left out,
   * except in Chromium without a window, where nobody could answer.
   */
  prompts?: "ask" | "allow";
  /** Chromium: whether the icon is left behind the puzzle piece. Nobody can click it there. */
  unpinned?: boolean;
  /** Whether the extension may run in private windows. */
  privateAllowed?: boolean;
  /** Whether the system prefers dark colours. */
  dark?: boolean;
  /** The browser's language, as a tag: `de`, `pt-BR`. American English if left out. */
  language?: string;
  /** Of the window; 1200 by 800 if left out. */
  size?: { width: number; height: number };
  /**
   * Names and where they really lead: `{"*.test": "127.0.0.1:8080"}`. Firefox can't lead to another port and knows no
   * `*`: there, write the names out, put the port into the addresses that are opened, and the host is always 127.0.0.1.
   */
  hosts?: Record<string, string>;
  /**
   * Names over TLS that lead to a server of the test: to `port` in Chromium, through the HTTP tunnel at `tunnel` in Firefox.
   * `publicKey` is what Chromium is told to trust (SHA-256 in base64), `authority` what Firefox is (PEM).
   */
  impersonated?: { names: string[]; port: number; tunnel: number; publicKey: string; authority: string };
  /** Another binary of the same browser. */
  executable?: string;
}

/** What the person prefers: light or dark colours, or a few strong ones of their own (“forced colours”). */
export type Look = "light" | "dark" | "contrast";

export type Truthy<T> = Exclude<T, false | "" | 0 | null | undefined | void>;

/** What tabs, the popup and the sign-in window have in common. */
export interface Page {
  /** Runs `fn` in the document and returns its JSON result; promises are awaited. `fn` may use nothing from outside. */
  evaluate<A extends unknown[], R>(fn: (...args: A) => R, ...args: A): Promise<Awaited<R>>;
  url(): Promise<string>;
  /** The words a person can see in it, the contents of text boxes included. */
  text(): Promise<string>;
  /** A real click, by CSS selector or by the words on the element. Waits until the element is there. */
  click(target: Target): Promise<void>;
  /** A real key press, with modifiers in front: `Enter`, `ArrowDown`, `Control+1`. */
  press(key: string): Promise<void>;
  /** Waits until `fn`, run in the document, answers with something truthy; returns that. */
  waitFor<A extends unknown[], R>(fn: (...args: A) => R, what: string, ...args: A): Promise<Truthy<Awaited<R>>>;
  waitForText(text: string, what?: string): Promise<unknown>;
  isOpen(): Promise<boolean>;
  waitForClose(what?: string, ms?: number): Promise<void>;
  close(): Promise<void>;
  /** A picture of it; with a look, as it is for a person who prefers that. */
  screenshot(file: string, look?: Look): Promise<void>;
  /** What axe finds wrong, with that look; empty if nothing. */
  accessibility(look?: Look): Promise<Array<{ id: string; help: string; nodes: string[] }>>;
  /** One sentence for error messages. */
  describe(): Promise<string>;
}

export interface Tab extends Page {
  readonly isPrivate: boolean;
  /** Opens an address and waits until it is loaded; an address that does not answer is an error. */
  goto(url: string): Promise<void>;
  back(): Promise<void>;
  /** Brings it to the front. */
  activate(): Promise<void>;
  /** Clicks on the element and types into it. */
  type(selector: string, text: string): Promise<void>;
  /** The person closes the window or tab. */
  closeByUser(): Promise<void>;
}

export interface Popup extends Page {
  /** Types into whatever has the focus. */
  type(text: string): Promise<void>;
  /** Its inner size. */
  size(): Promise<{ width: number; height: number }>;
}

export interface Browser {
  readonly name: "chromium" | "firefox";
  close(): Promise<void>;
  /** Quits and starts again with the same profile. Tabs are gone; what the extension keeps on disk is not. */
  restart(): Promise<void>;
  /**
   * As if it were another browser, sooner: one empty tab, no cookies, the extension installed anew.
   * Not for one with a screen; no access is allowed beforehand afterwards.
   */
  renew(): Promise<void>;

  openTab(url: string): Promise<Tab>;
  /** All tabs, the empty one the browser starts with included; the popup and the sign-in window are none. */
  tabs(): Promise<Tab[]>;
  /** The tab a person looks at. */
  currentTab(): Promise<Tab>;
  /** Waits for a tab whose address satisfies `predicate`. */
  waitForTab(predicate: (url: string) => boolean, what: string): Promise<Tab>;
  openPrivateTab(url: string): Promise<Tab>;
  /** Opens one of the extension's pages in a tab, by its path in the extension's folder. */
  extensionPage(path: string): Promise<Tab>;

  /** A click on the icon, which grants `activeTab` and opens the popup. Waits until that is loaded. */
  clickIcon(tab: Tab): Promise<Popup>;
  /** Waits for a popup that the extension opens by itself. */
  waitForPopup(what?: string): Promise<Popup>;
  popupIfOpen(): Promise<Popup | undefined>;
  /** The window that `identity.launchWebAuthFlow` opens. */
  authWindow(what?: string): Promise<Tab>;
  authWindowIfOpen(): Promise<Tab | undefined>;

  /** What the toolbar button says for `tab`; brings the tab to the front. */
  icon(tab: Tab): Promise<{ title: string; badgeText: string; enabled: boolean }>;
  /**
   * Whether the button shows another picture than the extension's plain one. A change takes the browser a moment, so
   * ask inside `until`. Chromium can't tell without a screen.
   */
  iconIsLit(tab: Tab): Promise<boolean>;
  /** A picture of the toolbar button. Chromium can't take it without a screen. */
  screenshotIcon(tab: Tab, file: string): Promise<void>;
  /** A right click on the icon. Chromium can't do it without a screen. */
  iconMenu(tab?: Tab): Promise<IconMenu>;

  readonly worker: {
    /** Runs `fn` in the service worker or event page, waking it if it sleeps. */
    evaluate<A extends unknown[], R>(fn: (...args: A) => R, ...args: A): Promise<Awaited<R>>;
    /** Stops it as the browser does when it is idle. Any event starts it again. */
    kill(): Promise<void>;
    running(): Promise<boolean>;
    /** How often it was started since the browser was. */
    starts(): Promise<number>;
  };
  /** The extension's storage, without running or waking its code. */
  readonly storage: {
    get(area: "local" | "session", keys?: string | string[] | null): Promise<Record<string, any>>;
    set(area: "local" | "session", values: Record<string, unknown>): Promise<void>;
    clear(area: "local" | "session"): Promise<void>;
  };

  /** Grants access to hosts, as if the person had said yes; `permissions.onAdded` fires. */
  grant(origins: string[]): Promise<void>;
  revoke(origins: string[]): Promise<void>;
  /** The hosts granted now, as match patterns. */
  grantedOrigins(): Promise<string[]>;
  /** The person says yes to the browser's question. Allowed beforehand, there is none and this does nothing. */
  acceptPermissionPrompt(): Promise<void>;
  /** The person says no to the browser's question. Allowed beforehand, there is none and this is an error. */
  denyPermissionPrompt(): Promise<void>;

  /** A site forgets the person: the cookies of a host go. */
  clearCookies(host: string): Promise<void>;

  /** The whole window. Headless Chromium shows the page only; headless Firefox leaves out menus and popups. */
  screenshotWindow(file: string): Promise<void>;
  /** Errors and uncaught exceptions of pages and of the extension, each once. */
  consoleErrors(): Promise<ConsoleEntry[]>;
  /** Everything that pages and the extension printed, as one text. */
  consoleText(): Promise<string>;
  /** What is on the screen, for error messages. */
  describe(): Promise<string>;
}

/** What each browser brings to the shared part in browser.mjs. */
export interface BrowserParts extends Browser {
  readonly options: BrowserOptions;
  readonly log: import("./console-log.mjs").ConsoleLog;
  readonly extension: {
    worker: Browser["worker"];
    storage: Browser["storage"];
    /** The address of one of its pages. */
    address(path: string): string;
    grantedOrigins: Browser["grantedOrigins"];
    grant: Browser["grant"];
    revoke: Browser["revoke"];
  };
  readonly pages: {
    authWindowIfOpen(): Promise<Tab | undefined>;
  };
  start(): Promise<void>;
  quit(): Promise<void>;
  /** The left mouse button on the icon of the window that shows `tab`. */
  pressIcon(tab: Tab): Promise<void>;
  /** Puts what was printed so far into the log. */
  readConsole(): Promise<void>;
}
