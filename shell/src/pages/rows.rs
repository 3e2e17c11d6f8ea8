//! The list of apps: sections of rows, of which one is selected. A listbox as the ARIA practices describe it.

use web_sys::{Element, ScrollIntoViewOptions, ScrollLogicalPosition};

use super::APP;
use crate::dom::{self, Build};
use crate::text;
use my_apps_sign_in::decimal::decimal;
use my_apps_sign_in::popup::{Row, Section};

/// Paints the sections into `list`. Rows that only came to the end of it are added to what is there: who scrolls through ten
/// thousand apps would otherwise wait longer and longer; people who hear them are told of how many each is. Whether all rows are new.
pub(crate) fn paint(list: &Element, before: &[Section], sections: &[Section], count: usize) -> bool {
    if let (Some((last, others)), Some((now, same))) = (before.split_last(), sections.split_last())
        && others == same
        && last.title == now.title
        && let Some(more) = now.rows.strip_prefix(last.rows.as_slice())
        && let Some(group) = list.last_element_child()
    {
        let first = others.iter().map(|section| section.rows.len()).sum::<usize>() + last.rows.len();
        for (place, row) in more.iter().enumerate() {
            dom::append(&group, &row_element(row, first + place, count));
        }
        return false;
    }
    let mut index = 0;
    let groups = sections.iter().enumerate().map(|(number, section)| {
        let title = ["section-", &decimal(number as u64)].concat();
        let heading = dom::element("div")
            .with("class", "section")
            .with("id", &title)
            .with("role", "presentation")
            .text(&text::resolve(&section.title));
        let rows: Vec<Element> = section
            .rows
            .iter()
            .map(|row| {
                let element = row_element(row, index, count);
                index += 1;
                element
            })
            .collect();
        dom::element("div").with("role", "group").with("aria-labelledby", &title).children([heading]).children(rows)
    });
    let groups: Vec<Element> = groups.collect();
    dom::fill(list, groups);
    true
}

fn row_element(row: &Row, index: usize, count: usize) -> Element {
    let detail = row.remark.as_ref().map_or_else(|| row.description.clone(), text::resolve);
    let element = dom::copy("row").with("id", &id_of(index)).with(APP, &row.id);
    dom::set(&element, "aria-posinset", &decimal(index as u64 + 1));
    dom::set(&element, "aria-setsize", &decimal(count as u64));
    dom::put(&element, ".letter", &text::capital(row.initial()));
    if let Ok(Some(name)) = element.query_selector(".name") {
        let pieces = row.pieces();
        dom::fill(&name, pieces.iter().map(|(text, is_marked)| dom::element(if *is_marked { "mark" } else { "span" }).text(text)));
    }
    dom::put(&element, ".detail", &detail);
    if row.is_favourite {
        dom::set(&element, "data-favourite", "");
    }
    element.with("data-shade", &decimal(row.shade().into()))
}

/// Marks one row and brings it into sight, or none.
pub(crate) fn select(list: &Element, input: &Element, index: Option<usize>) {
    if let Ok(Some(before)) = list.query_selector("[aria-selected=true]") {
        dom::set(&before, "aria-selected", "false");
    }
    let row = index.and_then(|index| dom::document().get_element_by_id(&id_of(index)));
    let (Some(index), Some(row)) = (index, row) else {
        let _ = input.remove_attribute("aria-activedescendant");
        return;
    };
    dom::set(&row, "aria-selected", "true");
    dom::set(input, "aria-activedescendant", &id_of(index));
    if index == 0 {
        // The headline above the first row comes into sight with it.
        list.set_scroll_top(0);
        return;
    }
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Nearest);
    row.scroll_into_view_with_scroll_into_view_options(&options);
}

/// The selected row's app.
pub(crate) fn selected(list: &Element) -> Option<String> {
    list.query_selector("[aria-selected=true]").ok().flatten()?.get_attribute(APP)
}

/// The app of the row the element is in.
pub(crate) fn app_at(target: &Element) -> Option<String> {
    target.closest(&["[", APP, "]"].concat()).ok().flatten()?.get_attribute(APP)
}

/// The app of the row with this number.
pub(crate) fn at(index: usize) -> Option<String> {
    dom::by_id(&id_of(index)).get_attribute(APP)
}

/// Whether the element is the star of a row.
pub(crate) fn is_star(target: &Element) -> bool {
    target.class_name() == "star"
}

fn id_of(index: usize) -> String {
    ["row-", &decimal(index as u64)].concat()
}
