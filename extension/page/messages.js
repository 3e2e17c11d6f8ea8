// @ts-check
/** What the page function is told and what it answers: types and nothing else, so that nobody loads this. */

/**
 * @typedef {{index: number, fingerprint: string}} Target
 * @typedef {Target & {value: string, secret: boolean}} Field  `secret` is true for the password and for nothing else
 * @typedef {{button: Target} | "request" | "enter" | "none"} Submit
 * @typedef {object} Place
 * @property {string} origin     the document's origin when it was probed
 * @property {string} href       the document's address when it was probed
 * @property {string[]} origins  where a form may be sent
 * @property {string[][]} [locators]  as they were in the probe, so that indexes agree
 * @property {boolean} [framed]  whether it is the document of a frame
 * @typedef {{probe: {frame?: string, locators?: string[][]}}} ProbeCommand  `frame` is the origin of the frame to look into
 * @typedef {{teach: ProbeCommand["probe"]}} TeachCommand
 * @typedef {{fill: Place & {fields: Field[], submit: Submit}}} FillCommand
 * @typedef {{submit: Place & {fields: Target[], submit: Submit}}} SubmitCommand
 *
 * @typedef {"submitted" | "waiting" | "filled" | "cleared" | "moved" | "refused" | "changed" | "hidden" | "too-long"
 *   | "no-option" | "not-kept" | "failed"} Outcome
 * @typedef {"not-asked" | "foreign-action" | "incomplete" | "no-button"} Reason  why it was filled and not submitted
 * @typedef {{outcome: Outcome, reason?: Reason}} Result
 */

/**
 * @typedef {object} Control  an absent property is false, empty or null
 * @property {number} index
 * @property {string} tag
 * @property {string} [type]
 * @property {string} fingerprint
 * @property {string} [name]
 * @property {string} [id]
 * @property {string} [classes]
 * @property {string} [autocomplete]
 * @property {string} [label]        label elements, ARIA, title
 * @property {string} [placeholder]
 * @property {string} [near]         the text before a control that has no label
 * @property {string} [text]         what a button or link says
 * @property {string} [href]         where a link leads: "page" within this document, else the path
 * @property {string} [actionOrigin] origin of `formaction`
 * @property {number} [form]         index into `forms`
 * @property {number} box            index into `boxes`, -1 for the document
 * @property {boolean} [visible]
 * @property {boolean} [covered]     another element lies over it
 * @property {string[]} [selectors]  that find it and nothing else, best first; while a form is being taught
 * @property {boolean} [focused]
 * @property {boolean} [aside]       in the page's header or navigation
 * @property {boolean} [readOnly]
 * @property {boolean} [disabled]
 * @property {boolean} [required]
 * @property {boolean} [filled]
 * @property {number} [maxLength]
 * @property {number} width
 * @property {number} height
 *
 * @typedef {{index: number, actionOrigin: string, actionPath: string, method: string, words: string, text: string}} Form
 * @typedef {{text: string, level: number, box: number, at: number}} Heading  `at` controls stand before it
 *
 * @typedef {object} Snapshot
 * @property {string} origin
 * @property {string} href
 * @property {string} title
 * @property {string} readyState
 * @property {boolean} top
 * @property {boolean} sandboxed
 * @property {boolean} prerendering
 * @property {Control[]} controls
 * @property {Form[]} forms
 * @property {number[]} boxes        parent of every element that holds several controls, -1 for the document
 * @property {Heading[]} headings
 * @property {(number | null)[]} located
 * @property {string} frameOrigin    of the largest frame a person can see
 * @property {number} took           milliseconds
 */

export {};
