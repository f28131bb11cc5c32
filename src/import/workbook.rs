//! XLSX: the sheets of a workbook as rows of cells, written as people write them.
//!
//! A workbook is a packed folder, so a small file may hold a large one: it is unpacked once into nothing, to see how
//! long it is, before anything is read.

use std::io::{self, Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx};
use zip::ZipArchive;

use super::bytes::{MOST_COLUMNS, MOST_ROWS, Refusal};
use super::table::Row;
use crate::lang::Lang;

/// The longest that a workbook may be when it is unpacked.
const LONGEST_UNPACKED: u64 = 64 * 1024 * 1024;
/// The most files in it.
const MOST_FILES: usize = 2_000;
/// The most characters in all of its cells.
const MOST_TEXT: usize = 32 * 1024 * 1024;

/// How cells are written that hold no text.
#[derive(Clone, Debug)]
pub struct CellWords {
    /// The language of numbers.
    pub lang: Lang,
    /// A cell that is true.
    pub yes: String,
    /// A cell that is false.
    pub no: String,
}

/// The sheets that can be seen, each with its name.
///
/// # Errors
/// When the workbook cannot be read, or is too large.
pub(super) fn tables(bytes: &[u8], words: &CellWords) -> Result<Vec<(String, Vec<Row>)>, Refusal> {
    weigh(bytes)?;
    // The crate promises no panic, but what it reads is anybody's.
    catch_unwind(AssertUnwindSafe(|| read(bytes, words))).unwrap_or(Err(Refusal::BrokenWorkbook))
}

/// Unpacks everything into nothing, up to a bound. What the folder says of the lengths may be a lie.
fn weigh(bytes: &[u8]) -> Result<(), Refusal> {
    let broken = |_| Refusal::BrokenWorkbook;
    let mut folder = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    if folder.len() > MOST_FILES {
        return Err(Refusal::SwollenWorkbook);
    }
    let mut left = LONGEST_UNPACKED;
    for index in 0..folder.len() {
        let file = folder.by_index(index).map_err(broken)?;
        let length = io::copy(&mut file.take(left + 1), &mut io::sink()).map_err(|_| Refusal::BrokenWorkbook)?;
        left = left.checked_sub(length).ok_or(Refusal::SwollenWorkbook)?;
    }
    Ok(())
}

fn read(bytes: &[u8], words: &CellWords) -> Result<Vec<(String, Vec<Row>)>, Refusal> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| Refusal::BrokenWorkbook)?;
    let sheets = workbook.sheets_metadata().iter();
    let seen = sheets.filter(|sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible);
    let names: Vec<String> = seen.map(|sheet| sheet.name.clone()).collect();
    let mut tables = Vec::new();
    let mut n_characters = 0;
    for name in names {
        let mut cells = workbook.worksheet_cells_reader(&name).map_err(|_| Refusal::BrokenWorkbook)?;
        let mut rows: Vec<Row> = Vec::new();
        while let Some(cell) = cells.next_cell().map_err(|_| Refusal::BrokenWorkbook)? {
            let (row, column) = cell.get_position();
            let text = written(cell.get_value(), words);
            if text.is_empty() {
                continue;
            }
            n_characters += text.len();
            let (line, column) = (row as usize + 1, column as usize);
            if column >= MOST_COLUMNS || rows.len() > MOST_ROWS || n_characters > MOST_TEXT {
                return Err(Refusal::TooManyCells);
            }
            // Cells come row by row; what comes otherwise is put where it belongs.
            let at = match rows.binary_search_by_key(&line, |row| row.line) {
                Ok(at) => at,
                Err(at) => {
                    rows.insert(at, Row { line, cells: Vec::new() });
                    at
                }
            };
            let cells = &mut rows[at].cells;
            if cells.len() <= column {
                cells.resize(column + 1, String::new());
            }
            cells[column] = text;
        }
        if !rows.is_empty() {
            tables.push((name, rows));
        }
    }
    Ok(tables)
}

fn written(value: &DataRef<'_>, words: &CellWords) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number_written(*number, words.lang),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(true) => words.yes.clone(),
        DataRef::Bool(false) => words.no.clone(),
        DataRef::DateTime(moment) => moment_written(moment),
        DataRef::DateTimeIso(text) => text.trim_end_matches("T00:00:00").to_owned(),
        DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
    }
}

/// A number without the noise of binary fractions, with a comma in French.
fn number_written(number: f64, lang: Lang) -> String {
    if !number.is_finite() || number.abs() >= 1e15 {
        return number.to_string();
    }
    let text = format!("{number:.6}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    let text = if text == "-0" { "0" } else { text };
    match lang {
        Lang::French => text.replace('.', ","),
        Lang::English => text.to_owned(),
    }
}

/// A day as ISO 8601 has it; a time of day or a length of time as "9h30".
fn moment_written(moment: &ExcelDateTime) -> String {
    let value = moment.as_f64();
    if !value.is_finite() || !(0.0..2_958_466.0).contains(&value) {
        return value.to_string();
    }
    if moment.is_duration() || value < 1.0 {
        let minutes = (value * 24.0 * 60.0).round();
        let (hours, minutes) = ((minutes / 60.0).floor(), minutes % 60.0);
        return if minutes == 0.0 { format!("{hours} h") } else { format!("{hours}h{minutes:02}") };
    }
    let (year, month, day, hour, minute, ..) = moment.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    if (hour, minute) == (0, 0) { date } else { format!("{date} {hour:02}:{minute:02}") }
}

#[cfg(test)]
mod tests {
    use calamine::ExcelDateTimeType;

    use super::*;

    #[test]
    fn numbers_are_written_as_people_write_them() {
        for (number, french, english) in [
            (2.0, "2", "2"),
            (7.5, "7,5", "7.5"),
            (0.1 + 0.2, "0,3", "0.3"),
            (59_000.0, "59000", "59000"),
            (-0.0, "0", "0"),
            (1200.5, "1200,5", "1200.5"),
        ] {
            assert_eq!(number_written(number, Lang::French), french);
            assert_eq!(number_written(number, Lang::English), english);
        }
    }

    #[test]
    fn days_and_times_are_written() {
        let moment = |value, kind| moment_written(&ExcelDateTime::new(value, kind, false));
        let day = ExcelDateTimeType::DateTime;
        assert_eq!(moment(46_471.0, day), "2027-03-25");
        assert_eq!(moment(46_471.5, day), "2027-03-25 12:00");
        assert_eq!(moment(9.5 / 24.0, day), "9h30");
        assert_eq!(moment(14.0 / 24.0, ExcelDateTimeType::TimeDelta), "14 h");
        assert_eq!(moment(f64::NAN, day), "NaN");
        assert_eq!(moment(-1.0, day), "-1");
    }
}
