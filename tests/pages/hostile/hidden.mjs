// @ts-check
/** Ways to keep a person from seeing what is filled (row C5). In each, both fields are hidden in that way. */
import { BUTTON, PASSWORD, USER, form, over, page, script } from "./parts.mjs";

/** Around the whole form. @param {string} style */
const around = (style) => `<div style="${style}">${form()}</div>`;
/** On each of the fields. @param {string} style */
const each = (style) => form({ user: USER.replace("<input", `<input style="${style}"`), password: PASSWORD.replace("<input", `<input style="${style}"`) });
/** In a root. @param {string} html @param {string} [inside] @param {string} [style] */
const host = (html, inside = "", style = "") =>
  `<div style="${style}">${inside}</div>${script(`document.currentScript.previousElementSibling.attachShadow({ mode: "open" }).innerHTML = ${JSON.stringify(html)}`)}`;
/** @param {string} css */
const css = (css) => page(`<main>${form()}</main>`, { head: `<style>${css}</style>` });
const onTop = '<h1 style="font-size:80px">You have won</h1>';

/** These do nothing to the rest of a page: all of them are tried in one. @type {Record<string, string>} */
export const APART = {
  "opacity 0": around("opacity:0"),
  "opacity 0.001": around("opacity:0.001"),
  "opacity 0.05": around("opacity:0.05"),
  "opacity of the field": each("opacity:0"),
  "opacity by two": `<div style="opacity:.3"><div style="opacity:.3">${form()}</div></div>`,
  "opacity of a host": host(form(), "", "opacity:0"),
  "opacity inside of a root": host(`<div style="opacity:0">${form()}</div>`),
  "opacity of a slot": host("<div style=opacity:0><slot></slot></div>", form()),
  "opacity by animation": `<style>@keyframes gone { to { opacity: 0 } }</style>${around("animation:gone 1ms forwards")}`,
  "filter opacity": around("filter:opacity(0)"),
  "filter opacity in percent": around("filter:opacity(1%)"),
  "filter blur": around("filter:blur(40px)"),
  "visibility hidden": around("visibility:hidden"),
  "visibility collapse": around("visibility:collapse"),
  "display none": around("display:none"),
  "hidden": `<div hidden>${form()}</div>`,
  "content-visibility": around("content-visibility:hidden"),
  "clip-path inset": around("clip-path:inset(50%)"),
  "clip-path circle": around("clip-path:circle(0)"),
  "clip-path polygon": around("clip-path:polygon(0 0,0 0,0 0)"),
  "clip": around("position:absolute;clip:rect(0,0,0,0)"),
  "clip, one point": around("position:absolute;clip:rect(0,1px,1px,0)"),
  "one point": each("width:1px;height:1px;padding:0;border:0"),
  "no width": around("width:0;overflow:hidden;white-space:nowrap"),
  "no height": around("height:0;overflow:hidden"),
  "one point around": around("width:1px;height:1px;overflow:hidden;position:absolute"),
  "left of the page": around("position:absolute;left:-5000px"),
  "above the page": around("position:absolute;top:-50000px"),
  "right of a window that does not scroll": `<div style="position:fixed;left:200vw;top:0">${form()}</div>`,
  "below a window that does not scroll": `<div style="position:fixed;left:0;top:200vh">${form()}</div>`,
  "margin": around("margin-left:-9999px"),
  "translated": around("transform:translateX(-3000px)"),
  "translated by its own property": around("translate:-3000px"),
  "scaled to nothing": around("transform:scale(0)"),
  "scaled to nearly nothing": around("scale:0.01"),
  "turned on its edge": around("transform:rotateY(90deg)"),
  "zoomed away": around("zoom:0.01"),
  "scrolled away": `<div style="height:60px;overflow:hidden;position:relative"><p>Welcome</p><div style="position:absolute;top:900px">${form()}</div></div>`,
  "not in a slot": host("<p>Welcome</p>", form()),
  "details": `<details><summary>More</summary>${form()}</details>`,
  "a closed dialog": `<dialog>${form()}</dialog>`,
};

/** In a window of its own, so that it stays where it is put. @param {string} html */
const boxed = (html) => `<section style="position:relative;height:160px">${html}</section>`;
/** All of those, and what else stands in the page. @param {string} [html] */
export const allApart = (html = "") => page(html + Object.values(APART).map(boxed).join(""));

/** These need a page of their own. @type {Record<string, string>} */
export const HIDDEN = {
  "opacity of the page": css("html { opacity: 0 }"),
  "opacity of the body": css("body { opacity: 0.01 }"),
  "mask": page(around("mask-image:linear-gradient(transparent,transparent)")),
  "covered": page(form() + over(onTop)),
  "covered by the next form": page(`<div style="position:absolute;inset:0">${form()}</div>${over('<input type="search" placeholder="Search" style="width:100%;height:100%">')}`),
  "covered by a frame": page(form() + over("", "display:none") + `<iframe srcdoc="<h1>News</h1>" style="position:fixed;inset:0;width:100%;height:100%;border:0;background:#fff"></iframe>`),
  "covered by a canvas": page(form() + over('<canvas width="2000" height="2000" style="background:#fff"></canvas>')),
  "covered by a dialog": page(`${form()}<dialog id="box" style="inset:0;width:100%;height:100%;max-width:none;max-height:none">${onTop}</dialog>${script("box.showModal()")}`),
  "covered by what the pointer does not meet": page(form() + over(onTop, "pointer-events:none")),
  "covered by a popover the pointer does not meet": page(
    `${form()}<div popover="manual" id="box" style="inset:0;width:100%;height:100%;background:#fff;pointer-events:none">${onTop}</div>${script("box.showPopover()")}`,
  ),
  "covered, each field": page(
    form({
      user: `<span style="position:relative">${USER}<span style="position:absolute;inset:-4px;background:#fff">E-mail list</span></span>`,
      password: `<span style="position:relative">${PASSWORD}<span style="position:absolute;inset:-4px;background:#fff">&nbsp;</span></span>`,
    }),
  ),
  "behind the page": page(`<div style="position:absolute;z-index:-1">${form()}</div><div style="background:#fff;height:800px">${onTop}</div>`),
  "only the password, covered": page(form({ password: `<span style="position:relative">${PASSWORD}<span style="position:absolute;inset:-4px;background:#fff">&nbsp;</span></span>`, button: BUTTON })),
};

/** Here only the password is hidden, as on pages that ask for the user name first; the user name may be filled. @type {Record<string, string>} */
export const HALF_HIDDEN = {
  "opacity": page(form({ password: `<span style="opacity:0">${PASSWORD}</span>` })),
  "off the page": page(form({ password: `<span style="position:absolute;left:-4000px">${PASSWORD}</span>` })),
  "clipped": page(form({ password: `<span style="position:absolute;clip-path:inset(100%)">${PASSWORD}</span>` })),
  "a closed box": page(form({ password: `<details><summary>More</summary>${PASSWORD}</details>` })),
};
