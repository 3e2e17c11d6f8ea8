// What the generated module exports, for the type checker: the module itself exists only after a build.
declare module "*/wasm/my_apps_sign_in.js" {
  type Browser = typeof import("../extension/browser.js").browser;
  export default function init(): Promise<unknown>;
  export class Worker {
    constructor(browser: Browser);
    started(): Promise<void>;
    menu_chosen(id: string): Promise<void>;
    host_access_changed(): Promise<void>;
    alarm_rang(): Promise<void>;
    message(message: unknown, sender: unknown): Promise<void>;
  }
  export function open_popup(browser: Browser): Promise<void>;
  export function open_options(browser: Browser): Promise<void>;
}
