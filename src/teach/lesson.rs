//! The controls of the page in front of the person, and what each is for.

use crate::decimal::number;
use crate::event::Sight;
use crate::form::{Descriptor, DescriptorField, DescriptorStep, Examination, FieldId, Kind, Offer, ValueType};
use crate::json::Named;

/// More controls than this are not listed: nobody reads on.
const MOST_ENTRIES: usize = 60;
/// No form goes through more steps; the portal takes no more either.
pub(super) const MOST_STEPS: usize = 10;
/// Where a field's id is cut.
const LONGEST_ID: usize = 40;

/// What a control is for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Part {
    /// It is left alone.
    #[default]
    Unused,
    /// It takes the user name.
    UserName,
    /// It takes the password.
    Password,
    /// It takes something else that people store with their password.
    Extra,
    /// It sends the form.
    Submit,
}

impl Named for Part {
    const NAMES: &'static [(&'static str, Self)] = &[
        ("unused", Part::Unused),
        ("username", Part::UserName),
        ("password", Part::Password),
        ("extra", Part::Extra),
        ("submit", Part::Submit),
    ];
}

impl Part {
    /// Whether a value is written into it.
    pub fn is_field(self) -> bool {
        matches!(self, Part::UserName | Part::Password | Part::Extra)
    }

    /// Whether a control of this kind can be for that. A password goes into a password field and nowhere else.
    pub fn fits(self, kind: Kind) -> bool {
        match self {
            Part::Unused => true,
            Part::UserName => matches!(kind, Kind::Text | Kind::Select),
            Part::Password => kind == Kind::Password,
            Part::Extra => matches!(kind, Kind::Text | Kind::Select | Kind::Password),
            Part::Submit => matches!(kind, Kind::Button | Kind::Link),
        }
    }
}

/// A control that can have a part.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The control.
    pub offer: Offer,
    /// What it is for.
    pub part: Part,
    /// What people call what it takes, where they do not call it as the page does.
    pub name: String,
    /// The further field it was described as before, under which people have stored something; it stays, whatever they call it.
    field_id: String,
}

/// One page while it is taught.
#[derive(Debug, Clone, Default)]
pub struct Lesson {
    /// Whether other pages of the form were taught before it.
    again: bool,
    /// The step that the person wants it to be.
    pub wanted: Option<usize>,
    /// The step that it is, from 0.
    pub step: usize,
    /// The page; none until it was looked at.
    pub sight: Option<Sight>,
    /// What can have a part.
    pub entries: Vec<Entry>,
    /// Whether made-up values are on their way into the page.
    pub trying: bool,
}

/// Something the person decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// It is this app's form.
    App(String),
    /// The page is this step, from 0.
    Step(usize),
    /// The control with this place among the entries is for that.
    Part(usize, Part),
    /// What it takes is called so.
    Name(usize, String),
}

impl Change {
    /// Reads the id of an element, and what was chosen or typed there.
    pub fn read(element: &str, value: String) -> Option<Change> {
        let whole = |digits| number(digits).map(|number| number as usize);
        let place = element.get(1..).and_then(whole);
        Some(match (element, element.as_bytes().first()?, place) {
            ("a", ..) => Change::App(value),
            ("o", ..) => Change::Step(whole(&value)?),
            (_, b'p', Some(place)) => Change::Part(place, Part::named(&value)?),
            (_, b'n', Some(place)) => Change::Name(place, value),
            _ => return None,
        })
    }
}

impl Lesson {
    /// A page that was not looked at yet.
    pub fn new(again: bool) -> Lesson {
        Lesson { again, ..Lesson::default() }
    }

    /// Lists what is in the page. What the form describes there keeps its part; where it describes nothing, the page is a
    /// new step, and the parts are those that the controls seem to have.
    pub fn read(&mut self, sight: Sight, page: Examination, form: &Descriptor) {
        let places = places(&page, form);
        let here = places.iter().position(|places| fields_of(places).iter().any(Option::is_some));
        let next = if self.again { form.steps.len().min(MOST_STEPS - 1) } else { 0 };
        self.step = self.wanted.take().or(here).unwrap_or(next);
        let parts = parts(&page, form, &places, self.step);
        self.entries.clear();
        for offer in page.offers.iter().take(MOST_ENTRIES) {
            let mut entry = Entry { offer: offer.clone(), part: Part::Unused, name: String::new(), field_id: String::new() };
            // A page may have made something else of a control since.
            let part = parts.iter().find(|(at, part, _)| *at == offer.index && part.fits(offer.kind));
            if let Some((_, part, field)) = part {
                entry.part = *part;
                if let Some(field) = field {
                    entry.name.clone_from(&field.label);
                    if *part == Part::Extra {
                        entry.field_id.clone_from(&field.field_id);
                    }
                }
            }
            self.entries.push(entry);
        }
        self.sight = Some(sight);
    }

    /// Whether there is anything to write into.
    pub fn has_fields(&self) -> bool {
        self.entries.iter().any(|entry| entry.offer.writable)
    }

    /// Gives a control a part. Each part but a further field is there once.
    pub fn choose(&mut self, place: usize, part: Part) {
        let fits = self.entries.get(place).is_some_and(|entry| part.fits(entry.offer.kind));
        for (at, entry) in self.entries.iter_mut().enumerate().filter(|_| fits) {
            if at == place {
                entry.part = part;
            } else if entry.part == part && part != Part::Extra {
                entry.part = Part::Unused;
            }
        }
    }

    /// Says what people call what a control takes.
    pub fn rename(&mut self, place: usize, name: String) {
        if let Some(entry) = self.entries.get_mut(place) {
            entry.name = name;
        }
    }

    /// Whether what people store under this id is of something else than what is called so: of another step's field with another
    /// name, or of one on this page that was described before.
    fn is_of_another(&self, field_id: &str, label: &str, form: &Descriptor) -> bool {
        let mut others = form.steps.iter().enumerate().filter(|(at, _)| *at != self.step).flat_map(|(_, step)| &step.fields);
        others.any(|field| field.field_id == field_id && (field.label != label || label.is_empty()))
            || self.entries.iter().any(|entry| entry.part == Part::Extra && entry.field_id == field_id)
    }

    /// The step of this form that the parts make.
    pub fn described(&self, form: &Descriptor) -> DescriptorStep {
        let mut step = DescriptorStep::default();
        for entry in self.entries.iter().filter(|entry| entry.part != Part::Unused) {
            let offer = &entry.offer;
            if entry.part == Part::Submit {
                step.submit.clone_from(&offer.selectors);
                continue;
            }
            let name = entry.name.trim();
            let label = if name.is_empty() { offer.label.as_str() } else { name };
            let mut field_id = match entry.part {
                Part::Extra if entry.field_id.is_empty() => id_of(label),
                Part::Extra => entry.field_id.clone(),
                part => part.name().to_owned(),
            };
            // A page with two such fields means two values; and nobody's password is to be another field's.
            while step.fields.iter().any(|field| field.field_id == field_id)
                || (entry.part == Part::Extra && matches!(field_id.as_str(), FieldId::USER_NAME | FieldId::PASSWORD))
                || (entry.part == Part::Extra && entry.field_id.is_empty() && self.is_of_another(&field_id, label, form))
            {
                field_id.push_str("-2");
            }
            step.fields.push(DescriptorField {
                field_id,
                label: label.to_owned(),
                r#type: if offer.kind == Kind::Password { ValueType::Password } else { ValueType::Text },
                locators: offer.selectors.clone(),
            });
        }
        step
    }
}

/// A field's id out of what people call it.
fn id_of(name: &str) -> String {
    let mut id = String::new();
    for letter in name.bytes() {
        if letter.is_ascii_alphanumeric() && id.len() < LONGEST_ID {
            id.push(letter.to_ascii_lowercase().into());
        } else if !id.is_empty() && !id.ends_with('-') {
            id.push('-');
        }
    }
    if id.ends_with('-') {
        id.pop();
    }
    if id.is_empty() { "field".to_owned() } else { id }
}

/// Where the fields of each step were found and, after them, the control that sends it.
fn places<'a>(page: &'a Examination, form: &Descriptor) -> Vec<&'a [Option<u32>]> {
    let mut next = 0;
    let mut places = Vec::new();
    for step in &form.steps {
        let end = next + step.fields.len() + 1;
        places.push(page.located.get(next..end).unwrap_or_default());
        next = end;
    }
    places
}

fn fields_of(places: &[Option<u32>]) -> &[Option<u32>] {
    places.split_last().map_or(&[], |(_, fields)| fields)
}

/// What the controls of the page are for in one step, with what describes it there.
fn parts<'a>(
    page: &Examination,
    form: &'a Descriptor,
    places: &[&[Option<u32>]],
    step: usize,
) -> Vec<(u32, Part, Option<&'a DescriptorField>)> {
    let mut parts = Vec::new();
    if let (Some(described), Some(places)) = (form.steps.get(step), places.get(step)) {
        for (place, located) in places.iter().enumerate() {
            let field = described.fields.get(place);
            let part = match field.map(|field| field.field_id.as_str()) {
                None => Part::Submit,
                Some(FieldId::USER_NAME) => Part::UserName,
                Some(FieldId::PASSWORD) => Part::Password,
                Some(_) => Part::Extra,
            };
            if let Some(at) = located {
                parts.push((*at, part, field));
            }
        }
    }
    if parts.is_empty() {
        let proposal = page.proposal;
        for (at, part) in [(proposal.user, Part::UserName), (proposal.password, Part::Password), (proposal.button, Part::Submit)] {
            // What another step has is not proposed once more.
            if let Some(at) = at
                && !places.iter().any(|places| fields_of(places).contains(&Some(at)))
            {
                parts.push((at, part, None));
            }
        }
    }
    parts
}
