//! `my_apps_sign_in::storage` against the browser's storage: reads the small keys before an event, writes what changed after it.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Object};
use wasm_bindgen::JsValue;

use super::chrome;
use super::wait::Promised;
use my_apps_sign_in::catalogue::{Catalogue, Reading};
use my_apps_sign_in::host_access::HostAccess;
use my_apps_sign_in::memory::Memory;
use my_apps_sign_in::storage::{self, Area, CATALOGUE, ICONS, KEYS, POLICY, Values};

/// Where the values of a newer version wait for its return.
const NEWER_VERSION: &str = "newer_version";

type Under = (String, Reading);

fn under(memory: &Memory) -> Under {
    (memory.catalogue_tag.stamp.clone(), memory.reading())
}

/// What the storage held when it was read last.
#[derive(Default)]
pub(crate) struct Stored {
    values: RefCell<Values>,
    /// The list of apps, and what it was read under: its stamp, and how.
    catalogue: RefCell<Option<(Under, Rc<Catalogue>)>>,
}

impl Stored {
    /// Reads memory, and the host access the browser grants at this moment. None if the browser refuses its storage: nothing is
    /// known then, and nothing may be written over what is there.
    pub(crate) async fn load(&self) -> Option<(Memory, HostAccess)> {
        let granted = chrome::call("chrome.permissions.getAll", []);
        // The first event of a context needs the list in most cases, so it is on its way with the small keys.
        let catalogue = self.catalogue.borrow().is_none().then(|| chrome::call("chrome.storage.local.get", [CATALOGUE.into()]));
        let values = small_keys().await?;
        if storage::is_from_newer_version(&values) {
            set_aside(&values).await;
        }
        let mut memory = storage::load(&values);
        self.values.replace(values);
        if !memory.catalogue_tag.stamp.is_empty() {
            let under = under(&memory);
            let mut list = self.known(&under);
            if list.is_none() {
                let asked = catalogue.unwrap_or_else(|| chrome::call("chrome.storage.local.get", [CATALOGUE.into()]));
                list = self.read(under, &asked.await.ok()?);
            }
            storage::attach_catalogue(&mut memory, list);
        }
        Some((memory, granted_hosts(granted).await))
    }

    /// The list, if it was read already.
    fn known(&self, under: &Under) -> Option<Rc<Catalogue>> {
        self.catalogue.borrow().as_ref().filter(|(known, _)| known == under).map(|(_, list)| Rc::clone(list))
    }

    fn read(&self, under: Under, found: &JsValue) -> Option<Rc<Catalogue>> {
        let list = Rc::new(Catalogue::read_as(&chrome::get_text(found, CATALOGUE)?, &under.1).ok()?);
        self.catalogue.replace(Some((under, Rc::clone(&list))));
        Some(list)
    }

    /// Writes what differs from what was read; [`written`] waits for it.
    pub(crate) fn store(&self, memory: &Memory) -> Vec<Promised> {
        let mut writing = Vec::new();
        let after = storage::save(memory);
        let before = self.values.replace(after.clone());
        for area in [Area::Local, Area::Session] {
            let set = Object::new();
            let remove = Array::new();
            for (_, key) in KEYS.iter().filter(|(place, _)| *place == area) {
                match (before.get(key), after.get(key)) {
                    (before, Some(after)) if before != Some(after) => chrome::set(&set, key, &after.into()),
                    (Some(_), None) => {
                        remove.push(&(*key).into());
                    }
                    _ => {}
                }
            }
            if area == Area::Local {
                #[cfg(feature = "worker")]
                if let Some(icons) = &memory.fresh_icons {
                    chrome::set(&set, ICONS, &icons.into());
                }
                if let Some(body) = &memory.fresh_catalogue {
                    chrome::set(&set, CATALOGUE, &body.into());
                    self.catalogue.replace(Some((under(memory), Rc::clone(&memory.catalogue))));
                } else if memory.catalogue_tag.stamp.is_empty() && before.get("catalogue_tag").is_some() {
                    remove.push(&CATALOGUE.into());
                    remove.push(&ICONS.into());
                    self.catalogue.replace(None);
                }
            }
            write_area(area, &set, &remove, &mut writing);
        }
        writing
    }
}

async fn small_keys() -> Option<Values> {
    let mut values = Values::default();
    let policy = chrome::call("chrome.storage.managed.get", [JsValue::NULL]);
    for (area, asked) in [Area::Local, Area::Session].map(|area| (area, ask(area))) {
        add(&mut values, area, &asked.await.ok()?);
    }
    // Firefox has no such storage where there is no policy.
    if let Ok(found) = policy.await {
        // What the worker alone reads, and may be large: `my_apps_sign_in::links`.
        chrome::set(&found, "links", &JsValue::UNDEFINED);
        // It is read like every other document.
        if let Some(policy) = js_sys::JSON::stringify(&found).ok().and_then(|text| text.as_string()) {
            values.add(POLICY, policy);
        }
    }
    Some(values)
}

fn ask(area: Area) -> Promised {
    let keys = chrome::texts(KEYS.iter().filter(|(place, _)| *place == area).map(|(_, key)| *key));
    chrome::call(&["chrome.storage.", area.as_str(), ".get"].concat(), [keys.into()])
}

fn add(values: &mut Values, area: Area, found: &JsValue) {
    for (_, key) in KEYS.iter().filter(|(place, _)| *place == area) {
        let value = chrome::get(found, key);
        if !value.is_undefined() {
            // What is no text counts as damaged, and goes with the next writing.
            values.add(key, value.as_string().unwrap_or_default());
        }
    }
}

fn write_area(area: Area, set: &Object, remove: &Array, writing: &mut Vec<Promised>) {
    if Object::keys(set).length() > 0 {
        writing.push(chrome::call(&["chrome.storage.", area.as_str(), ".set"].concat(), [set.into()]));
    }
    if remove.length() > 0 {
        writing.push(chrome::call(&["chrome.storage.", area.as_str(), ".remove"].concat(), [remove.into()]));
    }
}

/// Waits until everything is written; whether the browser took it.
pub(crate) async fn written(writing: Vec<Promised>) -> bool {
    let mut taken = true;
    for result in writing {
        taken &= result.await.is_ok();
    }
    taken
}

/// Keeps what a newer version wrote, once, before anything is overwritten.
async fn set_aside(values: &Values) {
    let kept = Object::new();
    for (_, key) in KEYS.iter().filter(|(area, _)| *area == Area::Local) {
        if let Some(text) = values.get(key) {
            chrome::set(&kept, key, &text.into());
        }
    }
    let set = Object::new();
    chrome::set(&set, NEWER_VERSION, &kept);
    let mut writing = Vec::new();
    write_area(Area::Local, &set, &Array::new(), &mut writing);
    let _ = written(writing).await;
}

async fn granted_hosts(asked: Promised) -> HostAccess {
    let Ok(permissions) = asked.await else { return HostAccess::default() };
    let origins = chrome::get(&permissions, "origins");
    if !origins.is_array() {
        return HostAccess::default();
    }
    let mut granted = Vec::new();
    for origin in Array::from(&origins).iter() {
        granted.extend(origin.as_string());
    }
    HostAccess::new(granted)
}
