// What Firefox's privileged context has, where the functions given to `Marionette.chrome` run, and the extension's API.
declare const BrowsingContext: any;
declare const Cc: any;
declare const ChromeUtils: any;
declare const Ci: any;
declare const Cu: any;
declare const Services: any;
declare const StructuredCloneHolder: any;
declare const WebExtensionPolicy: any;
declare const chrome: any;
declare var browser: any;
declare function sendAsyncMessage(name: string, data: unknown): void;
interface Window {
  [name: string]: any;
}
interface Document {
  querySelector(selector: string): any;
  getElementById(id: string): any;
}
