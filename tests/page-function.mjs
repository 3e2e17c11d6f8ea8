// @ts-check
/** The page function as the extension has it, but for its comments: a function whose text can be run in a page. */
import { runInThisContext } from "node:vm";
import { pageFunction } from "../scripts/page-function.mjs";

/** @type {typeof import("../extension/page/form.js").form} */
export const form = runInThisContext(`(${await pageFunction()})`);
