// What the generated module exports, for the type checker: the module itself exists only after a build.
declare module "*/wasm/my_apps_sign_in.js" {
  type PageFunction = (command: any) => unknown;
  export default function init(): Promise<unknown>;
  export class Worker {
    constructor(page: PageFunction);
    started(): Promise<void>;
    menu_chosen(id: string): Promise<void>;
    host_access_changed(): Promise<void>;
    alarm_rang(): Promise<void>;
    message(message: unknown, sender: unknown): Promise<void>;
  }
  export function open_popup(page: Promise<PageFunction>, found: Promise<object>): Promise<void>;
  export function open_options(page: PageFunction): Promise<void>;
}
