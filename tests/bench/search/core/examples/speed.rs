//! Which keystrokes are slow, natively: `cargo run --release --example speed -- CATALOGUE QUERIES…`, on ten thousand apps made
//! of the catalogue as the bench makes them.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a tool that can not go on stops")]
use std::time::Instant;

use serde_json::Value;

const MANY: usize = 10_000;
const ENDINGS: [&str; 9] = ["EMEA", "Test", "North", "2", "Archive", "Training", "Legacy", "APAC", "Partner"];

fn many(apps: &[Value]) -> Vec<Value> {
    let name = |app: &Value| app["name"].as_str().unwrap().to_owned();
    let more = (0..MANY - apps.len()).map(|number| {
        let (one, other) = (&apps[number % apps.len()], &apps[(number * 7919 + 13) % apps.len()]);
        let mut app = if number % 2 == 1 { one.clone() } else { other.clone() };
        app["name"] = if number % 2 == 1 {
            format!("{} {}", name(one), ENDINGS[number % ENDINGS.len()]).into()
        } else {
            format!("{} {} {}", name(one).split(' ').next().unwrap(), name(other).split(' ').next_back().unwrap(), number % 7).into()
        };
        app
    });
    apps.iter().cloned().chain(more).collect()
}

fn main() {
    let files: Vec<String> = std::env::args().skip(1).collect();
    let read = |file: &String| serde_json::from_str::<Vec<Value>>(&std::fs::read_to_string(file).unwrap()).unwrap();
    let apps = many(&read(&files[0]));
    let began = Instant::now();
    let index = my_apps_bench_search::index(&apps);
    println!("index {:?}", began.elapsed());
    let mut times = Vec::new();
    for query in files[1..].iter().flat_map(read) {
        let query = query["query"].as_str().unwrap();
        for (end, letter) in query.char_indices() {
            let typed = query.get(..end + letter.len_utf8()).unwrap();
            let mut fastest = f64::MAX;
            for _ in 0..5 {
                let began = Instant::now();
                std::hint::black_box(index.search(typed, &[], 30));
                fastest = fastest.min(began.elapsed().as_secs_f64() * 1000.0);
            }
            times.push((fastest, typed.to_owned(), index.search(typed, &[], 0).count));
        }
    }
    times.sort_by(|one, other| one.0.total_cmp(&other.0));
    for part in [50, 75, 90, 95, 97, 98, 99, 100] {
        let (time, typed, found) = &times[(times.len() - 1) * part / 100];
        println!("{part} of 100 in {time:.3} ms: {typed:?}, {found} found");
    }
}
