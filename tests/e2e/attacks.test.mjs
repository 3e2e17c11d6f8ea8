// @ts-check
/** Whatever a page tries, and whenever: no password gets where it should not. Row by row in docs/threat-model.md. */
import { attacks } from "./attack.mjs";
import form from "./attacks-form.mjs";
import launch from "./attacks-launch.mjs";
import page from "./attacks-page.mjs";
import place from "./attacks-place.mjs";
import time from "./attacks-time.mjs";

// Where apps sign in by themselves comes last: from then on the extension has access to pages.
attacks({ place, form, time, page, launch });
