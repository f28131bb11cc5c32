//! CSV: rows of cells parted by commas, semicolons or tabs.

use csv::{ReaderBuilder, StringRecord};

use super::bytes::{MOST_COLUMNS, MOST_ROWS, Refusal};
use super::table::Row;

/// How many rows tell which sign parts the cells.
const SAMPLE: usize = 30;

/// A sign that no text has, for a table of one column.
const NONE: u8 = 0x1F;

/// The rows of a table.
///
/// # Errors
/// When there are more rows or columns than a list of modules has.
pub(super) fn rows(text: &str) -> Result<Vec<Row>, Refusal> {
    let sign = sign(text);
    let mut rows = Vec::new();
    for record in reader(text, sign).into_records() {
        // Every text is a table to the reader: it refuses none.
        let Ok(record) = record else { continue };
        if rows.len() >= MOST_ROWS || record.len() > MOST_COLUMNS {
            return Err(Refusal::TooManyCells);
        }
        let line = record.position().map_or(0, csv::Position::line);
        let cells = record.iter().map(str::to_owned).collect();
        rows.push(Row { line: usize::try_from(line).unwrap_or_default(), cells });
    }
    Ok(rows)
}

fn reader(text: &str, sign: u8) -> csv::Reader<&[u8]> {
    ReaderBuilder::new().has_headers(false).flexible(true).delimiter(sign).from_reader(text.as_bytes())
}

/// The sign that parts the first rows into most cells, as many in each row as in the first.
fn sign(text: &str) -> u8 {
    let score = |sign: u8| {
        let records: Vec<StringRecord> = reader(text, sign).into_records().take(SAMPLE).flatten().collect();
        let widest = records.iter().map(StringRecord::len).max().unwrap_or_default();
        let same = records.iter().filter(|record| record.len() == widest).count();
        if widest < 2 { 0 } else { same * 1000 / records.len().max(1) + widest.min(500) }
    };
    // On equal terms the first wins.
    let mut best = (NONE, 0);
    for sign in [b';', b'\t', b','] {
        let score = score(sign);
        if score > best.1 {
            best = (sign, score);
        }
    }
    best.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&[&str]]) {
        let rows = rows(text).expect("a table");
        let cells: Vec<Vec<&str>> = rows.iter().map(|row| row.cells.iter().map(String::as_str).collect()).collect();
        assert_eq!(cells, expected);
    }

    #[test]
    fn the_sign_is_found() {
        check("Titre;Durée\nUn, deux;1 jour\n", &[&["Titre", "Durée"], &["Un, deux", "1 jour"]]);
        check("Titre,Durée\n\"Un, deux\",\"1,5 jour\"\n", &[&["Titre", "Durée"], &["Un, deux", "1,5 jour"]]);
        check("Titre\tDurée\nUn\t1 ; 2\n", &[&["Titre", "Durée"], &["Un", "1 ; 2"]]);
        check("Titre\nUn\nDeux\n", &[&["Titre"], &["Un"], &["Deux"]]);
    }

    #[test]
    fn cells_may_have_lines() {
        let rows = rows("Titre;Objectifs\nUn;\"- a\n- b\"\nDeux;c\n").expect("a table");
        assert_eq!((rows[1].line, rows[1].cells[1].as_str(), rows[2].line), (2, "- a\n- b", 4));
    }

    #[test]
    fn a_table_without_end_is_refused() {
        assert_eq!(rows(&"a;b\n".repeat(MOST_ROWS + 1)), Err(Refusal::TooManyCells));
        assert_eq!(rows(&";".repeat(MOST_COLUMNS + 1)), Err(Refusal::TooManyCells));
    }
}
