//! Which controls stand together. A form element answers that only when the page has one for each purpose; many pages
//! wrap everything in a single form and many have none, so the nesting of elements is asked as well.

use super::role::Reading;
use super::snapshot::{Control, Kind, Snapshot};
use super::words::Concept;

/// Controls that are used together, in document order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Group {
    /// The form element that owns its fields, if there is one.
    pub(crate) form: Option<u32>,
    /// The controls of the group, as places in the snapshot.
    pub(crate) members: Vec<u32>,
    /// Controls without fields that stand around it, such as the links below a form.
    pub(crate) around: Vec<u32>,
    /// The innermost box that holds the members, negative for the document.
    pub(crate) r#box: i32,
    /// The innermost box that holds the surroundings.
    pub(crate) scope: i32,
    /// Holds all fields of its form, so that the form's text is about it.
    pub(crate) entire: bool,
}

/// Up to this many visible fields a form is taken as one thing.
const SMALL_FORM: usize = 25;
/// A form with this many parts that could be sent each is a page.
const PAGE_WIDE: usize = 3;
/// Fields of one form that are looked at for groups.
const MOST_FIELDS: usize = 100;
/// So many boxes outwards a field may have its button.
const DEEPEST: usize = 12;
/// Surroundings with more controls than this are the page, not the form's neighbourhood.
const NEIGHBOURHOOD: usize = 25;

/// Boxes and what is inside of them.
pub(crate) struct Nesting<'a> {
    snapshot: &'a Snapshot,
    /// For every box, where its first control stands and where what follows its last one does.
    spans: Vec<(usize, usize)>,
}

impl<'a> Nesting<'a> {
    /// Reads the boxes of a snapshot that was [`Snapshot::checked`].
    pub(crate) fn new(snapshot: &'a Snapshot) -> Self {
        let mut spans = vec![(usize::MAX, 0); snapshot.boxes.len()];
        for (place, control) in snapshot.controls.iter().enumerate() {
            if let Some(span) = usize::try_from(control.r#box).ok().and_then(|at| spans.get_mut(at)) {
                *span = (span.0.min(place), span.1.max(place + 1));
            }
        }
        // A box stands after the one that holds it, so from the last to the first every span is complete when it is read.
        for (place, &parent) in snapshot.boxes.iter().enumerate().rev() {
            let span = spans.get(place).copied().unwrap_or((usize::MAX, 0));
            if let Some(outer) = usize::try_from(parent).ok().and_then(|at| spans.get_mut(at)) {
                *outer = (outer.0.min(span.0), outer.1.max(span.1));
            }
        }
        Nesting { snapshot, spans }
    }

    /// The box around a box.
    pub(crate) fn parent(&self, r#box: i32) -> i32 {
        usize::try_from(r#box).ok().and_then(|at| self.snapshot.boxes.get(at)).copied().unwrap_or(-1)
    }

    /// Whether the first box is the second or inside of it.
    pub(crate) fn within(&self, mut inner: i32, outer: i32) -> bool {
        while inner >= 0 && inner != outer {
            inner = self.parent(inner);
        }
        inner == outer || outer < 0
    }

    /// All controls in a box, in document order.
    pub(crate) fn inside(&self, r#box: i32) -> Vec<&'a Control> {
        let (from, to) = self.spans.get(usize::try_from(r#box).unwrap_or(usize::MAX)).copied().unwrap_or((0, self.snapshot.controls.len()));
        let mut inside = Vec::new();
        for control in self.snapshot.controls.get(from..to).unwrap_or(&[]) {
            if self.within(control.r#box, r#box) {
                inside.push(control);
            }
        }
        inside
    }

    /// The innermost box that holds both.
    pub(crate) fn common(&self, one: i32, other: i32) -> i32 {
        let mut at = one;
        while at >= 0 && !self.within(other, at) {
            at = self.parent(at);
        }
        at
    }
}

/// Those of the controls that are wanted.
fn chosen<'a>(controls: &[&'a Control], wanted: &dyn Fn(&Control) -> bool) -> Vec<&'a Control> {
    let mut chosen = Vec::new();
    for control in controls {
        if wanted(control) {
            chosen.push(*control);
        }
    }
    chosen
}

/// The controls of a form inside of a box.
fn own<'a>(nesting: &Nesting<'a>, region: i32, form: Option<u32>) -> Vec<&'a Control> {
    chosen(&nesting.inside(region), &|control| control.form == form)
}

fn is_field(control: &Control) -> bool {
    control.visible && matches!(control.kind(), Kind::Text | Kind::Password)
}

fn is_entry(control: &Control) -> bool {
    control.visible && matches!(control.kind(), Kind::Text | Kind::Password | Kind::Select | Kind::Other)
}

/// A button that could send something, as opposed to the eye inside a password field.
fn can_send(control: &Control) -> bool {
    control.kind() == Kind::Button
        && (control.visible || control.r#type == "image")
        && (control.r#type == "submit" || control.r#type == "image" || control.text.len() > 1)
}

/// Splits a page into groups, each with at least one visible field.
pub(crate) fn groups(snapshot: &Snapshot, readings: &[Reading]) -> Vec<Group> {
    let nesting = Nesting::new(snapshot);
    let mut found: Vec<Group> = Vec::new();
    for form in std::iter::once(None).chain(snapshot.forms.iter().map(|form| Some(form.index))) {
        let owned = own(&nesting, -1, form);
        let fields = chosen(&owned, &is_field);
        if fields.is_empty() {
            continue;
        }
        let mut regions: Vec<i32> = Vec::new();
        for field in fields.iter().take(MOST_FIELDS) {
            let region = region(&nesting, field, form);
            if !regions.iter().any(|&known| nesting.within(region, known)) {
                regions.retain(|&known| !nesting.within(known, region));
                regions.push(region);
            }
        }
        let secrets = regions.iter().filter(|&&at| has_secret(&nesting, at, form)).count();
        if form.is_some() && secrets <= 1 && fields.len() <= SMALL_FORM {
            // A search or a newsletter inside of a page-wide form is not a part of what it is for.
            let mut apart = regions.clone();
            apart.retain(|&at| is_apart(&nesting, readings, at, form));
            if regions.len() - apart.len() < PAGE_WIDE {
                let rest = chosen(&owned, &|control| !apart.iter().any(|&at| nesting.within(control.r#box, at)));
                if rest.iter().any(|control| is_field(control)) {
                    found.push(Group { entire: true, ..whole(&nesting, form, &rest) });
                }
                regions = apart;
            }
        }
        for region in regions {
            found.push(whole(&nesting, form, &own(&nesting, region, form)));
        }
    }
    found
}

/// A region with a search or a newsletter and nothing else.
fn is_apart(nesting: &Nesting, readings: &[Reading], region: i32, form: Option<u32>) -> bool {
    let own = own(nesting, region, form);
    let about = |control: &Control, concepts: &[Concept]| {
        readings.get(control.index as usize).is_some_and(|reading| reading.shown.with(reading.named).any(concepts))
    };
    region >= 0
        && chosen(&own, &is_field).len() == 1
        && !has_secret(nesting, region, form)
        && own.iter().any(|control| about(control, &[Concept::Search, Concept::Newsletter]) && !about(control, &[Concept::SignIn]))
}

fn has_secret(nesting: &Nesting, region: i32, form: Option<u32>) -> bool {
    own(nesting, region, form).iter().any(|control| is_field(control) && control.kind() == Kind::Password)
}

/// The smallest box around a field that has a button, and for a password the field before it.
fn region(nesting: &Nesting, field: &Control, form: Option<u32>) -> i32 {
    let mut at = field.r#box;
    for _ in 0..DEEPEST {
        let own = own(nesting, at, form);
        let sends = own.iter().any(|control| can_send(control));
        let named = field.kind() != Kind::Password || own.iter().any(|control| is_field(control) && control.kind() == Kind::Text);
        if (sends && named) || at < 0 {
            return at;
        }
        let parent = nesting.parent(at);
        // The last step out of everything would join what has nothing in common.
        if parent < 0 && sends && form.is_none() {
            return at;
        }
        at = parent;
    }
    at
}

fn indexes(controls: &[&Control]) -> Vec<u32> {
    controls.iter().map(|control| control.index).collect()
}

fn whole(nesting: &Nesting, form: Option<u32>, members: &[&Control]) -> Group {
    let mut r#box = members.first().map_or(-1, |control| control.r#box);
    for control in members {
        r#box = nesting.common(r#box, control.r#box);
    }
    let mut group = Group { form, members: indexes(members), around: Vec::new(), r#box, scope: r#box, entire: false };
    // Outwards as long as nothing but buttons, links and ticks comes along.
    let mut at = r#box;
    while at >= 0 {
        let more = chosen(&nesting.inside(at), &|control| !group.members.contains(&control.index));
        if more.iter().any(|control| is_entry(control)) || more.len() > NEIGHBOURHOOD {
            break;
        }
        group.around = indexes(&more);
        group.scope = at;
        at = nesting.parent(at);
    }
    group
}
