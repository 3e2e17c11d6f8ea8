//! Which control sends a form. Pages put a second button beside it more often than not: to register, to reset a
//! password, to sign in with another service, to show what is typed. What a button says weighs most, then what it is,
//! then where it stands.

use super::group::Group;
use super::role::Reading;
use super::snapshot::{Control, Kind, Snapshot};
use super::words::Concept;

/// A button is pressed only with this much in favour of it; below, the form is asked to submit itself.
const ENOUGH: i32 = 4;

/// The control that sends the group, if one is clear enough. `after` is the last field that is filled.
pub(crate) fn button(snapshot: &Snapshot, readings: &[Reading], group: &Group, after: u32) -> Option<u32> {
    let mut best: Option<(i32, u32)> = None;
    // A form with a button of its own is not sent by a link beside it.
    let native = group.members.iter().any(|&place| {
        let (Some(control), Some(reading)) = (snapshot.control(place), readings.get(place as usize)) else { return false };
        sends(control) && control.visible && !(control.text.is_empty() && control.label.is_empty()) && !is_search(reading)
    });
    // What stands after a button that opens an account and sends the form leads those away who have one.
    let opening = group.members.iter().find(|&&place| {
        let (Some(control), Some(reading)) = (snapshot.control(place), readings.get(place as usize)) else { return false };
        place > after && sends(control) && control.visible && reading.shown.has(Concept::SignUp) && !reading.shown.has(Concept::SignIn)
    });
    for (places, offset) in [(&group.members, 0), (&group.around, -4)] {
        for &place in places {
            let (Some(control), Some(reading)) = (snapshot.control(place), readings.get(place as usize)) else { continue };
            if native && !matches!(control.tag.as_str(), "button" | "input") {
                continue;
            }
            if !sends(control) && opening.is_some_and(|&opening| opening < place) {
                continue;
            }
            let Some(score) = score(snapshot, control, reading, group, after) else { continue };
            let score = score + offset;
            if score >= ENOUGH && best.is_none_or(|(most, _)| score > most) {
                best = Some((score, place));
            }
        }
    }
    best.map(|(_, place)| place)
}

fn is_search(reading: &Reading) -> bool {
    reading.shown.has(Concept::Search) || (reading.named.has(Concept::Search) && !reading.shown.has(Concept::SignIn))
}

/// Whether the browser sends the form when it is pressed.
fn sends(control: &Control) -> bool {
    matches!(control.r#type.as_str(), "submit" | "image") && control.form.is_some()
}

fn score(snapshot: &Snapshot, control: &Control, reading: &Reading, group: &Group, after: u32) -> Option<i32> {
    let sends = sends(control);
    let link = control.kind() == Kind::Link;
    if !link && control.kind() != Kind::Button {
        return None;
    }
    // A picture that is not loaded has no size, and Enter presses a default button that is hidden, too.
    if !control.visible && control.r#type != "image" || control.r#type == "reset" {
        return None;
    }
    if link && !(control.href.is_empty() || control.href == "page") {
        return None;
    }
    let (shown, named) = (reading.shown, reading.named);
    let silent = control.text.is_empty() && control.label.is_empty();
    let mut score = 0;
    if shown.any(&[Concept::SignUp, Concept::Forgot, Concept::Reset, Concept::Social, Concept::SignOut, Concept::Newsletter])
        || is_search(reading)
        || (silent && named.any(&[Concept::SignUp, Concept::Forgot, Concept::Social, Concept::Search, Concept::Newsletter]))
    {
        score -= 20;
    }
    if shown.any(&[Concept::Cancel, Concept::Show, Concept::Code]) || (silent && named.any(&[Concept::Show, Concept::Cancel])) {
        score -= 12;
    }
    if shown.has(Concept::SignIn) {
        score += 10;
    } else if shown.any(&[Concept::Next, Concept::Send]) {
        score += 7;
    } else if named.has(Concept::SignIn) {
        score += 5;
    }
    if named.any(&[Concept::Send, Concept::Next]) {
        score += 3;
    }
    score += match (sends, control.tag.as_str(), link) {
        (true, _, _) => 7,
        (false, "button" | "input", _) => 3,
        (false, _, true) => 0,
        _ => 1,
    };
    if control.index > after {
        score += 2;
        // Nothing to fill and no other button between the last field and it.
        let between = group.members.iter().filter(|&&place| place > after && place < control.index);
        let crowd = between
            .filter_map(|&place| snapshot.control(place))
            .filter(|other| other.visible && other.kind() != Kind::Link && other.kind() != Kind::Tick);
        if crowd.count() == 0 {
            score += 2;
        }
    } else {
        // What stands before the fields and is no native button of theirs is a tab.
        score -= if sends { 3 } else { 12 };
    }
    if control.width.saturating_mul(control.height) < 300 && silent && control.r#type != "image" {
        score -= 5;
    }
    Some(score)
}
