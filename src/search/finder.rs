//! What finds apps in a list that it is given as a text: all that the module with the search in it can do.

use super::{Highlighter, Index, Searched};
use crate::decimal::{decimal, number};

/// A list of apps, to be searched.
#[derive(Debug, Default)]
pub struct Finder {
    list: String,
    /// Where in the list each name begins and ends.
    names: Vec<(usize, usize)>,
    /// How much each app was used.
    scores: Vec<u32>,
    index: Index,
}

impl Finder {
    /// For a list as [`crate::finding::List`] writes it.
    pub fn new(list: String) -> Finder {
        let mut finder = Finder::default();
        let mut start = 0;
        for line in list.split_terminator('\n') {
            let fields: Vec<&str> = line.split('\t').collect();
            let (score, name, alias, address, description, keywords) = match fields.as_slice() {
                [score, name, alias, address, description, keywords @ ..] => (*score, *name, *alias, *address, *description, keywords),
                _ => ("", "", "", "", "", [].as_slice()),
            };
            let begin = start + (score.len() + 1).min(line.len());
            finder.names.push((begin, begin + name.len()));
            finder.scores.push(number(score).and_then(|score| u32::try_from(score).ok()).unwrap_or_default());
            finder.index.add(&Searched { name, alias, address, description, keywords });
            start += line.len() + 1;
        }
        finder.index.sort();
        Finder { list, ..finder }
    }

    /// The best `most` apps for what was typed, as a list of numbers in JSON: how many there are; then for each app its place,
    /// how many parts of its name are marked, and where each of them begins and ends.
    pub fn find(&self, typed: &str, most: usize) -> String {
        let found = self.index.search(typed, &self.scores, most);
        let highlighter = Highlighter::new(typed);
        let mut answer = String::from("[");
        push(&mut answer, found.count);
        for place in found.apps {
            let name = self.names.get(place).and_then(|(start, end)| self.list.get(*start..*end)).unwrap_or_default();
            let marks = highlighter.marks(name);
            answer.push(',');
            push(&mut answer, place);
            answer.push(',');
            push(&mut answer, marks.len());
            for (start, end) in marks {
                answer.push(',');
                push(&mut answer, start);
                answer.push(',');
                push(&mut answer, end);
            }
        }
        answer.push(']');
        answer
    }
}

fn push(answer: &mut String, number: usize) {
    answer.push_str(&decimal(number as u64));
}
