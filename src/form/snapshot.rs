//! What the probe saw in a page: controls, forms, headings and how they are nested. A snapshot comes from a page that
//! may be hostile, so every property may be missing and no number in it is trusted; it never holds a value that a
//! person typed.

use crate::json::{Fields, Read, Value};

/// Boxes deeper than this count as standing in the document; the climb through them stays short.
const DEEPEST_BOX: u32 = 200;
/// More controls than this are not looked at; real sign-in pages have far fewer.
const MOST_CONTROLS: usize = 6000;

/// A control whose place is unknown stands in the document itself, not in the first box.
const OUTSIDE: i32 = -1;

/// One look at the top document of a tab.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Snapshot {
    /// The document's origin, `null` when it is sandboxed.
    pub origin: String,
    /// The document's address.
    pub href: String,
    /// The document's title.
    pub title: String,
    /// `loading`, `interactive` or `complete`.
    pub ready_state: String,
    /// False in a frame.
    pub top: bool,
    /// The document has an opaque origin.
    pub sandboxed: bool,
    /// The document is being prepared and is not shown yet.
    pub prerendering: bool,
    /// Fields, buttons and links in document order.
    pub controls: Vec<Control>,
    /// The forms that own a control.
    pub forms: Vec<Form>,
    /// For every element that holds several controls, the one that holds it; negative for the document.
    pub boxes: Vec<i32>,
    /// Visible headings.
    pub headings: Vec<Heading>,
    /// For every list of locators in the request, the control that it found.
    pub located: Vec<Option<u32>>,
    /// The origin of the largest frame that a person can see; empty if there is none.
    pub frame_origin: String,
    /// How many milliseconds of the page's time the look took.
    pub took: u32,
}

/// One field, button or link.
#[derive(Clone, Debug, PartialEq)]
pub struct Control {
    /// Its place in [`Snapshot::controls`].
    pub index: u32,
    /// The element's name: `input`, `button`, …
    pub tag: String,
    /// The type the browser uses: `text`, `password`, `submit`, …; `component` for a field that is no native one.
    pub r#type: String,
    /// What must be unchanged when it is written.
    pub fingerprint: String,
    /// The `name` attribute.
    pub name: String,
    /// The `id` attribute.
    pub id: String,
    /// The `class` attribute.
    pub classes: String,
    /// The `autocomplete` attribute in lower case.
    pub autocomplete: String,
    /// Label elements, ARIA labels and title.
    pub label: String,
    /// The `placeholder` attribute.
    pub placeholder: String,
    /// The text before a control without a label.
    pub near: String,
    /// What a button or link says.
    pub text: String,
    /// Where a link leads: empty for none, `page` within the document, else the path.
    pub href: String,
    /// The origin of a button's `formaction`.
    pub action_origin: String,
    /// The form that owns it, an index into [`Snapshot::forms`].
    pub form: Option<u32>,
    /// The innermost element that holds other controls too, an index into [`Snapshot::boxes`].
    pub r#box: i32,
    /// A person can see it.
    pub visible: bool,
    /// Something else lies over it.
    pub covered: bool,
    /// Selectors that find it and nothing else, best first; only where a form is being taught.
    pub selectors: Vec<String>,
    /// It has the focus.
    pub focused: bool,
    /// It stands in the page's header or navigation.
    pub aside: bool,
    /// It cannot be written into as it is.
    pub read_only: bool,
    /// It is disabled.
    pub disabled: bool,
    /// It holds something already.
    pub filled: bool,
    /// The most UTF-16 units it takes.
    pub max_length: Option<u32>,
    /// Width.
    pub width: i32,
    /// Height.
    pub height: i32,
}

impl Default for Control {
    fn default() -> Self {
        Control {
            index: 0,
            tag: String::new(),
            r#type: String::new(),
            fingerprint: String::new(),
            name: String::new(),
            id: String::new(),
            classes: String::new(),
            autocomplete: String::new(),
            label: String::new(),
            placeholder: String::new(),
            near: String::new(),
            text: String::new(),
            href: String::new(),
            action_origin: String::new(),
            form: None,
            r#box: OUTSIDE,
            visible: false,
            covered: false,
            selectors: Vec::new(),
            focused: false,
            aside: false,
            read_only: false,
            disabled: false,
            filled: false,
            max_length: None,
            width: 0,
            height: 0,
        }
    }
}

/// A form element.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Form {
    /// Its place in [`Snapshot::forms`].
    pub index: u32,
    /// The origin it is sent to.
    pub action_origin: String,
    /// The path it is sent to.
    pub action_path: String,
    /// `get`, `post` or `dialog`.
    pub method: String,
    /// Its id, name, classes and ARIA label.
    pub words: String,
    /// The text inside it.
    pub text: String,
}

/// A visible heading.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Heading {
    /// What it says.
    pub text: String,
    /// 1 for the most important, 6 for the least.
    pub level: u32,
    /// The innermost element that holds other controls too.
    pub r#box: i32,
    /// How many controls stand before it.
    pub at: u32,
}

impl Read for Snapshot {
    fn read(&mut self, value: &Value) -> bool {
        let mut fields = Fields::of(value);
        fields.if_any("origin", &mut self.origin);
        fields.if_any("href", &mut self.href);
        fields.if_any("title", &mut self.title);
        fields.if_any("readyState", &mut self.ready_state);
        fields.if_any("top", &mut self.top);
        fields.if_any("sandboxed", &mut self.sandboxed);
        fields.if_any("prerendering", &mut self.prerendering);
        fields.if_any("controls", &mut self.controls);
        fields.if_any("forms", &mut self.forms);
        fields.if_any("boxes", &mut self.boxes);
        fields.if_any("headings", &mut self.headings);
        fields.if_any("located", &mut self.located);
        fields.if_any("frameOrigin", &mut self.frame_origin);
        fields.if_any("took", &mut self.took);
        fields.are_read()
    }
}

impl Read for Control {
    fn read(&mut self, value: &Value) -> bool {
        let mut fields = Fields::of(value);
        fields.if_any("index", &mut self.index);
        fields.if_any("tag", &mut self.tag);
        fields.if_any("type", &mut self.r#type);
        fields.if_any("fingerprint", &mut self.fingerprint);
        fields.if_any("name", &mut self.name);
        fields.if_any("id", &mut self.id);
        fields.if_any("classes", &mut self.classes);
        fields.if_any("autocomplete", &mut self.autocomplete);
        fields.if_any("label", &mut self.label);
        fields.if_any("placeholder", &mut self.placeholder);
        fields.if_any("near", &mut self.near);
        fields.if_any("text", &mut self.text);
        fields.if_any("href", &mut self.href);
        fields.if_any("actionOrigin", &mut self.action_origin);
        fields.if_any("form", &mut self.form);
        fields.if_any("box", &mut self.r#box);
        fields.if_any("visible", &mut self.visible);
        fields.if_any("covered", &mut self.covered);
        fields.if_any("selectors", &mut self.selectors);
        fields.if_any("focused", &mut self.focused);
        fields.if_any("aside", &mut self.aside);
        fields.if_any("readOnly", &mut self.read_only);
        fields.if_any("disabled", &mut self.disabled);
        fields.if_any("filled", &mut self.filled);
        fields.if_any("maxLength", &mut self.max_length);
        fields.if_any("width", &mut self.width);
        fields.if_any("height", &mut self.height);
        fields.are_read()
    }
}

impl Read for Form {
    fn read(&mut self, value: &Value) -> bool {
        let mut fields = Fields::of(value);
        fields.if_any("index", &mut self.index);
        fields.if_any("actionOrigin", &mut self.action_origin);
        fields.if_any("actionPath", &mut self.action_path);
        fields.if_any("method", &mut self.method);
        fields.if_any("words", &mut self.words);
        fields.if_any("text", &mut self.text);
        fields.are_read()
    }
}

impl Read for Heading {
    fn read(&mut self, value: &Value) -> bool {
        let mut fields = Fields::of(value);
        self.r#box = OUTSIDE;
        fields.if_any("text", &mut self.text);
        fields.if_any("level", &mut self.level);
        fields.if_any("box", &mut self.r#box);
        fields.if_any("at", &mut self.at);
        fields.are_read()
    }
}

/// What a control is in HTML, as far as filling is concerned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// A field for one line of text.
    Text,
    /// A field whose text is masked by the browser.
    Password,
    /// A list to choose from.
    Select,
    /// A check box or radio button.
    Tick,
    /// Something to press.
    Button,
    /// A link.
    Link,
    /// Anything else: files, dates, text areas, a page's own components.
    #[default]
    Other,
}

impl Control {
    /// What this control is in HTML.
    pub fn kind(&self) -> Kind {
        match (self.tag.as_str(), self.r#type.as_str()) {
            ("input", "password") => Kind::Password,
            ("input", "text" | "email" | "tel" | "number" | "search" | "url" | "") => Kind::Text,
            ("input", "checkbox" | "radio") => Kind::Tick,
            ("input", "submit" | "image" | "button" | "reset") | ("button", _) => Kind::Button,
            ("input" | "textarea", _) => Kind::Other,
            ("select", _) => Kind::Select,
            (_, "component") => Kind::Other,
            ("a", _) => Kind::Link,
            _ => Kind::Button,
        }
    }

    /// Whether a stored value may be written into it at all.
    pub fn is_writable(&self) -> bool {
        matches!(self.kind(), Kind::Text | Kind::Password | Kind::Select) && self.visible && !self.disabled
    }

    /// Whether it is one of several to choose from. It need not be seen: many are drawn by their labels, and the page is
    /// asked for those when it is pressed.
    pub fn is_choice(&self) -> bool {
        self.kind() == Kind::Tick && self.r#type == "radio" && !self.disabled
    }
}

impl Snapshot {
    /// Makes indexes mean what they say, whatever the page sent: a control's index is its place, a form or box that is
    /// not there is none, and a box always stands after the one that holds it.
    #[must_use]
    pub fn checked(mut self) -> Self {
        self.controls.truncate(MOST_CONTROLS);
        let forms = self.forms.len();
        let boxes = self.boxes.len();
        for (place, control) in self.controls.iter_mut().enumerate() {
            control.index = u32::try_from(place).unwrap_or(u32::MAX);
            control.form = control.form.filter(|&form| (form as usize) < forms);
            if usize::try_from(control.r#box).is_ok_and(|at| at >= boxes) {
                control.r#box = -1;
            }
        }
        for (place, form) in self.forms.iter_mut().enumerate() {
            form.index = u32::try_from(place).unwrap_or(u32::MAX);
        }
        let mut depths: Vec<u32> = Vec::with_capacity(boxes);
        for parent in &mut self.boxes {
            let around = usize::try_from(*parent).ok().and_then(|at| depths.get(at)).copied().filter(|&depth| depth < DEEPEST_BOX);
            if around.is_none() {
                *parent = -1;
            }
            depths.push(around.map_or(0, |depth| depth + 1));
        }
        let controls = self.controls.len();
        for located in &mut self.located {
            *located = located.filter(|&at| (at as usize) < controls);
        }
        self
    }

    /// The control at that place.
    pub fn control(&self, index: u32) -> Option<&Control> {
        self.controls.get(index as usize)
    }
}
