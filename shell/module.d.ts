// What the generated module exports, for the type checker: the module itself exists only after a build.
declare module "*/wasm/worker.js" {
  type Browser = typeof import("../extension/browser.js").browser & Pick<typeof import("../extension/pages.js"), "look" | "run"> & Pick<typeof import("../extension/links.js"), "keepLinks"> & Pick<typeof import("../extension/lights.js"), "light"> & typeof import("../extension/sign-in-window.js");
  export default function init(): Promise<unknown>;
  export class Worker {
    constructor(browser: Browser);
    started(): Promise<void>;
    menu_chosen(id: string): Promise<void>;
    host_access_changed(): Promise<void>;
    alarm_rang(name: string): Promise<void>;
    came_online(): Promise<void>;
    policy_changed(): Promise<void>;
    address_typed(typed: string, suggest: (suggestions: { content: string; description: string }[]) => void): Promise<void>;
    address_entered(typed: string, disposition: string): Promise<void>;
    message(message: unknown, sender: unknown): Promise<void>;
  }
}

declare module "*/wasm/popup.js" {
  type Browser = typeof import("../extension/browser.js").browser & Pick<typeof import("../extension/pages.js"), "look" | "run">;
  export default function init(): Promise<unknown>;
  export function open_popup(browser: Browser, asked: Promise<object | undefined>): Promise<void>;
}

declare module "*/wasm/desk.js" {
  type Browser = typeof import("../extension/browser.js").browser & Partial<Pick<typeof import("../extension/pages.js"), "look" | "run">>;
  export default function init(): Promise<unknown>;
  export function open_options(browser: Browser): Promise<void>;
  export function open_diagnostics(browser: Browser): Promise<void>;
  export function open_teaching(browser: Browser): Promise<void>;
}

declare module "*/wasm/finder.js" {
  /** Loads the module. */
  export default function init(): Promise<void>;

  /** Takes the list that is searched from now on: a line for each app, as src/finding.rs writes it. */
  export function prepare(list: string): void;
  /** Finds the best `most` apps for what was typed; the answer is a list of numbers in JSON, see src/search/finder.rs. */
  export function find(typed: string, most: number): string;
}

declare module "*/wasm/judge.js" {
  export default function init(): Promise<unknown>;
  export function teach(words: string): void;
  export function examine(snapshot: string): string | undefined;
  export function judge(snapshot: string, description: string): string | undefined;
}

declare module "*/wasm/links.js" {
  export default function init(): Promise<unknown>;
  export class Keeper {
    constructor(account: string, granted: string, now: number);
    found(key: string, text: string): void;
    came_online(): void;
    question(): string | undefined;
    answered(status: number, etag: string | undefined, body: string): void;
    kept(): string;
    addresses(): string;
    learned(answers: string): void;
    network(): string;
    rules(): string;
    report(unusable: string): string;
    free(): void;
  }
}
