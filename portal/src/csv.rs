//! Comma-separated values (RFC 4180) that are safe to open in a spreadsheet.

/// One line. A cell that a spreadsheet would take for a formula gets an apostrophe before it: names in the trail are
/// other people's, and a formula could send the rest of the sheet away.
pub fn line(cells: &[&str]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| quoted(cell)).collect();
    format!("{}\r\n", cells.join(","))
}

fn quoted(cell: &str) -> String {
    // Some programs skip space, and some read full-width signs like the usual ones.
    let begins_formula =
        cell.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '|', '%']) || cell.starts_with(['\t', '\r', '\n']);
    let apostrophe = if begins_formula { "'" } else { "" };
    format!("\"{apostrophe}{}\"", cell.replace('"', "\"\""))
}
