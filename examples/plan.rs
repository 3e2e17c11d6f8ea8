//! Reads snapshots of pages as JSON lines and prints what would be filled, one JSON line each. Used by
//! `tests/measure-forms.mjs`; handy with a single snapshot to see why a page was judged as it was.

use std::io::{BufRead, Write};
use std::time::Instant;

use my_apps_sign_in::form::{Snapshot, Submit, explain, plan};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let snapshot: Snapshot = my_apps_sign_in::json::read(&line?).ok_or("not a snapshot")?;
        let started = Instant::now();
        let planned = plan(&snapshot, None);
        let micros = started.elapsed().as_micros();
        let groups: Vec<serde_json::Value> = explain(&snapshot)
            .into_iter()
            .map(|group| {
                let clues: Vec<String> = group.clues.iter().map(|weighed| format!("{:?}×{}", weighed.clue, weighed.times)).collect();
                serde_json::json!({"scenario": format!("{:?}", group.scenario), "score": group.score, "clues": clues,
                    "user": group.user, "password": group.password, "button": group.button, "members": group.members})
            })
            .collect();
        let answer = match planned {
            Ok(plan) => {
                let fields: Vec<_> =
                    plan.fields.iter().map(|field| serde_json::json!({"index": field.index, "value": field.value.as_str()})).collect();
                let submit = match plan.submit {
                    Submit::Button { index, .. } => serde_json::json!({"button": {"index": index}}),
                    Submit::Request => "request".into(),
                    Submit::Enter => "enter".into(),
                };
                serde_json::json!({"plan": {"step": format!("{:?}", plan.step), "fields": fields, "submit": submit,
                    "doubt": plan.doubt.map(|doubt| format!("{doubt:?}"))}, "micros": micros, "scenario": groups})
            }
            Err(refusal) => serde_json::json!({"refusal": format!("{refusal:?}"), "micros": micros, "scenario": groups}),
        };
        writeln!(out, "{answer}")?;
    }
    Ok(())
}
