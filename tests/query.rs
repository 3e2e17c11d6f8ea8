//! Our pairs against the library that browsers' `URLSearchParams` is modelled on.

use my_apps_sign_in::query::{self, Query};
use proptest::prelude::*;
use url::form_urlencoded;

/// As the library understands it; where it puts a sign for what is no text, we read nothing.
fn known(query: &str, name: &str) -> Option<String> {
    form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

#[track_caller]
fn check(query: &str, name: &str) {
    let known = known(query, name);
    match query::value(query, name) {
        None => assert!(known.is_none_or(|known| known.contains('\u{fffd}')), "{query} {name}"),
        ours => assert_eq!(ours, known, "{query} {name}"),
    }
}

#[test]
fn reads_as_the_library_does() {
    for query in [
        "", "=", "&", "a", "a=", "=a", "a=b", "a=1&a=2", "&&a=1&", "a=b=c", "a%3Db=1", "a=%", "a=%4", "a=%4g", "a=%%41", "a=+%2B+", "+=1",
        "a=%c3%a4", "a=%C3", "a=ä", "%61=1",
    ] {
        for name in ["", "a", "b", "a=b", " ", "ä"] {
            check(query, name);
        }
    }
}

proptest! {
    #[test]
    fn reads_everything_as_the_library_does(query in "[a&=%+4cCäö ]{0,24}", name in "[aä ]{0,2}") {
        check(&query, &name);
    }

    #[test]
    fn writes_as_the_library_does(pairs in prop::collection::vec((any::<String>(), any::<String>()), 0..4)) {
        let ours = pairs.iter().fold(Query::default(), |query, (name, value)| query.with(name, value)).done();
        let known = form_urlencoded::Serializer::new(String::new()).extend_pairs(&pairs).finish();
        prop_assert_eq!(ours, known);
    }
}
