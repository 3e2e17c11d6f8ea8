// @ts-check
/** Where forms, buttons and links lead. */
import { attribute, getter } from "./dom.js";
import { clamp } from "./words.js";

/** An address of this page, or one that leads nowhere. @param {string} address */
function resolved(address) {
  try {
    return new URL(address, document.baseURI);
  } catch {
    return { protocol: "", origin: "null", pathname: "" };
  }
}

/** Where an address leads; a script or an empty address stays in the page. @param {string} address */
export const originOf = (address) => (/^(javascript|about):/.test(resolved(address).protocol) ? location.origin : resolved(address).origin);

/** Its path alone; what follows may hold a secret. @param {string} address */
export const pathOf = (address) => (address ? resolved(address).pathname : "");

/** Where a link leads: "page" within this document, else the path. @param {Element} element */
export function leadsTo(element) {
  const address = attribute(element, "href").trim();
  if (address === "" || address.startsWith("#") || address.endsWith("#") || /^javascript:/i.test(address)) return "page";
  return clamp(element instanceof HTMLAnchorElement ? getter(HTMLAnchorElement, "pathname")(element) : pathOf(address)) || "/";
}
