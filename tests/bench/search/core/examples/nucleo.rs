//! The same labelled searches through a maintained matcher, as its documentation sets it up for a list to choose from:
//! `cargo run --release -p my-apps-bench-search --example nucleo -- CATALOGUE QUERIES`.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::cast_precision_loss, reason = "a tool that can not go on stops")]
use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use serde_json::Value;

fn main() {
    let files: Vec<String> = std::env::args().skip(1).collect();
    let read = |file: &String| serde_json::from_str::<Vec<Value>>(&std::fs::read_to_string(file).unwrap()).unwrap();
    let (apps, queries) = (read(&files[0]), read(&files[1]));
    let text = |app: &Value| {
        let keywords = app["keywords"].as_array().map(|words| words.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" "));
        format!("{} {}", app["name"].as_str().unwrap(), keywords.unwrap_or_default())
    };
    let texts: Vec<String> = apps.iter().map(text).collect();
    let mut config = Config::DEFAULT;
    config.prefer_prefix = true;
    let mut matcher = Matcher::new(config);
    let mut sum = 0.0;
    for query in &queries {
        let pattern = Pattern::parse(query["query"].as_str().unwrap(), CaseMatching::Ignore, Normalization::Smart);
        let mut buffer = Vec::new();
        let scored = texts.iter().enumerate();
        let mut found: Vec<(u32, usize, usize)> = scored
            .filter_map(|(place, text)| Some((pattern.score(Utf32Str::new(text, &mut buffer), &mut matcher)?, text.len(), place)))
            .collect();
        found.sort_by_key(|(score, length, place)| (std::cmp::Reverse(*score), *length, *place));
        let is_expected = |place: usize| query["expect"].as_array().unwrap().contains(&apps[place]["id"]);
        sum += found.iter().position(|(_, _, place)| is_expected(*place)).map_or(0.0, |at| 1.0 / (at as f64 + 1.0));
    }
    println!("MRR {:.4} of {} queries", sum / queries.len() as f64, queries.len());
}
