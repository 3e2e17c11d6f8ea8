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
 */

/**
 * @param {ProbeCommand | TeachCommand | FillCommand | SubmitCommand} command
 * @returns {Snapshot | Promise<Result> | Result | null}
 */
export function form(command) {
  // ---- reading without being misled -------------------------------------------------------------------------------

  // Bound, not wrapped: a look makes thousands of these calls, before any of its code was compiled.
  /** @param {any} type @param {string} name @returns {(object: any) => any} */
  const getter = (type, name) => {
    const get = Object.getOwnPropertyDescriptor(type.prototype, name)?.get;
    return get ? Function.prototype.call.bind(get) : () => undefined;
  };
  /** @param {any} type @param {string} name @returns {(object: any, ...args: any[]) => any} */
  const method = (type, name) => Function.prototype.call.bind(type.prototype[name]);
  const localName = getter(Element, "localName");
  const parentNode = getter(Node, "parentNode");
  const isConnected = getter(Node, "isConnected");
  const shadowRoot = getter(Element, "shadowRoot");
  const assignedSlot = getter(Element, "assignedSlot");
  const getAttribute = method(Element, "getAttribute");
  const matches = method(Element, "matches");
  const contains = method(Node, "contains");
  const getRoot = method(Node, "getRootNode");
  const rectOf = method(Element, "getBoundingClientRect");
  const sizes = ["scrollWidth", "clientWidth", "scrollHeight", "clientHeight"].map((name) => getter(Element, name));
  /** How far what is inside can be scrolled. @param {Element} element */
  const slackOf = (element) => {
    const [width, shown, height, seen] = sizes.map((size) => size(element));
    return { across: width - shown, down: height - seen };
  };
  const dispatch = method(EventTarget, "dispatchEvent");
  const inputType = getter(HTMLInputElement, "type");
  const actionOf = getter(HTMLFormElement, "action");
  const hrefOf = getter(HTMLAnchorElement, "href");
  const pathnameOf = getter(HTMLAnchorElement, "pathname");
  const labelledBy = getter(HTMLLabelElement, "control");
  const beside = ["previousElementSibling", "nextElementSibling"].map((name) => getter(Element, name));
  const isRendered = method(Element, "checkVisibility");

  /** @param {any} root @param {string} selector @returns {Element[]} */
  const all = (root, selector) => {
    const type = root instanceof Document ? Document : root instanceof DocumentFragment ? DocumentFragment : Element;
    return Array.from(type.prototype.querySelectorAll.call(root, selector));
  };
  /** @param {Element} element @param {string} name */
  const attribute = (element, name) => getAttribute(element, name) ?? "";
  /** The next element outwards, through shadow roots. @param {any} node @returns {Element | null} */
  const outer = (node) => {
    const parent = parentNode(node);
    if (parent instanceof Element) return parent;
    return parent instanceof ShadowRoot ? parent.host : null;
  };
  /** The innermost element of that name around it. @param {Element} element @param {string} name */
  const nearest = (element, name) => {
    for (let at = outer(element); at; at = outer(at)) if (localName(at) === name) return at;
    return null;
  };
  /** The innermost element around it that a selector fits, through shadow roots. @param {Element} element @param {string} selector */
  const closest = (element, selector) => {
    for (let at = outer(element); at; at = outer(at)) if (matches(at, selector)) return at;
    return null;
  };
  const PROPERTIES = ["type", "form", "value", "checked", "readOnly", "required", "maxLength", "selectedIndex", "options"];
  const KINDS = new Map(Object.entries({ input: HTMLInputElement, button: HTMLButtonElement, select: HTMLSelectElement, textarea: HTMLTextAreaElement })
    .map(([name, kind]) => [name, { kind, getters: new Map(PROPERTIES.map((property) => [property, getter(kind, property)])) }]));
  /** @param {Element} element */
  const kindOf = (element) => ((known) => (known && element instanceof known.kind ? known : undefined))(KINDS.get(localName(element)));
  /** A property of a native control; other elements have none. @param {Element} element @param {string} name */
  const property = (element, name) => kindOf(element)?.getters.get(name)?.(element);
  /** A control inside of a component belongs to the form that the component stands in. @param {Element} element @returns {HTMLFormElement | null} */
  const formOf = (element) =>
    /** @type {any} */ (property(element, "form") ?? (kindOf(element) && !(getRoot(element) instanceof ShadowRoot) ? null : nearest(element, "form")));
  /** @param {Element} element @returns {string} */
  const typeOf = (element) => String(property(element, "type") ?? "");
  /** Where an address leads; a script or an empty address stays in the page. @param {string} address */
  const originOf = (address) => {
    try {
      const url = new URL(address, document.baseURI);
      return url.protocol === "javascript:" || url.protocol === "about:" ? location.origin : url.origin;
    } catch {
      return "null";
    }
  };

  const SHORT = 120;
  /** @param {unknown} text @param {number} [limit] */
  const clamp = (text, limit = SHORT) => {
    const string = String(text ?? "");
    return string === "" ? "" : string.slice(0, limit * 4).replace(/\s+/g, " ").trim().slice(0, limit);
  };
  /** @param {Element} element @param {string} name */
  const short = (element, name) => attribute(element, name).slice(0, SHORT);
  const SILENT = new Set(["script", "style", "noscript", "template", "select", "option", "textarea", "datalist", "iframe"]);
  /** The words inside an element, without those of lists and scripts. @param {Element} element @param {number} [limit] */
  const wordsOf = (element, limit = SHORT) => {
    let text = "";
    const walker = Document.prototype.createTreeWalker.call(document, element, NodeFilter.SHOW_TEXT);
    for (let steps = 0; steps < 200 && text.length < limit * 2 && walker.nextNode(); steps += 1) {
      const node = /** @type {Text} */ (walker.currentNode);
      if (/\S/.test(node.data) && !SILENT.has(localName(parentNode(node)) ?? "")) text += ` ${node.data.slice(0, limit * 2)}`;
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
  const DRAWN = ":is(div,span,li,td,p,img,label):is([onclick],[class*=btn i],[class*=button i],[class*=submit i])";
  const HEADINGS = "h1,h2,h3,h4,h5,h6,legend,[role=heading],caption";
  // What may hold a shadow root, as far as names tell: most elements of a large page may not. The most frequent names first.
  const HOSTS = ":not(td,a,li,option,tr,input,img,label,ul,script,b,i,strong,link,meta,br,button,select,style,tbody,table,form,em,small,th,iframe,dd,dt,dl,fieldset,ol,optgroup,picture,source,textarea,thead,col,svg,svg *)";
  const MAXIMUM = { fields: 5000, buttons: 1500, links: 400, headings: 80, covered: 4, full: 300 };

  const BUTTONS = new Set(["submit", "image", "button", "reset"]);
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
    if (!(root instanceof ShadowRoot)) return null;
    const fields = all(root, FIELDS);
    const only = fields.length > 0 ? fields : all(root, PRESSED);
    return only.length === 1 && only[0] === element ? root.host : null;
  };

  /** Everything of interest in document order, open shadow roots in the place of their hosts. */
  const collect = () => {
    // What is frequent first; the buttons among inputs are inputs.
    const selector = `${FIELDS},label,a,button,[role=button],${HEADINGS},${DRAWN},${COMPONENTS}`;
    /** @type {Element[]} */
    const found = [];
    /** @param {any} root @param {number} depth */
    const visit = (root, depth) => {
      const here = all(root, selector);
      const hosts = depth < 20 ? all(root, HOSTS).filter((element) => shadowRoot(element)) : [];
      if (hosts.length === 0) {
        for (const element of here) found.push(element);
        return;
      }
      // Both lists are in document order; merge them, so that a host's content stands where the host stands.
      let next = 0;
      for (const host of hosts) {
        while (next < here.length) {
          const element = /** @type {Element} */ (here[next]);
          const order = Node.prototype.compareDocumentPosition.call(element, host);
          if (element !== host && !(order & Node.DOCUMENT_POSITION_FOLLOWING)) break;
          found.push(element);
          next += 1;
        }
        visit(shadowRoot(host), depth + 1);
      }
      while (next < here.length) found.push(/** @type {Element} */ (here[next++]));
    };
    visit(document, 0);

    /** @type {Element[]} */ const controls = [];
    /** @type {{element: Element, at: number}[]} */ const headings = [];
    /** @type {Element[]} */ const labels = [];
    const room = { ...MAXIMUM };
    // Links count only where fields are: within a few steps of one.
    const sorts = found.map(sortOf);
    /** @type {Set<Element>} */
    const around = new Set();
    let surrounded = false;
    const surround = (/** @type {Element} */ element) => {
      let at = outer(element);
      for (let step = 0; at && step < 7 && !around.has(at) && localName(at) !== "body"; step += 1, at = outer(at)) around.add(at);
      const owner = formOf(element);
      if (owner && !around.has(owner)) around.add(owner);
      const beyond = owner && outer(owner);
      if (beyond && localName(beyond) !== "body") around.add(beyond);
    };
    const nearField = (/** @type {Element} */ element) => {
      if (!surrounded) for (const [place, field] of found.entries()) if (sorts[place] === "field") surround(field);
      surrounded = true;
      let at = outer(element);
      for (let step = 0; at && step < 6; step += 1, at = outer(at)) if (around.has(at)) return true;
      return false;
    };
    for (const [place, element] of found.entries()) {
      const sort = sorts[place];
      if (sort === "label") labels.push(element);
      if (sort === "field") {
        if (room.fields-- > 0) controls.push(element);
      } else if (sort === "component") {
        // One that is made of native controls is there with those.
        const inside = [element, shadowRoot(element)].some((root) => root && all(root, `${FIELDS},${PRESSED}`).length > 0);
        if (!inside && room.fields-- > 0) controls.push(element);
      } else if (sort === "heading") {
        if (room.headings-- > 0) headings.push({ element, at: controls.length });
      } else if (sort === "button") {
        if (room.buttons-- > 0) controls.push(element);
      } else if (sort === "link") {
        if (nearField(element) && room.links-- > 0) controls.push(element);
      } else if (sort === "drawn" || getAttribute(element, "onclick") !== null) {
        // An element drawn as a button: only if it is no wrapper of real controls and not a part of one.
        if (nearField(element) && all(element, `${FIELDS},${PRESSED}`).length === 0 && !closest(element, `${PRESSED},${DRAWN}`)
          && room.buttons-- > 0) controls.push(element);
      }
    }
    return { controls, headings, labels };
  };

  /** The first element that one of the selectors finds, through open shadow roots. @param {string[]} selectors */
  const locate = (selectors) => {
    /** @type {any[]} */
    const roots = [document];
    for (let next = 0; next < roots.length && roots.length < 200; next += 1)
      for (const element of all(roots[next], HOSTS)) if (shadowRoot(element)) roots.push(shadowRoot(element));
    for (const selector of selectors)
      for (const root of roots)
        try {
          const [element] = all(root, selector);
          if (element) return element;
        } catch {
          break; // not a selector: the next one may be
        }
    return null;
  };

  /** @param {string[][]} [locators] */
  const enumerate = (locators = []) => {
    const { controls, headings, labels } = collect();
    const located = locators.map((selectors) => {
      const element = locate(selectors);
      if (!element) return null;
      const known = controls.indexOf(element);
      return known >= 0 ? known : controls.push(element) - 1;
    });
    return { controls, headings, labels, located };
  };

  /** Where forms are sent; many controls share one. @type {Map<string, string>} */
  const destinations = new Map();
  /** @param {HTMLFormElement} owner */
  const destinationOf = (owner) => {
    const address = String(actionOf(owner));
    if (!destinations.has(address)) destinations.set(address, originOf(address));
    return destinations.get(address) ?? "";
  };
  /** What must not change between looking and writing. @param {Element} element */
  const fingerprint = (element) => {
    const owner = formOf(element);
    const own = getAttribute(element, "formaction");
    const parts = [localName(element), typeOf(element), attribute(element, "name"), attribute(element, "id"), attribute(element, "autocomplete"),
      owner ? `form ${attribute(owner, "id")} ${attribute(owner, "name")}` : "", own === null ? (owner ? destinationOf(owner) : "") : originOf(own)];
    return parts.map((part) => part.slice(0, 80)).join("|");
  };

  // ---- what a person sees -----------------------------------------------------------------------------------------

  /**
   * @typedef {{left: number, top: number, right: number, bottom: number}} Area
   * @typedef {{opacity: number, hidden: boolean, cut: boolean, veiled: boolean, inner: Area, held: Area, fixed: Area}} Shade
   */
  const EVERYWHERE = { left: -1e9, top: -1e9, right: 1e9, bottom: 1e9 };
  // What is fixed to the window can't be scrolled into it.
  const OPEN = { opacity: 1, hidden: false, cut: false, veiled: false, inner: EVERYWHERE, held: EVERYWHERE, fixed: { left: 0, top: 0, right: innerWidth, bottom: innerHeight } };
  /** @param {Area} one @param {Area} other @returns {Area} */
  const shared = (one, other) =>
    ({ left: Math.max(one.left, other.left), top: Math.max(one.top, other.top), right: Math.min(one.right, other.right), bottom: Math.min(one.bottom, other.bottom) });
  /** @param {Area} area */
  const isRoomy = (area) => area.right - area.left >= 6 && area.bottom - area.top >= 6;
  /** @type {Map<Element, Shade>} */
  const shades = new Map();
  /** What an element and all around it do to what is inside: opacity, clipping. @param {Element} element @returns {Shade} */
  const shadeOf = (element) => {
    /** @type {Element[]} */
    const pending = [];
    /** @type {Element | null} */
    let at = element;
    while (at && !shades.has(at)) {
      pending.push(at);
      at = assignedSlot(at) ?? outer(at);
    }
    let shade = (at && shades.get(at)) || OPEN;
    for (const node of pending.reverse()) {
      const style = getComputedStyle(node);
      const { filter, position } = style;
      const veil = filter === "none" ? null : /opacity\(([\d.]+)(%?)\)/.exec(filter);
      const blur = filter === "none" ? null : /blur\(([\d.]+)px\)/.exec(filter);
      const rect = position === "absolute" || position === "fixed" ? style.clip : "auto";
      const base = position === "fixed" ? shade.fixed : position === "absolute" ? shade.held : shade.inner;
      let inner = base;
      const name = localName(node);
      if (name !== "input" && name !== "body" && name !== "html" && style.overflowX !== "visible") {
        const box = rectOf(node);
        if (style.display !== "contents" && style.display !== "inline") inner = shared(base, box);
        // What is inside of a window can be scrolled into it, if there is room to see it in.
        if (/auto|scroll/.test(style.overflowX + style.overflowY) && isRoomy(inner)) {
          const slack = slackOf(node);
          const across = /auto|scroll/.test(style.overflowX) ? slack.across : 0;
          const down = /auto|scroll/.test(style.overflowY) ? slack.down : 0;
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

  const page = Document.prototype.querySelectorAll.call(document, "html")[0];
  const extent = page ? { width: Math.max(page.scrollWidth, innerWidth), height: Math.max(page.scrollHeight, innerHeight) } : { width: innerWidth, height: innerHeight };
  /** What may lie over the page although the pointer does not meet it. @type {{element: Element, box: DOMRect, top: boolean}[]} */
  const layers = [];
  for (const selector of [":popover-open", ":modal", "body>*,body>*>*"])
    try {
      for (const element of all(document, selector).slice(0, 200)) layers.push({ element, box: rectOf(element), top: selector.startsWith(":") });
    } catch {
      // a browser without this selector has no such layer
    }
  /** @param {Element} element @param {boolean} top in the browser's top layer */
  const isLayer = (element, top) => {
    const { pointerEvents, position, zIndex, backgroundColor } = getComputedStyle(element);
    return pointerEvents === "none" && (top || (/absolute|fixed/.test(position) && Number(zIndex) > 0 && /^rgb\(/.test(backgroundColor))) && shadeOf(element).opacity > 0.5;
  };

  /** Rendered and not transparent; enough for what is never written into. @param {Element} element @param {DOMRect} box */
  const isShown = (element, box) =>
    box.width >= 6 && box.height >= 6 && box.right + scrollX > 3 && box.bottom + scrollY > 3
    && isRendered(element, { visibilityProperty: true, opacityProperty: true });
  /** Rendered, opaque, large enough and not outside of the page. @param {Element} element @param {DOMRect} box */
  const isVisible = (element, box) => {
    if (box.width < 6 || box.height < 6) return false;
    if (box.right + scrollX <= 3 || box.bottom + scrollY <= 3) return false;
    if (box.left + scrollX >= extent.width - 3 || box.top + scrollY >= extent.height - 3) return false;
    if (!isRendered(element, { visibilityProperty: true, opacityProperty: true })) return false;
    const shade = shadeOf(element);
    if (shade.hidden || shade.opacity < 0.2) return false;
    if (!isRoomy(shared(shade.inner, box))) return false;
    return !shade.cut || !isCovered(element, box, true);
  };

  /**
   * Whether something else is met at most of the points of a control. Only points inside of the window can be asked;
   * `unknown` is the answer when there are none.
   * @param {Element} element @param {DOMRect} box @param {boolean} unknown
   */
  const isCovered = (element, box, unknown) => {
    if (layers.some((layer) => spans(layer.box, box) && !contains(layer.element, element) && isLayer(layer.element, layer.top))) return true;
    if (isUnder(element, box)) return true;
    const root = /** @type {any} */ (getRoot(element));
    const type = /** @type {any} */ (root instanceof ShadowRoot ? ShadowRoot : Document);
    const free = getComputedStyle(element).pointerEvents === "none";
    let asked = 0;
    let met = 0;
    for (const [across, down] of [[0.5, 0.5], [0.15, 0.3], [0.85, 0.3], [0.15, 0.7], [0.85, 0.7]]) {
      const x = box.left + box.width * /** @type {number} */ (across);
      const y = box.top + box.height * /** @type {number} */ (down);
      if (x < 0 || y < 0 || x >= innerWidth || y >= innerHeight) continue;
      asked += 1;
      const top = type.prototype.elementFromPoint.call(root, x, y);
      if (top && belongs(element, top, free)) met += 1;
      // Three of five decide.
      if (met > 2 || asked - met > 2) break;
    }
    return asked === 0 ? unknown : met * 2 < asked;
  };
  /** @param {DOMRect} outside @param {DOMRect} inside */
  const spans = (outside, inside) =>
    outside.left <= inside.left && outside.right >= inside.right && outside.top <= inside.top && outside.bottom >= inside.bottom;
  /** Whether an opaque element lies over it that the pointer does not meet. @param {Element} element @param {DOMRect} box */
  const isUnder = (element, box) => {
    for (let at = /** @type {Element | null} */ (element); at; at = outer(at)) {
      for (const next of beside)
        for (let other = next(at), steps = 0; other && steps < 100; other = next(other), steps += 1) {
          if (!spans(rectOf(other), box)) continue;
          const style = getComputedStyle(other);
          if (style.pointerEvents !== "none" || !(Number(style.zIndex) > (Number(getComputedStyle(at).zIndex) || 0))) continue;
          if (style.backgroundColor.startsWith("rgb(") && Number(style.opacity) > 0.9 && style.visibility === "visible") return true;
        }
    }
    return false;
  };
  /** A label or a see-through neighbour over a field hides nothing. @param {Element} element @param {Element} top @param {boolean} free */
  const belongs = (element, top, free) => {
    if (top === element || contains(element, top)) return true;
    if (top instanceof HTMLLabelElement || closest(top, "label")) return true;
    if (contains(top, element)) return free;
    const home = outer(element);
    const near = home && (contains(home, top) || contains(outer(home) ?? home, top));
    if (!near) return false;
    const style = getComputedStyle(top);
    return /^(transparent|rgba\(.*, 0\))$/.test(style.backgroundColor) && style.backgroundImage === "none";
  };

  // ---- commands ---------------------------------------------------------------------------------------------------

  /** @param {Place} place @returns {Outcome | null} why this document must not be touched */
  const refusal = (place) => {
    if ((window !== window.top) !== Boolean(place.framed) || self.origin === "null") return "refused";
    return getter(Document, "prerendering")(document) ? "refused" : null;
  };
  const focusedElement = () => {
    let element = getter(Document, "activeElement")(document);
    while (element && shadowRoot(element)) {
      const inside = getter(ShadowRoot, "activeElement")(shadowRoot(element));
      if (!inside) break;
      element = inside;
    }
    return element;
  };

  /** @param {{locators?: string[][]}} request @returns {Snapshot} */
  const probe = ({ locators }) => {
    const { controls, headings, labels, located } = enumerate(locators);
    /** @type {Map<Element, Element[]>} */
    const labelled = new Map();
    for (const label of labels) {
      const control = labelledBy(label);
      if (control) labelled.set(control, [...(labelled.get(control) ?? []), label]);
    }
    /** @type {Map<HTMLFormElement, number>} */ const forms = new Map();
    const focused = focusedElement();
    // What a page with thousands of fields says about those far from any password is of no use: they only keep their place.
    const secrets = controls.flatMap((element, index) => (localName(element) === "input" && typeOf(element) === "password" ? [index] : [])).slice(0, 40);
    const isTold = (/** @type {number} */ index) => index < MAXIMUM.full || secrets.some((at) => Math.abs(at - index) <= 40) || located.includes(index);
    /** @type {{control: any, element: Element, box: DOMRect}[]} */
    const fields = [];
    const boxes = boxesOf([...controls.filter((_, index) => isTold(index)), ...headings.map(({ element }) => element)]);

    const described = controls.map((element, index) => {
      const tag = localName(element);
      if (!isTold(index)) return /** @type {any} */ ({ index, tag });
      const type = typeOf(element);
      const box = rectOf(element);
      const sort = sortOf(element);
      const pressed = sort !== "field" && sort !== "component";
      const visible = pressed && !BUTTONS.has(type) ? isShown(element, box) : isVisible(element, box);
      const owner = formOf(element);
      if (owner && !forms.has(owner)) forms.set(owner, forms.size);
      /** @type {any} */
      const control = { index, tag, fingerprint: fingerprint(element), box: boxes.of(element), width: Math.round(box.width), height: Math.round(box.height) };
      /** @param {string} key @param {unknown} value */
      const put = (key, value) => {
        if (value !== "" && value !== false && value !== null && value !== undefined) control[key] = value;
      };
      put("type", sort === "component" ? sort : type);
      put("visible", visible);
      const component = componentOf(element);
      put("name", short(element, "name") || (component && short(component, "name")));
      put("id", short(element, "id"));
      put("classes", short(element, "class"));
      put("focused", element === focused);
      put("disabled", matches(element, ":disabled") || attribute(element, "aria-disabled") === "true");
      if (owner) control.form = forms.get(owner);
      put("label", labelOf(element, labelled.get(element)) || (component && (labelOf(component, labelled.get(component)) || short(component, "label"))));
      if (pressed) {
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
        const tick = type === "checkbox" || type === "radio";
        put("filled", tick ? getter(HTMLInputElement, "checked")(element) : String(property(element, "value") ?? "").length > 0);
        if (visible && !control.label) put("near", tick ? textAfter(element) : textBefore(element) || (component && textBefore(component)));
        if (visible && !tick && tag === "input") fields.push({ control, element, box });
      }
      return /** @type {Control} */ (control);
    });

    // Asking what lies where is dear: passwords and what stands before them. A password that is not asked about counts as covered.
    const passwords = fields.filter(({ control }) => control.type === "password");
    const asked = new Set((passwords.length > 0 ? passwords : fields).slice(0, MAXIMUM.covered));
    for (const first of passwords.slice(0, MAXIMUM.covered))
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
        actionOrigin: originOf(actionOf(owner)),
        actionPath: clamp(pathOf(attribute(owner, "action"))),
        method: String(getter(HTMLFormElement, "method")(owner)),
        words: clamp(`${attribute(owner, "id")} ${attribute(owner, "name")} ${attribute(owner, "class")} ${attribute(owner, "aria-label")}`),
        text: wordsOf(owner, 600),
      })),
      boxes: boxes.parents,
      headings: headings
        .filter(({ element }) => isShown(element, rectOf(element)))
        .map(({ element, at }) => ({ text: wordsOf(element), level: Number(/^h([1-6])$/.exec(localName(element))?.[1] ?? 6), box: boxes.of(element), at }))
        .filter(({ text }) => text !== ""),
      located,
      frameOrigin: frameOrigin(),
    };
  };
  /** Smaller ones hold no form; what has no address of its own belongs to this page. */
  const frameOrigin = () => {
    let largest = 0;
    let origin = "";
    for (const frame of all(document, "iframe[src],frame[src]")) {
      const box = rectOf(frame);
      if (box.width < 150 || box.height < 80 || box.width * box.height <= largest || !isShown(frame, box)) continue;
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
      let number = -1;
      for (; at; at = outer(at)) {
        const known = numbers.get(at);
        if (known !== undefined) {
          number = known;
          break;
        }
        if ((branches.get(at) ?? 0) > 1) pending.push(at);
      }
      for (const node of pending.reverse()) {
        number = parents.push(number) - 1;
        numbers.set(node, number);
      }
      return number;
    };
    return { parents, of };
  };

  /** @param {Element} element @param {Element[]} [labels] */
  const labelOf = (element, labels = []) => {
    // Pages with two forms like to use an id twice; a label inside of another form is not about this control.
    const owner = formOf(element);
    const own = labels.filter((label) => !owner || (closest(label, "form") ?? owner) === owner);
    const parts = own.map((label) => wordsOf(label));
    const spoken = attribute(element, "aria-label");
    if (spoken) parts.push(spoken);
    const root = /** @type {any} */ (getRoot(element));
    for (const id of attribute(element, "aria-labelledby").split(/\s+/).slice(0, 4))
      if (id) {
        const other = root instanceof ShadowRoot ? DocumentFragment.prototype.getElementById.call(root, id) : Document.prototype.getElementById.call(document, id);
        if (other) parts.push(wordsOf(other));
      }
    if (attribute(element, "title")) parts.push(attribute(element, "title"));
    return clamp(parts.join(" "));
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
  /** @param {Element} element */
  const textAfter = (element) => neighbour(element, "nextNode");
  /** @param {Element} element @param {"previousNode" | "nextNode"} step */
  const neighbour = (element, step) => {
    const root = getRoot(element);
    const walker = Document.prototype.createTreeWalker.call(document, root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    walker.currentNode = element;
    for (let steps = 0; steps < 25; steps += 1) {
      const node = walker[step]();
      if (!node) return "";
      if (node instanceof Text) {
        const text = clamp(node.data);
        const home = outer(node);
        if (/[^\s*:()|.,-]/.test(text) && home && !SILENT.has(localName(home))) return text;
      } else if (node instanceof Element && matches(node, `${FIELDS},button`)) return "";
    }
    return "";
  };
  /** @param {string} address */
  const pathOf = (address) => {
    try {
      return address ? new URL(address, document.baseURI).pathname : "";
    } catch {
      return "";
    }
  };
  /** @param {Element} element */
  const leadsTo = (element) => {
    const address = attribute(element, "href").trim();
    if (address === "" || address.startsWith("#") || address.endsWith("#") || /^javascript:/i.test(address)) return "page";
    return clamp(element instanceof HTMLAnchorElement ? pathnameOf(element) : pathOf(address)) || "/";
  };

  // ---- writing ----------------------------------------------------------------------------------------------------

  const WRITABLE = new Set(["text", "email", "tel", "number", "search", "url", "password"]);
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
    shades.clear();
    // Many a radio button is drawn by its label.
    const seen = isRadio(element) ? [element, ...labelsOf(element)] : [element];
    return seen.some((one) => isVisible(one, rectOf(one))) ? null : "hidden";
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
  const announce = (element) => {
    dispatch(element, new InputEvent("input", { ...calm, inputType: "insertReplacementText", data: null }));
  };
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
      } catch {
        // the others must still be cleared
      }
  };
  /** Pages may tidy a user name; a password has to stay as it is. @param {Element} element @param {Field} field */
  const kept = (element, field) => {
    if (isRadio(element)) return Boolean(property(/** @type {Element} */ (radiosOf(element)[optionOf(element, field.value)] ?? element), "checked"));
    if (element instanceof HTMLSelectElement) return property(element, "selectedIndex") === optionOf(element, field.value);
    const value = String(property(element, "value") ?? "");
    if (value === field.value) return true;
    return !field.secret && value.trim().toLowerCase() === field.value.trim().toLowerCase();
  };
  /** @param {Place} place @returns {Outcome | null} */
  const elsewhere = (place) => (place.origin !== self.origin || place.href !== location.href ? "moved" : null);

  /** Two frames, or a tenth of a second where nothing is drawn: time enough for frameworks to paint anew. */
  const painted = () =>
    new Promise((resolve) => {
      setTimeout(resolve, 100);
      requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve, 0)));
    });

  /** @param {Place & {fields: Field[], submit: Submit}} request @returns {Promise<Result>} */
  const fill = async (request) => {
    const stop = refusal(request) ?? elsewhere(request);
    if (stop) return { outcome: stop };
    const { controls } = enumerate(request.locators);
    // The password goes in last: what reads fields early reads less.
    const fields = [...request.fields].sort((one, other) => Number(one.secret) - Number(other.secret));
    /** @type {{element: Element, field: Field}[]} */
    const targets = [];
    for (const field of fields) {
      const element = find(controls, field);
      if (!element || targets.some((target) => target.element === element)) return { outcome: "changed" };
      if (targets[0] && formOf(element) !== formOf(targets[0].element)) return { outcome: "changed" };
      const bad = unfit(element, field.secret);
      if (bad) return { outcome: bad };
      const longest = property(element, "maxLength");
      if (typeof longest === "number" && longest >= 0 && field.value.length > longest) return { outcome: "too-long" };
      if (isChoice(element) && optionOf(element, field.value) < 0) return { outcome: "no-option" };
      targets.push({ element, field });
    }
    const first = targets[0];
    if (!first) return { outcome: "changed" };
    const button = typeof request.submit === "object" ? find(controls, request.submit.button) : null;
    if (typeof request.submit === "object" && !button) return { outcome: "changed" };
    // A form that leads elsewhere was allowed by the person, who sends it; one that comes to lead elsewhere was not.
    const home = stays(button, formOf(first.element), request.origins);

    /** @type {Element[]} */
    const written = [];
    /** @param {Outcome} outcome @returns {Result} */
    const abort = (outcome) => {
      wipe(written);
      return { outcome };
    };
    try {
      // Fields that are read-only until they are touched open up before anything is written.
      for (const { element } of targets)
        if (property(element, "readOnly")) {
          enter(element);
          for (const type of ["mousedown", "mouseup", "click"]) dispatch(element, new MouseEvent(type, { ...calm, cancelable: true }));
          if (property(element, "readOnly")) return { outcome: "changed" };
        }
      for (const { element, field } of targets) {
        written.push(element);
        const bad = elsewhere(request) ?? write(element, field, formOf(first.element));
        if (bad) return abort(bad);
        leave(element);
      }
      // Once for what the page did at once, once for what it did while it painted anew; perhaps with other elements.
      for (let round = 1; ; round += 1) {
        const moved = refusal(request) ?? elsewhere(request);
        if (moved) return abort(moved);
        for (const target of targets)
          if (!isConnected(target.element)) target.element = find(enumerate(request.locators).controls, target.field) ?? target.element;
        let lost = false;
        for (const { element, field } of targets) {
          const bad = formOf(element) === formOf(first.element) ? unfit(element, field.secret) : "changed";
          if (bad) return abort(bad);
          if (kept(element, field)) continue;
          if (round > 2) return abort("not-kept");
          lost = true;
          if (!written.includes(element)) written.push(element);
          if (write(element, field, formOf(first.element))) return abort("not-kept");
        }
        if (!lost && round > 1) break;
        await painted();
      }
      return press(request, targets.map(({ element }) => element), home);
    } catch {
      return abort("failed");
    }
  };

  /** Where the form would be sent, asked as late as possible. @param {Element | null} button @param {HTMLFormElement | null} owner @param {string[]} origins */
  const stays = (button, owner, origins) => {
    const own = button && getAttribute(button, "formaction") !== null ? originOf(attribute(button, "formaction")) : null;
    if (own && !origins.includes(own)) return false;
    if (button instanceof HTMLAnchorElement && hrefOf(button) && !origins.includes(originOf(hrefOf(button)))) return false;
    // A button may belong to another form, and sends that one.
    return own !== null || [owner, button && formOf(button)].every((form) => !form || origins.includes(originOf(actionOf(form))));
  };
  /** @param {Place & {submit: Submit}} request @param {Element[]} filled @param {boolean} home whether it led home before @returns {Result} */
  const press = (request, filled, home) => {
    const last = /** @type {Element} */ (filled[filled.length - 1]);
    const { submit, origins } = request;
    if (submit === "none") return { outcome: "filled", reason: "not-asked" };
    let button = null;
    if (typeof submit === "object") {
      button = find(enumerate(request.locators).controls, submit.button);
      if (!button) return { outcome: "filled", reason: "no-button" };
    }
    const owner = formOf(last) ?? (button ? formOf(button) : null);
    if (!stays(button, owner, origins)) {
      if (home) wipe(filled);
      return { outcome: home ? "cleared" : "filled", reason: "foreign-action" };
    }
    if (button && (matches(button, ":disabled") || attribute(button, "aria-disabled") === "true")) return { outcome: "waiting" };
    const sends = owner && (submit === "request" || (button && (typeOf(button) === "submit" || typeOf(button) === "image")));
    if (sends && !getter(HTMLFormElement, "noValidate")(owner) && !(button && getAttribute(button, "formnovalidate") !== null) && matches(owner, ":invalid"))
      return { outcome: "filled", reason: "incomplete" };

    // A page may still change the address while it handles the press; the last listener of all looks once more.
    let foreign = false;
    /** @param {Event} event */
    const guard = (event) => {
      if (event.target !== owner || stays(button, owner, origins)) return;
      foreign = true;
      event.preventDefault();
    };
    window.addEventListener("submit", guard);
    try {
      if (button) HTMLElement.prototype.click.call(button);
      else if (owner && submit === "request") HTMLFormElement.prototype.requestSubmit.call(owner);
      else for (const type of ["keydown", "keypress", "keyup"]) strike(last, type, "Enter");
    } finally {
      window.removeEventListener("submit", guard);
    }
    if (!foreign) return { outcome: "submitted" };
    // It looked right until the last moment: nothing of ours stays in such a form.
    wipe(filled);
    return { outcome: "cleared", reason: "foreign-action" };
  };

  /**
   * Presses the button of a form that was filled before, once the page has enabled it. Carries no secret.
   * @param {Place & {fields: Target[], submit: Submit}} request @returns {Result}
   */
  const submit = (request) => {
    const stop = refusal(request) ?? elsewhere(request);
    if (stop) return { outcome: stop };
    const { controls } = enumerate(request.locators);
    const elements = request.fields.map((target) => find(controls, target));
    const found = elements.filter((element) => element !== null);
    if (found.length === 0 || found.length < elements.length) return { outcome: "changed" };
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
