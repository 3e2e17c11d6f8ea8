// @ts-check
/**
 * The only code of ours that ever runs in a page: it looks at sign-in forms, writes into them and submits them.
 *
 * `form(command)` is serialised by `scripting.executeScript({func: form, args: [command]})` and runs in the isolated
 * world of the top document, or of the one frame that an administrator named, so it must not use anything outside its own
 * body. It looks and it writes in one synchronous pass each; before it presses the button it gives the page two frames, in
 * which frameworks paint anew, and looks whether everything is still there. It leaves nothing behind: no listener, no
 * global, no node, no attribute. It decides nothing about roles: it reports what a person would see and does exactly what
 * it is told, after checking that the page is still the one that was reported.
 *
 * Form elements and the document let a page shadow their properties by naming a control (`<input name="action">`),
 * therefore everything is read through the getters and methods of the prototypes.
 */

/** @import {Control, Field, FillCommand, Heading, Outcome, Place, ProbeCommand, Result, Snapshot, Submit, SubmitCommand, Target, TeachCommand} from "./messages.js" */

/**
 * @param {ProbeCommand | TeachCommand | FillCommand | SubmitCommand} command
 * @returns {Snapshot | Promise<Result> | Result | null}
 */
export function form(command) {
  // ---- reading without being misled -------------------------------------------------------------------------------

  // Bound, not wrapped: a look makes thousands of these calls, before any of its code was compiled.
  const call = Function.prototype.call;
  /** @param {any} type @param {string} name @returns {(object: any) => any} */
  const getter = (type, name) => {
    const get = Object.getOwnPropertyDescriptor(type.prototype, name)?.get;
    return get ? call.bind(get) : () => undefined;
  };
  /** @param {any} type @param {string} name @returns {(object: any, ...args: any[]) => any} */
  const method = (type, name) => call.bind(type.prototype[name]);
  const localName = getter(Element, "localName");
  const parentNode = getter(Node, "parentNode");
  const parentElement = getter(Node, "parentElement");
  const firstChild = getter(Node, "firstChild");
  const lastChild = getter(Node, "lastChild");
  const nodeType = getter(Node, "nodeType");
  const textOf = getter(CharacterData, "data");
  const isConnected = getter(Node, "isConnected");
  const shadowRoot = getter(Element, "shadowRoot");
  const assignedSlot = getter(Element, "assignedSlot");
  const getAttribute = method(Element, "getAttribute");
  const matches = method(Element, "matches");
  const innermost = method(Element, "closest");
  const contains = method(Node, "contains");
  const orderOf = method(Node, "compareDocumentPosition");
  const getRoot = method(Node, "getRootNode");
  const rectOf = method(Element, "getBoundingClientRect");
  const dispatch = method(EventTarget, "dispatchEvent");
  const inputType = getter(HTMLInputElement, "type");
  const isRendered = method(Element, "checkVisibility");
  const named = method(Document, "getElementsByTagName");
  const inDocument = method(Document, "querySelectorAll");
  const inFragment = method(DocumentFragment, "querySelectorAll");
  const inElement = method(Element, "querySelectorAll");

  /** What a selector finds, not yet touched: every element that is touched costs. @param {any} root @param {string} selector @returns {NodeListOf<Element>} */
  const select = (root, selector) => (root === document ? inDocument : nodeType(root) === 11 ? inFragment : inElement)(root, selector);
  /** @param {any} root @param {string} selector @returns {Element[]} */
  const all = (root, selector) => Array.from(select(root, selector));
  const attribute = (/** @type {Element} */ element, /** @type {string} */ name) => getAttribute(element, name) ?? "";
  /** The next element outwards, through shadow roots. @param {any} node @returns {Element | null} */
  const outer = (node) => {
    const parent = parentElement(node);
    if (parent) return parent;
    const root = parentNode(node);
    return root && nodeType(root) === 11 ? root.host ?? null : null;
  };
  /** The innermost element around it that a selector fits, through shadow roots. @param {Element} element @param {string} selector @returns {Element | null} */
  const closest = (element, selector) => {
    for (let at = outer(element); at; ) {
      const found = innermost(at, selector);
      if (found) return found;
      const root = getRoot(at);
      at = nodeType(root) === 11 ? root.host ?? null : null;
    }
    return null;
  };
  const KINDS = new Map(Object.entries({ input: HTMLInputElement, button: HTMLButtonElement, select: HTMLSelectElement, textarea: HTMLTextAreaElement }));
  /** @type {Map<string, Map<string, (object: any) => any>>} */ const properties = new Map();
  /** A property of a native control; other elements have none. @param {Element} element @param {string} name */
  const property = (element, name) => {
    const kind = localName(element);
    const type = KINDS.get(kind);
    if (!type || !(element instanceof type)) return undefined;
    let known = properties.get(name);
    if (!known) properties.set(name, (known = new Map()));
    let get = known.get(kind);
    if (!get) known.set(kind, (get = getter(type, name)));
    return get(element);
  };
  /** A control inside of a component belongs to the form that the component stands in. @param {Element} element @returns {HTMLFormElement | null} */
  const formOf = (element) => {
    const own = property(element, "form");
    if (own || (own === null && nodeType(getRoot(element)) !== 11)) return own;
    return /** @type {any} */ (closest(element, "form"));
  };
  /** @param {Element} element @returns {string} */
  const typeOf = (element) => String(property(element, "type") ?? "");
  /** @param {string} address */
  const resolved = (address) => {
    try {
      return new URL(address, document.baseURI);
    } catch {
      return { protocol: "", origin: "null", pathname: "" };
    }
  };
  /** Where an address leads; a script or an empty address stays in the page. @param {string} address */
  const originOf = (address) => (/^(javascript|about):/.test(resolved(address).protocol) ? location.origin : resolved(address).origin);

  const SHORT = 120;
  /** No more of a text than this. A letter that was cut in two is no text any more, and Firefox would hand on the half. @param {string} text @param {number} [limit] */
  const cut = (text, limit = SHORT) => text.slice(0, limit).toWellFormed();
  /** @param {unknown} text @param {number} [limit] */
  const clamp = (text, limit = SHORT) => {
    const string = String(text ?? "");
    return string === "" ? "" : cut(string.slice(0, limit * 4).replace(/\s+/g, " ").trim(), limit);
  };
  const short = (/** @type {Element} */ element, /** @type {string} */ name) => cut(attribute(element, name));
  const SILENT = new Set(["script", "style", "noscript", "template", "select", "option", "textarea", "datalist", "iframe"]);
  /** The words inside an element, without those of lists and scripts. @param {Element} element @param {number} [limit] */
  const wordsOf = (element, limit = SHORT) => {
    // Most hold one text and nothing else.
    let home = element;
    let only = firstChild(home);
    while (only && only === lastChild(home) && nodeType(only) === 1) only = firstChild((home = only));
    if (!only) return "";
    if (only === lastChild(home)) return nodeType(only) === 3 && !SILENT.has(localName(home)) ? clamp(textOf(only), limit) : "";
    let text = "";
    const walker = Document.prototype.createTreeWalker.call(document, home, NodeFilter.SHOW_TEXT);
    for (let steps = 0; steps < 200 && text.length < limit * 2; steps += 1) {
      const node = walker.nextNode();
      if (!node) break;
      const data = textOf(node);
      if (/\S/.test(data) && !SILENT.has(localName(parentNode(node)) ?? "")) text += ` ${data.slice(0, limit * 2)}`;
    }
    return clamp(text, limit);
  };
  /** What a button without words shows. @param {Element} element */
  const pictureOf = (element) => {
    const [picture] = all(element, "img[alt],svg[aria-label],[aria-label]");
    return picture ? clamp(getAttribute(picture, "alt") ?? getAttribute(picture, "aria-label")) : "";
  };

  // ---- which elements are controls --------------------------------------------------------------------------------

  const FIELDS = "input:not([type=hidden i]),select,textarea";
  // Beside native controls only components that take part in forms are enabled or disabled; others say by ARIA that they are fields.
  const COMPONENTS = ":is(:enabled,:disabled,[role=textbox],[role=searchbox],[role=combobox]):not(input,select,textarea,button,fieldset,optgroup,option,[role=button])";
  const PRESSED = "button,a,[role=button],input[type=submit i],input[type=image i],input[type=button i]";
  // As people write them: looking for letters of either case takes three times as long.
  const DRAWN = ":is(div,span,li,td,p,img,label):is([onclick],[class*=btn],[class*=utton],[class*=ubmit],[class*=Btn],[class*=BTN],[class*=BUTTON],[class*=SUBMIT])";
  const HEADINGS = "h1,h2,h3,h4,h5,h6,legend,[role=heading],caption";
  // What may hold a shadow root, as far as names tell: most elements of a large page may not. The most frequent names first, on either side.
  const HOSTS = "div,span,p,h2,h3,section,:not(td,a,li,option,tr,input,img,label,ul,script,b,i,strong,link,meta,br,button,select,style,tbody,table,form,em,small,th,iframe,dd,dt,dl,fieldset,ol,optgroup,picture,source,textarea,thead,col,svg,svg *)";
  const MAXIMUM = { fields: 500, buttons: 400, links: 400, headings: 80, covered: 4 };
  // A page with more inputs than this is looked at around its passwords only: so many of them, and so many elements on either side.
  const LARGE = { inputs: 500, passwords: 8, around: 40 };
  const PLAIN = "input:not([type=hidden i]),select,textarea,button,a,label,h1,h2";

  const BUTTONS = new Set(["submit", "image", "button", "reset"]);
  const WRITABLE = new Set(["text", "email", "tel", "number", "search", "url", "password"]);
  /** @param {Element} element @returns {"field" | "button" | "link" | "heading" | "label" | "component" | "drawn"} */
  const sortOf = (element) => {
    const name = localName(element);
    if (name === "input") return BUTTONS.has(inputType(element)) ? "button" : "field";
    if (name === "select" || name === "textarea") return "field";
    if (name === "button") return "button";
    const role = getAttribute(element, "role");
    if (role === "button") return "button";
    if (name === "a") return "link";
    if (name === "label") return "label";
    if (role === "heading" || name === "legend" || name === "caption" || /^h[1-6]$/.test(name)) return "heading";
    return matches(element, COMPONENTS) ? "component" : "drawn";
  };
  /** The component that is made of a control: what is said about the control is said there. @param {Element} element */
  const componentOf = (element) => {
    const root = getRoot(element);
    if (nodeType(root) !== 11) return null;
    const fields = select(root, FIELDS);
    const only = fields.length > 0 ? fields : select(root, PRESSED);
    return only.length === 1 && only[0] === element ? /** @type {Element} */ (root.host) : null;
  };
  /** Whether the page has more than anybody signs in with. */
  const large = named(document, "input").length > LARGE.inputs;
  /** What stands around the first passwords of a large page; without one, what stands first. @returns {Element[]} */
  const around = () => {
    const list = select(document, PLAIN);
    const passwords = select(document, "input[type=password i]");
    /** @type {Element[]} */ const found = [];
    let next = 0;
    for (const middle of Array.prototype.slice.call(passwords.length > 0 ? passwords : list, 0, LARGE.passwords)) {
      // The list is in document order, and touching all of it would take longer than everything else.
      let [from, to] = [next, list.length];
      while (from < to) {
        const at = (from + to) >> 1;
        if (orderOf(list[at], middle) & Node.DOCUMENT_POSITION_FOLLOWING) from = at + 1;
        else to = at;
      }
      for (next = Math.max(next, from - LARGE.around); next < from + LARGE.around && next < list.length; next += 1) found.push(/** @type {Element} */ (list[next]));
    }
    return found;
  };
  /** Everything of interest in document order, open shadow roots in the place of their hosts. */
  const everything = () => {
    // What is frequent first; the buttons among inputs are inputs.
    const selector = `${FIELDS},label,a,button,[role=button],${HEADINGS},${DRAWN},${COMPONENTS}`;
    /** @type {Element[]} */ const found = [];
    /** @param {any} root @param {number} depth */
    const visit = (root, depth) => {
      const hosts = rootsIn(root);
      // Where there is nothing to fill, nothing else is looked for but what the page says.
      const here = select(root, depth === 0 && hosts.length === 0 && select(root, FIELDS).length === 0 ? HEADINGS : selector);
      let [next, count] = [0, here.length];
      // Both lists are in document order; merge them, so that a host's content stands where the host stands.
      if (depth < 20)
        for (const host of hosts) {
          for (; next < count; next += 1) {
            const element = /** @type {Element} */ (here[next]);
            if (element !== host && !(orderOf(element, host) & Node.DOCUMENT_POSITION_FOLLOWING)) break;
            found.push(element);
          }
          visit(shadowRoot(host), depth + 1);
        }
      for (; next < count; next += 1) found.push(/** @type {Element} */ (here[next]));
    };
    visit(document, 0);
    return found;
  };
  /** The elements with a shadow root that is open. @param {any} root @returns {Element[]} */
  const rootsIn = (root) => {
    /** @type {Element[]} */ const found = [];
    const hosts = select(root, HOSTS);
    for (let next = 0, count = hosts.length; next < count; next += 1) if (shadowRoot(hosts[next])) found.push(/** @type {Element} */ (hosts[next]));
    return found;
  };

  const collect = () => {
    const found = large ? around() : everything();
    /** @type {Element[]} */ const controls = [];
    /** @type {{element: Element, at: number}[]} */ const headings = [];
    /** @type {Element[]} */ const labels = [];
    const room = { ...MAXIMUM };
    const sorts = found.map(sortOf);
    // Links count only where fields are: within a few steps of what is within a few steps of one.
    /** @type {Map<Element, number>} */ const steps = new Map();
    for (let place = 0; place < found.length; place += 1) {
      if (sorts[place] !== "field") continue;
      const element = /** @type {Element} */ (found[place]);
      let at = outer(element);
      for (let step = 0; at && step < 7 && !steps.has(at) && localName(at) !== "body"; step += 1, at = outer(at)) steps.set(at, 0);
      const owner = formOf(element);
      const beyond = owner && outer(owner);
      if (owner) steps.set(owner, 0);
      if (beyond && localName(beyond) !== "body") steps.set(beyond, 0);
    }
    const nearField = (/** @type {Element} */ element) => {
      /** @type {Element[]} */ const pending = [];
      /** @type {Element | null} */ let at = element;
      for (; at && !steps.has(at); at = outer(at)) pending.push(at);
      let count = (at && steps.get(at)) ?? 100;
      while (pending.length > 0) steps.set(/** @type {Element} */ (pending.pop()), (count += 1));
      return (steps.get(element) ?? 100) <= 6;
    };
    for (let place = 0; place < found.length; place += 1) {
      const element = /** @type {Element} */ (found[place]);
      const sort = sorts[place];
      if (sort === "label") labels.push(element);
      if (sort === "field" && room.fields-- > 0) controls.push(element);
      else if (sort === "component") {
        // One that is made of native controls is there with those.
        const inside = [element, shadowRoot(element)].some((root) => root && select(root, `${FIELDS},${PRESSED}`).length > 0);
        if (!inside && room.fields-- > 0) controls.push(element);
      } else if (sort === "heading" && room.headings-- > 0) headings.push({ element, at: controls.length });
      else if (sort === "button" && room.buttons-- > 0) controls.push(element);
      else if (sort === "link" && nearField(element) && room.links-- > 0) controls.push(element);
      else if (sort === "drawn" || (sort === "label" && getAttribute(element, "onclick") !== null)) {
        // An element drawn as a button: only if it is no wrapper of real controls and not a part of one.
        if (nearField(element) && select(element, `${FIELDS},${PRESSED}`).length === 0 && !closest(element, `${PRESSED},${DRAWN}`)
          && room.buttons-- > 0) controls.push(element);
      }
    }
    return { controls, headings, labels };
  };

  /** The first element that one of the selectors finds, through open shadow roots. @param {string[]} selectors */
  const locate = (selectors) => {
    /** @type {any[]} */ const roots = [document];
    for (let next = 0; next < roots.length && roots.length < 200; next += 1)
      for (const host of rootsIn(roots[next])) roots.push(shadowRoot(host));
    for (const selector of selectors)
      for (const root of roots)
        try {
          const [element] = select(root, selector);
          if (element) return element;
        } catch {
          break; // not a selector: the next one may be
        }
    return null;
  };

  /** @param {string[][]} [locators] */
  const enumerate = (locators = []) => {
    destinations.clear();
    const { controls, headings, labels } = collect();
    const located = locators.map((selectors) => {
      const element = locate(selectors);
      if (!element) return null;
      const known = controls.indexOf(element);
      return known >= 0 ? known : controls.push(element) - 1;
    });
    return { controls, headings, labels, located };
  };

  /** Where forms are sent when they are looked at; many controls share one. @type {Map<string, string>} */ const destinations = new Map();
  /** @param {HTMLFormElement} owner */
  const destinationOf = (owner) => {
    const address = attribute(owner, "action");
    if (!destinations.has(address)) destinations.set(address, originOf(getter(HTMLFormElement, "action")(owner)));
    return destinations.get(address) ?? "";
  };
  /** What must not change between looking and writing. @param {Element} element @param {HTMLFormElement | null} [owner] */
  const fingerprint = (element, owner = formOf(element)) => {
    const own = getAttribute(element, "formaction");
    const parts = [localName(element), typeOf(element), attribute(element, "name"), attribute(element, "id"), attribute(element, "autocomplete"),
      owner ? `form ${attribute(owner, "id")} ${attribute(owner, "name")}` : "", own === null ? (owner ? destinationOf(owner) : "") : originOf(own)];
    return parts.map((part) => cut(part, 80)).join("|");
  };

  // ---- what a person sees -----------------------------------------------------------------------------------------

  /**
   * @typedef {{left: number, top: number, right: number, bottom: number}} Area
   * @typedef {Area & {width: number, height: number}} Box
   * @typedef {{opacity: number, hidden: boolean, cut: boolean, veiled: boolean, inner: Area, held: Area, fixed: Area}} Shade
   */
  /** @type {Map<Element, Box>} */ const places = new Map();
  /** Where an element lies; asked once for each look. @param {Element} element @returns {Box} */
  const boxOf = (element) => {
    const known = places.get(element);
    if (known) return known;
    const { left, top, width, height } = rectOf(element);
    const box = { left, top, width, height, right: left + width, bottom: top + height };
    places.set(element, box);
    return box;
  };
  const OPEN = { opacity: 1, hidden: false, cut: false, veiled: false };
  /** @param {Area} one @param {Area} other @returns {Area} */
  const shared = (one, other) =>
    ({ left: Math.max(one.left, other.left), top: Math.max(one.top, other.top), right: Math.min(one.right, other.right), bottom: Math.min(one.bottom, other.bottom) });
  /** @param {Area} area */
  const isRoomy = (area) => area.right - area.left >= 6 && area.bottom - area.top >= 6;
  /** @type {Map<Element, Shade>} */ const shades = new Map();
  /** What an element and all around it do to what is inside: opacity, clipping. @param {Element} element @returns {Shade} */
  const shadeOf = (element) => {
    /** @type {Element[]} */ const pending = [];
    /** @type {Element | null} */ let at = element;
    while (at && !shades.has(at)) {
      pending.push(at);
      at = assignedSlot(at) ?? outer(at);
    }
    extent ??= measure();
    const page = { left: -1e9, top: -1e9, right: extent.width - extent.x, bottom: extent.height - extent.y };
    // What is fixed to the window can't be scrolled into it.
    let shade = (at && shades.get(at)) || { ...OPEN, inner: page, held: page, fixed: { left: 0, top: 0, right: innerWidth, bottom: innerHeight } };
    for (const node of pending.reverse()) {
      const style = getComputedStyle(node);
      const { filter, position } = style;
      const veil = filter === "none" ? null : /opacity\(([\d.]+)(%?)\)/.exec(filter);
      const blur = filter === "none" ? null : /blur\(([\d.]+)px\)/.exec(filter);
      const rect = position === "absolute" || position === "fixed" ? style.clip : "auto";
      const base = position === "fixed" ? shade.fixed : position === "absolute" ? shade.held : shade.inner;
      let inner = base;
      const name = localName(node);
      // The document's element scrolls the window, and leaves it to the body if it says nothing itself.
      const isWindow = name === "html" || (name === "body" && getComputedStyle(outer(node) ?? node).overflowX === "visible");
      if (name !== "input" && !isWindow && style.overflowX !== "visible") {
        const box = boxOf(node);
        if (style.display !== "contents" && style.display !== "inline") inner = shared(base, box);
        // What is inside of a window can be scrolled into it, if there is room to see it in.
        if (/auto|scroll/.test(style.overflowX + style.overflowY) && isRoomy(inner)) {
          const size = (/** @type {string} */ name) => getter(Element, name)(node);
          const across = /auto|scroll/.test(style.overflowX) ? size("scrollWidth") - size("clientWidth") : 0;
          const down = /auto|scroll/.test(style.overflowY) ? size("scrollHeight") - size("clientHeight") : 0;
          inner = { left: inner.left - across, top: inner.top - down, right: inner.right + across, bottom: inner.bottom + down };
        }
      }
      const anchor = style.transform !== "none" || filter !== "none";
      shade = {
        opacity: shade.opacity * Number(style.opacity) * (veil ? Number(veil[1]) / (veil[2] ? 100 : 1) : 1),
        hidden: shade.hidden || (blur !== null && Number(blur[1]) > 12)
          || (rect !== "auto" && rect !== "" && !/[2-9]\d*px|\d\dpx|auto/.test(rect)),
        cut: shade.cut || style.clipPath !== "none",
        veiled: shade.veiled || (style.maskImage ?? "none") !== "none" || filter.includes("url("),
        inner,
        held: anchor || position !== "static" ? inner : shade.held,
        fixed: anchor ? inner : shade.fixed,
      };
      shades.set(node, shade);
    }
    return shade;
  };

  /** How far the page reaches. Asked for only if there is something to see: a page that is changing has to be laid out for it. */
  const measure = () => {
    const [width, height] = ["scrollWidth", "scrollHeight"].map((name) => getter(Element, name)(getter(Document, "documentElement")(document)));
    return { x: scrollX, y: scrollY, width: Math.max(width, innerWidth), height: Math.max(height, innerHeight) };
  };
  /** @type {ReturnType<typeof measure> | undefined} */ let extent;
  /** @typedef {{element: Element, box: Box, top: boolean}} Layer */
  /** @type {Layer[] | undefined} */ let layers;
  /** What may lie over the page although the pointer does not meet it: in the browser's top layer, or near the page's root. @returns {Layer[]} */
  const layersOf = () => {
    const childrenOf = getter(Element, "children");
    const body = getter(Document, "body")(document);
    const upper = [...select(document, "dialog,[popover]"), getter(Document, "fullscreenElement")(document)]
      .filter((element) => element && matches(element, ":popover-open,:modal,:fullscreen"));
    const lower = Array.from(body ? childrenOf(body) : []).slice(0, 200)
      .flatMap((/** @type {Element} */ child) => [child, ...childrenOf(child)]).slice(0, 400);
    return [...upper, ...lower].map((element, place) => ({ element, top: place < upper.length, box: boxOf(element) }));
  };
  /** Whether a layer that the pointer does not meet hides what is under it. How it is drawn is dear to ask: where it lies was asked before. @param {Layer} layer */
  const hides = ({ element, top }) => {
    const style = getComputedStyle(element);
    if (style.pointerEvents !== "none" || shadeOf(element).opacity <= 0.5) return false;
    return top || (/absolute|fixed/.test(style.position) && Number(style.zIndex) > 0 && style.backgroundColor.startsWith("rgb("));
  };

  const DRAWN_AT_ALL = { visibilityProperty: true, opacityProperty: true };
  /** Rendered and not transparent; enough for what is never written into. @param {Element} element @param {Box} box */
  const isShown = (element, box) => {
    if (box.width < 6 || box.height < 6) return false;
    extent ??= measure();
    return box.right + extent.x > 3 && box.bottom + extent.y > 3 && isRendered(element, DRAWN_AT_ALL);
  };
  /** Rendered, opaque, large enough and not outside of the page. @param {Element} element @param {Box} box */
  const isVisible = (element, box) => {
    if (!isShown(element, box)) return false;
    const shade = shadeOf(element);
    if (shade.hidden || shade.opacity < 0.2 || !isRoomy(shared(shade.inner, box))) return false;
    return !shade.cut || !isCovered(element, box, true);
  };

  /** Whether a field is transparent as long as nobody is in it, as where its label lies there until then: in something visible that is hardly larger. @param {Element} element @param {Box} box */
  const isFaint = (element, box) => {
    if (!WRITABLE.has(typeOf(element)) || !isRendered(element, { visibilityProperty: true }) || isRendered(element, DRAWN_AT_ALL)) return false;
    let home = outer(element);
    for (let steps = 0; home && steps < 4 && !isRendered(home, DRAWN_AT_ALL); steps += 1) home = outer(home);
    return home !== null && spans(boxOf(home), box) && boxOf(home).height < 3 * box.height + 10 && isVisible(home, boxOf(home));
  };

  /**
   * Whether something else is met at most of the points of a control. Only points inside of the window can be asked;
   * `unknown` is the answer when there are none.
   * @param {Element} element @param {Box} box @param {boolean} unknown
   */
  const isCovered = (element, box, unknown) => {
    layers ??= layersOf();
    if (layers.some((layer) => spans(layer.box, box) && !contains(layer.element, element) && hides(layer)) || isUnder(element, box)) return true;
    const root = getRoot(element);
    const pointed = method(nodeType(root) === 11 ? ShadowRoot : Document, "elementFromPoint");
    let [asked, met] = [0, 0];
    for (const [across, down] of POINTS) {
      const x = box.left + box.width * /** @type {number} */ (across);
      const y = box.top + box.height * /** @type {number} */ (down);
      if (x < 0 || y < 0 || x >= innerWidth || y >= innerHeight) continue;
      asked += 1;
      if (belongs(element, pointed(root, x, y))) met += 1;
      // Most of them decide.
      if (met * 2 > POINTS.length || (asked - met) * 2 > POINTS.length) break;
    }
    return asked === 0 ? unknown : met * 2 < asked;
  };
  // In a large page a question takes the browser milliseconds.
  const POINTS = [[0.5, 0.5], [0.15, 0.3], [0.85, 0.7], ...(large ? [] : [[0.85, 0.3], [0.15, 0.7]])];
  /** @param {Area} outside @param {Area} inside */
  const spans = (outside, inside) =>
    outside.left <= inside.left && outside.right >= inside.right && outside.top <= inside.top && outside.bottom >= inside.bottom;
  const beside = ["previousElementSibling", "nextElementSibling"].map((name) => getter(Element, name));
  /** Whether an opaque element lies over it that the pointer does not meet. @param {Element} element @param {Box} box */
  const isUnder = (element, box) => {
    for (let at = /** @type {Element | null} */ (element); at; at = outer(at))
      for (const next of beside)
        for (let other = next(at), steps = 0; other && steps < 100; other = next(other), steps += 1) {
          if (!spans(boxOf(other), box)) continue;
          const style = getComputedStyle(other);
          if (style.pointerEvents !== "none" || !(Number(style.zIndex) > (Number(getComputedStyle(at).zIndex) || 0))) continue;
          if (style.backgroundColor.startsWith("rgb(") && Number(style.opacity) > 0.9 && style.visibility === "visible") return true;
        }
    return false;
  };
  /** A label or a see-through neighbour over a field hides nothing. @param {Element} element @param {Element | null} top */
  const belongs = (element, top) => {
    if (!top) return false;
    if (top === element || contains(element, top) || top instanceof HTMLLabelElement || closest(top, "label")) return true;
    if (contains(top, element)) return getComputedStyle(element).pointerEvents === "none";
    const home = outer(element);
    const near = home && (contains(home, top) || contains(outer(home) ?? home, top));
    if (!near) return false;
    const style = getComputedStyle(top);
    return /^(transparent|rgba\(.*, 0\))$/.test(style.backgroundColor) && style.backgroundImage === "none";
  };

  // ---- commands ---------------------------------------------------------------------------------------------------

  /** @param {Place} place @returns {Outcome | null} why this document must not be touched, or not any more */
  const refusal = (place) => {
    if ((window !== window.top) !== Boolean(place.framed) || self.origin === "null" || getter(Document, "prerendering")(document)) return "refused";
    return place.origin !== self.origin || place.href !== location.href ? "moved" : null;
  };
  const focusedElement = () => {
    let focused = null;
    for (let at = getter(Document, "activeElement")(document); at; at = shadowRoot(at) && getter(ShadowRoot, "activeElement")(shadowRoot(at))) focused = at;
    return focused;
  };

  /** @param {{locators?: string[][]}} request @returns {Snapshot} */
  const probe = ({ locators }) => {
    const began = performance.now();
    const { controls, headings, labels, located } = enumerate(locators);
    /** @type {Map<Element, Element[]>} */ const labelled = new Map();
    const labelledBy = labels.length > 0 ? getter(HTMLLabelElement, "control") : () => null;
    for (const label of labels) {
      const control = labelledBy(label);
      if (control) labelled.set(control, [...(labelled.get(control) ?? []), label]);
    }
    /** @type {Map<HTMLFormElement, number>} */ const forms = new Map();
    const focused = focusedElement();
    /** @type {{control: any, element: Element, box: Box}[]} */ const fields = [];
    const boxes = boxesOf([...controls, ...headings.map(({ element }) => element)]);

    const described = controls.map((element, index) => {
      const tag = localName(element);
      const type = typeOf(element);
      const box = boxOf(element);
      const sort = sortOf(element);
      const pressed = sort !== "field" && sort !== "component";
      const tick = type === "checkbox" || type === "radio";
      const visible = pressed && !BUTTONS.has(type) ? isShown(element, box) : isVisible(element, box) || isFaint(element, box);
      const owner = formOf(element);
      if (owner && !forms.has(owner)) forms.set(owner, forms.size);
      /** @type {any} */
      const control = { index, tag, fingerprint: fingerprint(element, owner), box: boxes.of(element), width: Math.round(box.width), height: Math.round(box.height) };
      /** @param {string} key @param {unknown} value */
      const put = (key, value) => {
        if (value !== "" && value !== false && value !== null && value !== undefined) control[key] = value;
      };
      put("type", sort === "component" ? sort : type);
      put("visible", visible);
      if (owner) control.form = forms.get(owner);
      // Of what a person can't see, no more is asked; but ticks may be drawn by other means, and a form's buttons may be for its next step.
      if (!visible && !tick && !(pressed && (owner || BUTTONS.has(type))) && !located.includes(index)) return /** @type {Control} */ (control);
      const component = componentOf(element);
      put("name", short(element, "name") || (component && short(component, "name")));
      put("id", short(element, "id"));
      put("focused", element === focused);
      put("disabled", matches(element, ":disabled") || attribute(element, "aria-disabled") === "true");
      put("label", labelOf(element, owner, labelled.get(element)) || (component && (labelOf(component, owner, labelled.get(component)) || short(component, "label"))));
      if (pressed) {
        put("classes", short(element, "class"));
        const drawn = type === "submit" || type === "button" || type === "reset" ? attribute(element, "value") : attribute(element, "alt");
        put("text", (tag === "input" ? clamp(drawn) : wordsOf(element) || pictureOf(element)) || clamp(drawn) || (component && wordsOf(component)));
        if (tag === "a" && getAttribute(element, "href") !== null) put("href", leadsTo(element));
        if (getAttribute(element, "formaction") !== null) put("actionOrigin", originOf(attribute(element, "formaction")));
      } else {
        put("autocomplete", (short(element, "autocomplete") || (component ? short(component, "autocomplete") : "")).trim().toLowerCase());
        put("placeholder", clamp(attribute(element, "placeholder") || (component && attribute(component, "placeholder"))));
        const part = closest(element, "main,article,dialog,header,nav");
        put("aside", part !== null && matches(part, "header,nav"));
        put("readOnly", Boolean(property(element, "readOnly")));
        put("required", Boolean(property(element, "required")));
        const length = property(element, "maxLength");
        if (typeof length === "number" && length >= 0) control.maxLength = length;
        put("filled", tick ? property(element, "checked") : String(property(element, "value") ?? "").length > 0);
        if (visible && !control.label) put("near", tick ? neighbour(element, "nextNode") : textBefore(element) || (component && textBefore(component)));
        if (visible && !tick && tag === "input") fields.push({ control, element, box });
      }
      return /** @type {Control} */ (control);
    });

    // Asking what lies where is dear: passwords and what stands before them, in a large page passwords alone. A password that is not asked about counts as covered.
    const passwords = fields.filter(({ control }) => control.type === "password");
    const asked = new Set((passwords.length > 0 ? passwords : fields).slice(0, MAXIMUM.covered));
    if (!large) for (const first of passwords.slice(0, MAXIMUM.covered))
      for (const field of fields.slice(0, fields.indexOf(first)).filter((field) => !passwords.includes(field)).slice(-2)) asked.add(field);
    for (const field of new Set([...passwords, ...asked]))
      if (!asked.has(field) || shadeOf(field.element).veiled || isCovered(field.element, field.box, false)) field.control.covered = true;

    return {
      origin: self.origin,
      href: location.href,
      title: clamp(getter(Document, "title")(document)),
      readyState: getter(Document, "readyState")(document),
      top: window === window.top,
      sandboxed: self.origin === "null",
      prerendering: Boolean(getter(Document, "prerendering")(document)),
      controls: described,
      forms: [...forms].map(([owner, index]) => ({
        index,
        actionOrigin: destinationOf(owner),
        actionPath: clamp(pathOf(attribute(owner, "action"))),
        method: String(getter(HTMLFormElement, "method")(owner)),
        words: clamp(`${attribute(owner, "id")} ${attribute(owner, "name")} ${attribute(owner, "class")} ${attribute(owner, "aria-label")}`),
        text: wordsOf(owner, 600),
      })),
      boxes: boxes.parents,
      headings: headings
        .filter(({ element }) => isShown(element, boxOf(element)))
        .map(({ element, at }) => ({ text: wordsOf(element), level: Number(/^h([1-6])$/.exec(localName(element))?.[1] ?? 6), box: boxes.of(element), at }))
        .filter(({ text }) => text !== ""),
      located,
      frameOrigin: frameOrigin(),
      took: Math.ceil(performance.now() - began),
    };
  };
  /** Smaller ones hold no form; what has no address of its own belongs to this page. */
  const frameOrigin = () => {
    let [largest, origin] = [0, ""];
    if (window.length > 0) for (const frame of [...named(document, "iframe"), ...named(document, "frame")]) {
      const box = boxOf(frame);
      if (getAttribute(frame, "src") === null || box.width < 150 || box.height < 80 || box.width * box.height <= largest || !isShown(frame, box)) continue;
      largest = box.width * box.height;
      origin = originOf(attribute(frame, "src"));
    }
    return origin;
  };

  /**
   * The tree of the elements around controls, without those that hold only one branch: enough to tell which controls
   * stand together.
   * @param {Element[]} leaves
   */
  const boxesOf = (leaves) => {
    /** @type {Map<Element, number>} */ const branches = new Map();
    for (const leaf of leaves)
      for (let at = outer(leaf); at; at = outer(at)) {
        const count = branches.get(at) ?? 0;
        branches.set(at, count + 1);
        if (count > 0) break;
      }
    /** @type {Map<Element, number>} */ const numbers = new Map();
    /** @type {number[]} */ const parents = [];
    /** @param {Element} element @returns {number} */
    const of = (element) => {
      /** @type {Element[]} */ const pending = [];
      let at = outer(element);
      for (; at && !numbers.has(at); at = outer(at)) if ((branches.get(at) ?? 0) > 1) pending.push(at);
      let number = (at && numbers.get(at)) ?? -1;
      for (const node of pending.reverse()) {
        number = parents.push(number) - 1;
        numbers.set(node, number);
      }
      return number;
    };
    return { parents, of };
  };

  /** @param {Element} element @param {HTMLFormElement | null} owner @param {Element[]} [labels] */
  const labelOf = (element, owner, labels = []) => {
    // Pages with two forms like to use an id twice; a label inside of another form is not about this control.
    const own = labels.filter((label) => !owner || (closest(label, "form") ?? owner) === owner);
    const parts = [...own.map((label) => wordsOf(label)), attribute(element, "aria-label")];
    for (const id of attribute(element, "aria-labelledby").split(/\s+/).slice(0, 4)) {
      const root = id && getRoot(element);
      const other = root && method(nodeType(root) === 11 ? DocumentFragment : Document, "getElementById")(root, id);
      if (other) parts.push(wordsOf(other));
    }
    return clamp([...parts, attribute(element, "title")].join(" "));
  };
  /** The text that stands before a field: in its cell, in the cell to the left or in the cell above. @param {Element} element */
  const textBefore = (element) => {
    const before = neighbour(element, "previousNode");
    if (before) return before;
    const cell = closest(element, "td,th");
    if (!(cell instanceof HTMLTableCellElement)) return "";
    const row = closest(cell, "tr");
    const above = row && getter(Element, "previousElementSibling")(row);
    const over = above instanceof HTMLTableRowElement ? above.cells[cell.cellIndex] : null;
    return over && all(over, FIELDS).length === 0 ? wordsOf(over) : "";
  };
  /** @param {Element} element @param {"previousNode" | "nextNode"} step */
  const neighbour = (element, step) => {
    const root = getRoot(element);
    const walker = Document.prototype.createTreeWalker.call(document, root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    walker.currentNode = element;
    for (let steps = 0; steps < 25; steps += 1) {
      const node = walker[step]();
      if (!node) return "";
      if (nodeType(node) === 3) {
        const data = textOf(node);
        const text = /[^\s*:()|.,-]/.test(data) ? clamp(data) : "";
        const home = text && outer(node);
        if (home && /[^\s*:()|.,-]/.test(text) && !SILENT.has(localName(home))) return text;
      } else if (matches(node, `${FIELDS},button`)) return "";
    }
    return "";
  };
  /** @param {string} address */
  const pathOf = (address) => (address ? resolved(address).pathname : "");
  /** @param {Element} element */
  const leadsTo = (element) => {
    const address = attribute(element, "href").trim();
    if (address === "" || address.startsWith("#") || address.endsWith("#") || /^javascript:/i.test(address)) return "page";
    return clamp(element instanceof HTMLAnchorElement ? getter(HTMLAnchorElement, "pathname")(element) : pathOf(address)) || "/";
  };

  // ---- writing ----------------------------------------------------------------------------------------------------

  /** The control a target meant: the same place, or the only one that looks the same. @param {Element[]} controls @param {Target} target */
  const find = (controls, target) => {
    const element = controls[target.index];
    if (element && fingerprint(element) === target.fingerprint) return element;
    const alike = controls.filter((control) => fingerprint(control) === target.fingerprint);
    return alike.length === 1 ? alike[0] ?? null : null;
  };
  /** @param {Element} element */
  const isRadio = (element) => element instanceof HTMLInputElement && inputType(element) === "radio";
  /** The radio buttons of a group; the group's name is the browser's business. @param {Element} element */
  const radiosOf = (element) =>
    all(getRoot(element), "input[type=radio i]").filter((other) =>
      attribute(other, "name") === attribute(element, "name") && formOf(other) === formOf(element));
  /** @param {Element} element @returns {Element[]} */
  const labelsOf = (element) => Array.from(getter(HTMLInputElement, "labels")(element) ?? []);
  /** @param {Element} element @param {boolean} secret @returns {Outcome | null} */
  const unfit = (element, secret) => {
    if (!isConnected(element) || matches(element, ":disabled")) return "changed";
    if (element instanceof HTMLSelectElement || isRadio(element)) {
      if (secret) return "changed";
    } else if (!(element instanceof HTMLInputElement) || !WRITABLE.has(inputType(element))) return "changed";
    else if (secret && inputType(element) !== "password") return "changed";
    // The page may have changed.
    for (const known of [places, shades]) known.clear();
    layers = extent = undefined;
    // Many a radio button is drawn by its label.
    const seen = isRadio(element) ? [element, ...labelsOf(element)] : [element];
    return seen.some((one) => isVisible(one, boxOf(one))) ? null : "hidden";
  };
  /** The choice with that value or that text, of a list or a group of radio buttons. @param {Element} element @param {string} value */
  const optionOf = (element, value) => {
    const same = (/** @type {string} */ text) => text.trim().toLowerCase() === value.trim().toLowerCase();
    if (isRadio(element))
      return radiosOf(element).findIndex((radio) => same(String(property(radio, "value"))) || labelsOf(radio).some((label) => same(wordsOf(label))));
    const options = Array.from(getter(HTMLSelectElement, "options")(element));
    return options.findIndex((/** @type {any} */ option) => same(option.value) || same(option.text));
  };
  /** @param {Element} element */
  const isChoice = (element) => element instanceof HTMLSelectElement || isRadio(element);
  /** @param {Element} element @param {string} value */
  const setValue = (element, value) => {
    if (isRadio(element)) {
      const radios = radiosOf(element);
      const chosen = value === "" ? null : radios[optionOf(element, value)];
      // A press tells whoever listens; to take one back there is none.
      if (chosen) HTMLElement.prototype.click.call(chosen);
      else for (const radio of radios) Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "checked")?.set?.call(radio, false);
    } else if (element instanceof HTMLSelectElement) {
      Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, "selectedIndex")?.set?.call(element, value === "" ? -1 : optionOf(element, value));
    } else Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set?.call(element, value);
  };
  const calm = { bubbles: true, composed: true };
  // Listeners read `key`; one that is missing makes some of them throw. Nothing of the value is told.
  /** @param {Element} element @param {string} type @param {string} [key] */
  const strike = (element, type, key = "Unidentified") =>
    dispatch(element, new KeyboardEvent(type, { ...calm, cancelable: true, key, code: key === "Enter" ? key : "", keyCode: key === "Enter" ? 13 : 0, which: key === "Enter" ? 13 : 0 }));
  /** @param {Element} element */
  const announce = (element) => dispatch(element, new InputEvent("input", { ...calm, inputType: "insertReplacementText", data: null }));
  /** Focus events do not fire by themselves in a window that is not in front. @param {Element} element */
  const enter = (element) => {
    HTMLElement.prototype.focus.call(element, { preventScroll: true });
    if (!Document.prototype.hasFocus.call(document)) {
      dispatch(element, new FocusEvent("focus", { composed: true }));
      dispatch(element, new FocusEvent("focusin", calm));
    }
  };
  /** @param {Element} element */
  const leave = (element) => {
    const front = Document.prototype.hasFocus.call(document);
    HTMLElement.prototype.blur.call(element);
    if (!front) {
      dispatch(element, new FocusEvent("blur", { composed: true }));
      dispatch(element, new FocusEvent("focusout", calm));
    }
  };
  /** @param {Element} element @param {Field} field @param {HTMLFormElement | null} owner @returns {Outcome | null} why nothing was written */
  const write = (element, { value, secret }, owner) => {
    if (isRadio(element)) {
      setValue(element, value);
      return null;
    }
    enter(element);
    strike(element, "keydown");
    strike(element, "keypress");
    // The page has heard of it by now, and may have put something else in the field's place.
    const bad = formOf(element) === owner ? unfit(element, secret) : "changed";
    if (bad) return bad;
    setValue(element, value);
    announce(element);
    strike(element, "keyup");
    dispatch(element, new Event("change", { bubbles: true }));
    return null;
  };
  /** @param {Element[]} elements */
  const wipe = (elements) => {
    for (const element of elements)
      try {
        setValue(element, "");
        announce(element);
        dispatch(element, new Event("change", { bubbles: true }));
      } catch {} // The others must still be cleared.
  };
  /** Pages may tidy a user name; a password has to stay as it is. @param {Element} element @param {Field} field */
  const kept = (element, field) => {
    if (isRadio(element)) return Boolean(property(/** @type {Element} */ (radiosOf(element)[optionOf(element, field.value)] ?? element), "checked"));
    if (element instanceof HTMLSelectElement) return property(element, "selectedIndex") === optionOf(element, field.value);
    const value = String(property(element, "value") ?? "");
    if (value === field.value) return true;
    return !field.secret && value.trim().toLowerCase() === field.value.trim().toLowerCase();
  };
  /** Two frames, or a tenth of a second where nothing is drawn: time enough for frameworks to paint anew. */
  const painted = () =>
    new Promise((resolve) => {
      setTimeout(resolve, 100);
      requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve, 0)));
    });

  /** @param {Place & {fields: Field[], submit: Submit}} request @returns {Promise<Result>} */
  const fill = async (request) => {
    const stop = refusal(request);
    if (stop) return { outcome: stop };
    const { controls } = enumerate(request.locators);
    // The password goes in last: what reads fields early reads less.
    const fields = [...request.fields].sort((one, other) => Number(one.secret) - Number(other.secret));
    /** @type {{element: Element, field: Field}[]} */ const targets = [];
    for (const field of fields) {
      const element = find(controls, field);
      if (!element || targets.some((target) => target.element === element)) return { outcome: "changed" };
      if (targets[0] && formOf(element) !== formOf(targets[0].element)) return { outcome: "changed" };
      const bad = unfit(element, field.secret);
      if (bad && (bad !== "hidden" || !isFaint(element, boxOf(element)))) return { outcome: bad };
      const longest = property(element, "maxLength");
      if (typeof longest === "number" && longest >= 0 && field.value.length > longest) return { outcome: "too-long" };
      if (isChoice(element) && optionOf(element, field.value) < 0) return { outcome: "no-option" };
      targets.push({ element, field });
    }
    const first = targets[0];
    const button = typeof request.submit === "object" ? find(controls, request.submit.button) : null;
    if (!first || (typeof request.submit === "object" && !button)) return { outcome: "changed" };
    // A form that leads elsewhere was allowed by the person, who sends it; one that comes to lead elsewhere was not.
    const home = stays(button, formOf(first.element), request.origins);

    /** @type {Element[]} */ const written = [];
    /** Frameworks put new elements in the place of those that they hear of; they hold what was written into the old ones. */
    const renew = () => {
      for (const target of targets) {
        const found = isConnected(target.element) ? null : find(enumerate(request.locators).controls, target.field);
        if (found && written.includes(target.element)) written.push(found);
        target.element = found ?? target.element;
      }
    };
    /** @param {Outcome} outcome @returns {Result} */
    const abort = (outcome) => {
      try {
        renew();
      } finally {
        wipe(written);
      }
      return { outcome };
    };
    try {
      // Fields that are read-only until they are touched open up before anything is written.
      for (const { element } of targets)
        if (property(element, "readOnly")) {
          enter(element);
          for (const type of ["pointerdown", "mousedown", "pointerup", "mouseup", "click"]) dispatch(element, new PointerEvent(type, { ...calm, cancelable: true }));
          if (property(element, "readOnly")) return { outcome: "changed" };
        }
      // Once to write, once for what the page did at once, once for what it did while it painted anew; perhaps with other elements.
      for (let round = 0; ; round += 1) {
        let lost = false;
        for (const target of targets) {
          for (let waits = isFaint(target.element, boxOf(target.element)) ? 10 : 0; waits > 0 && unfit(target.element, target.field.secret) === "hidden"; waits -= 1) {
            enter(target.element);
            await painted();
          }
          const moved = refusal(request);
          if (moved) return abort(moved);
          renew();
          const { element, field } = target;
          const owner = formOf(first.element);
          const bad = formOf(element) === owner ? unfit(element, field.secret) : "changed";
          if (bad) return abort(bad);
          if (round > 0 && kept(element, field)) continue;
          if (round > 2) return abort("not-kept");
          lost = true;
          if (!written.includes(element)) written.push(element);
          const failed = write(element, field, owner);
          if (failed && isConnected(element)) return abort(failed);
          leave(element);
        }
        if (!lost && round > 1) break;
        if (round > 0) await painted();
      }
      return await press(request, targets.map(({ element }) => element), home);
    } catch {
      return abort("failed");
    }
  };

  /** Where the form would be sent, asked as late as possible. @param {Element | null} button @param {HTMLFormElement | null} owner @param {string[]} origins */
  const stays = (button, owner, origins) => {
    const own = button && getAttribute(button, "formaction") !== null ? originOf(attribute(button, "formaction")) : null;
    if (own && !origins.includes(own)) return false;
    const link = button instanceof HTMLAnchorElement && getter(HTMLAnchorElement, "href")(button);
    if (link && !origins.includes(originOf(link))) return false;
    // A button may belong to another form, and sends that one.
    return own !== null || [owner, button && formOf(button)].every((form) => !form || origins.includes(originOf(getter(HTMLFormElement, "action")(form))));
  };
  /** @param {Place & {submit: Submit}} request @param {Element[]} filled @param {boolean} home whether it led home before @returns {Promise<Result>} */
  const press = async (request, filled, home) => {
    const last = /** @type {Element} */ (filled[filled.length - 1]);
    const { submit, origins } = request;
    if (submit === "none") return { outcome: "filled", reason: "not-asked" };
    const button = typeof submit === "object" ? find(enumerate(request.locators).controls, submit.button) : null;
    if (typeof submit === "object" && !button) return { outcome: "filled", reason: "no-button" };
    const owner = formOf(last) ?? (button ? formOf(button) : null);
    if (!stays(button, owner, origins)) {
      if (home) wipe(filled);
      return { outcome: home ? "cleared" : "filled", reason: "foreign-action" };
    }
    if (button && (matches(button, ":disabled") || attribute(button, "aria-disabled") === "true")) return { outcome: "waiting" };
    const sends = owner && (submit === "request" || (button && (typeOf(button) === "submit" || typeOf(button) === "image")));
    if (sends && !getter(HTMLFormElement, "noValidate")(owner) && !(button && getAttribute(button, "formnovalidate") !== null) && matches(owner, ":invalid"))
      return { outcome: "filled", reason: "incomplete" };

    // What the page does about the press is seen by the last listener of all; out of a component the event does not come. It may still change
    // the address; and where the script that sends the form has not come yet, the browser would write the password into an address.
    const outermost = owner && nodeType(getRoot(owner)) === 11 ? getRoot(owner) : window;
    const isComplete = () => getter(Document, "readyState")(document) === "complete";
    const early = !isComplete();
    /** @type {Result} */ let result = { outcome: "submitted" };
    /** @param {any} event */
    const guard = (event) => {
      if (!owner || event.target !== owner) return;
      if (!stays(button, owner, origins)) result = { outcome: "cleared", reason: "foreign-action" };
      else if (!event.defaultPrevented && isInAddress(owner, event.submitter) && filled.some((element) => typeOf(element) === "password")) result = { outcome: "filled" };
      else return;
      event.preventDefault();
    };
    outermost.addEventListener("submit", guard);
    try {
      if (button) HTMLElement.prototype.click.call(button);
      else if (owner && submit === "request") HTMLFormElement.prototype.requestSubmit.call(owner);
      else for (const type of ["keydown", "keypress", "keyup"]) strike(last, type, "Enter");
    } finally {
      outermost.removeEventListener("submit", guard);
    }
    // It looked right until the last moment: nothing of ours stays in such a form.
    if (result.outcome === "cleared") wipe(filled);
    // With all of its scripts it is pressed once more, and then no more.
    for (const began = performance.now(); early && result.outcome === "filled" && performance.now() - began < 3000; ) {
      await painted();
      if (isComplete()) return { outcome: "waiting" };
    }
    return result;
  };
  /** Whether what stands in the fields of a form would be sent in an address. @param {HTMLFormElement} owner @param {Element | null} submitter */
  const isInAddress = (owner, submitter) =>
    ((submitter && property(submitter, "formMethod")) || getter(HTMLFormElement, "method")(owner)) === "get"
    && /^http/.test(submitter && getAttribute(submitter, "formaction") !== null ? property(submitter, "formAction") : getter(HTMLFormElement, "action")(owner));

  /**
   * Presses the button of a form that was filled before, once the page has enabled it. Carries no secret.
   * @param {Place & {fields: Target[], submit: Submit}} request @returns {Promise<Result>}
   */
  const submit = async (request) => {
    const stop = refusal(request);
    if (stop) return { outcome: stop };
    const { controls } = enumerate(request.locators);
    const found = request.fields.map((target) => find(controls, target)).filter((element) => element !== null);
    if (found.length === 0 || found.length < request.fields.length) return { outcome: "changed" };
    if (found.some((element) => !isRadio(element) && !property(element, "value"))) return { outcome: "not-kept" };
    return press(request, found, true);
  };

  // ---- teaching ---------------------------------------------------------------------------------------------------

  /** A name that a program makes anew for every page finds nothing tomorrow. @param {string} name */
  const lasts = (name) => name !== "" && name.length <= 60 && !/\d{4}|[0-9a-f]{8}|^:|:$/i.test(name);
  /** By its place among its neighbours, from the nearest element around it whose id lasts. @param {Element} element @returns {string} */
  const pathTo = (element) => {
    const name = CSS.escape(localName(element));
    if (lasts(attribute(element, "id"))) return `#${CSS.escape(attribute(element, "id"))}`;
    const parent = parentNode(element);
    const alike = parent ? Array.from(parent.children).filter((/** @type {Element} */ other) => localName(other) === localName(element)) : [];
    const step = alike.length > 1 ? `${name}:nth-of-type(${alike.indexOf(element) + 1})` : name;
    return parent instanceof Element ? `${pathTo(parent)} > ${step}` : step;
  };
  /** The selectors that find a control before anything else, best first. @param {Element} element */
  const selectorsOf = (element) => {
    const by = (/** @type {Element} */ of, /** @type {string} */ name) => (lasts(attribute(of, name)) ? `[${name}="${CSS.escape(attribute(of, name))}"]` : "");
    const owner = formOf(element);
    const tag = `${owner ? `form${by(owner, "id") || by(owner, "name") || by(owner, "action")} ` : ""}${CSS.escape(localName(element))}`;
    const said = ["name", "autocomplete", "aria-label", "placeholder", ...(BUTTONS.has(typeOf(element)) ? ["value"] : []), "type"];
    const parts = said.map((name) => by(element, name)).filter((part) => part);
    const selectors = [...new Set([by(element, "id") ? pathTo(element) : "", ...parts.map((part) => tag + part), pathTo(element)])];
    return selectors.filter((selector) => selector && selector.length <= 500 && locate([selector]) === element).slice(0, 5);
  };
  const teach = (/** @type {ProbeCommand["probe"]} */ request) => {
    const seen = probe(request);
    const { controls } = enumerate(request.locators);
    // Every selector costs a look at the whole page, so that fields come first and the rest of a very long page gets none.
    let room = 100;
    for (const sort of ["field", "button", "drawn", "link"])
      for (const control of seen.controls) {
        const element = /** @type {Element} */ (controls[control.index]);
        if (control.visible && sortOf(element) === sort && room-- > 0) control.selectors = selectorsOf(element);
      }
    return seen;
  };

  if ("probe" in command || "teach" in command) {
    const request = "probe" in command ? command.probe : command.teach;
    if (request.frame && window !== window.top && self.origin !== request.frame) return null;
    return "probe" in command ? probe(request) : teach(request);
  }
  if ("fill" in command) return fill(command.fill);
  if ("submit" in command) return submit(command.submit);
  return { outcome: "refused" };
}
