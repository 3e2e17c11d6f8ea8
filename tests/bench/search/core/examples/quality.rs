//! Mean reciprocal rank of the labelled searches, natively: `cargo run --example quality -- CATALOGUE QUERIES`.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::cast_precision_loss,
    reason = "a tool that can not go on stops"
)]
use my_apps_sign_in::search::Highlighter;
use serde_json::Value;

fn main() {
    let files: Vec<String> = std::env::args().skip(1).collect();
    let read = |file: &String| serde_json::from_str::<Vec<Value>>(&std::fs::read_to_string(file).unwrap()).unwrap();
    let (apps, queries) = (read(&files[0]), read(&files[1]));
    let index = my_apps_bench_search::index(&apps);
    let mut sum = 0.0;
    for query in &queries {
        let typed = query["query"].as_str().unwrap();
        let found = index.search(typed, &[], usize::MAX).apps;
        let expected: Vec<&str> = query["expect"].as_array().unwrap().iter().map(|id| id.as_str().unwrap()).collect();
        let place = found.iter().position(|place| expected.contains(&apps[*place]["id"].as_str().unwrap()));
        let value = place.map_or(0.0, |place| 1.0 / (place as f64 + 1.0));
        sum += value;
        if value < 1.0 {
            let first: Vec<String> = found
                .iter()
                .take(4)
                .map(|place| {
                    let name = apps[*place]["name"].as_str().unwrap();
                    let mut shown = String::new();
                    let mut from = 0;
                    for (start, end) in Highlighter::new(typed).marks(name) {
                        shown += &format!("{}[{}]", &name[from..start], &name[start..end]);
                        from = end;
                    }
                    shown + &name[from..]
                })
                .collect();
            println!("{value:.2} {typed:?} wants {expected:?}: {first:?}");
        }
    }
    println!("MRR {:.4} of {} queries", sum / queries.len() as f64, queries.len());
}
