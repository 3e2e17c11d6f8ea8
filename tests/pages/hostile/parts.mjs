// @ts-check
/** What hostile pages are made of. Each takes a plain sign-in form and changes one thing. */

export const USER = '<label>User name <input id="user" name="user"></label>';
export const PASSWORD = '<label>Password <input id="password" name="password" type="password"></label>';
export const BUTTON = '<button id="send">Sign in</button>';

/**
 * A whole page. The recorder goes right behind the character set.
 * @param {string} body @param {{title?: string, head?: string}} [options]
 */
export const page = (body, { title = "Sign in", head = "" } = {}) =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title>${head}<body>${body}`;

/**
 * A sign-in form, of which every part can be another one.
 * @param {{attributes?: string, before?: string, user?: string, password?: string, button?: string, after?: string}} [parts]
 */
export const form = ({ attributes = "", before = "", user = USER, password = PASSWORD, button = BUTTON, after = "" } = {}) =>
  `<h1>Sign in</h1><form id="login" method="post" action="/session" ${attributes}>${before}<p>${user}<p>${password}<p>${button}${after}</form>`;

/** @param {string} code */
export const script = (code) => `<script>${code}</script>`;

/** A page that lies over everything else. @param {string} html @param {string} [style] */
export const over = (html, style = "") => `<div style="position:fixed;inset:0;background:#fff;z-index:9;${style}">${html}</div>`;

/** One frame, as large as the page. @param {string} attributes @param {string} [style] */
export const frame = (attributes, style = "width:600px;height:300px") => `<iframe ${attributes} style="${style}"></iframe>`;

/** For an attribute in double quotes. @param {string} html */
export const quoted = (html) => html.replaceAll("&", "&amp;").replaceAll('"', "&quot;");

export const PLAIN = page(form());
