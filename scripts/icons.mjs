// Renders extension/icons/*.svg to the PNG files that browsers want, and the lit icon also to bare pixels, which is all that
// Chromium's declarativeContent takes; and the icons of the demonstration's apps. Run it after changing a drawing:
//   node scripts/icons.mjs
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import puppeteer from "puppeteer-core";

const folder = new URL("../extension/icons/", import.meta.url).pathname;
const apps = new URL("../portal/assets/apps/", import.meta.url).pathname;
const browser = await puppeteer.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
const page = await browser.newPage();
for (const name of ["idle", "lit"]) {
  for (const size of name === "idle" ? [16, 32, 48, 128] : [16, 32]) {
    const picture = await render(`${folder}${name}.svg`, size, `${folder}${name}-${size}.png`);
    if (name === "lit") writeFileSync(`${folder}${name}-${size}.rgba`, Buffer.from(await page.evaluate(pixels, picture, size)));
  }
}
// The same pictures, searched for longer: a third less of what everybody downloads.
execFileSync("advpng", ["-z", "-4", "-q", ...readdirSync(folder).filter((file) => file.endsWith(".png")).map((file) => `${folder}${file}`)]);
for (const file of readdirSync(apps).filter((file) => file.endsWith(".svg"))) {
  await render(`${apps}${file}`, 64, `${apps}${file.replace(".svg", ".png")}`);
}
await browser.close();

/** The PNG, which is also returned. @param {string} drawing @param {number} size @param {string} file */
async function render(drawing, size, file) {
  await page.setViewport({ width: size, height: size });
  await page.setContent(`<style>body { margin: 0 } svg { display: block; width: ${size}px; height: ${size}px }</style>${readFileSync(drawing, "utf8")}`);
  const picture = await page.screenshot({ omitBackground: true, encoding: "base64" });
  writeFileSync(file, Buffer.from(picture, "base64"));
  return picture;
}

/** Runs in the page: the pixels of a PNG, four bytes each. @param {string} picture @param {number} size */
async function pixels(picture, size) {
  const image = new Image();
  image.src = `data:image/png;base64,${picture}`;
  await image.decode();
  const drawing = new OffscreenCanvas(size, size).getContext("2d");
  if (!drawing) throw new Error("this browser cannot draw");
  drawing.drawImage(image, 0, 0);
  return [...drawing.getImageData(0, 0, size, size).data];
}
