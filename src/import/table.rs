//! A table, one row a module, read into [`Draft`]s. Rows with one title are the sessions of one module.

use std::collections::BTreeMap;

use super::blocks::{Block, blocks};
use super::dated::day_entries;
use super::days::{Days, days};
use super::draft::{Draft, Left, Mapped, Options, Section};
use super::facts::{Facts, Settled, may_be_several};
use super::flow::{Piece, PieceKind};
use super::given::{Given, Item, untold};
use super::labels::{Labels, Target};
use super::lines::{Line, Markup, cleaned_cell, lines};
use super::proof::is_read;
use super::steps::step_label;
use super::text::habit_of;
use super::value::{Entry, Value};
use crate::document::{SectionKind, kinds_of};
use crate::fold::fold;

/// A row of cells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Its number in the file, from 1.
    pub line: usize,
    /// Its cells.
    pub cells: Vec<String>,
}

/// A table whose columns have titles.
#[derive(Clone, Debug)]
pub struct Table {
    /// The titles of the columns, and what they mean.
    pub columns: Vec<Mapped>,
    /// What was not understood: what stands above the titles, rows without a title.
    pub left: Vec<Left>,
    /// The drafts, in the order of the rows.
    pub drafts: Vec<Draft>,
}

/// How many rows are looked at for the titles of columns.
const HEAD: usize = 20;

/// Columns that a module has once, unless its rows say different things: then each session has its own.
const SESSION_ABLE: &[(&str, &str)] =
    &[("location", "venue"), ("regions", "region"), ("price", "price"), ("trainers", "trainers")];

/// Reads a table.
///
/// # Errors
/// The titles of the first row, when no row has one for the titles of modules.
pub fn read(rows: &[Row], options: &Options) -> Result<Table, Vec<String>> {
    let clean = |row: &Row| Row { line: row.line, cells: row.cells.iter().map(|cell| cleaned_cell(cell)).collect() };
    let rows: &[Row] = &rows.iter().map(clean).collect::<Vec<Row>>();
    let means_title = |cell: &String| matches!(options.labels.find(cell).first(), Some(target) if is_title(*target));
    let is_head = |row: &Row| row.cells.iter().any(means_title);
    let Some(head) = rows.iter().take(HEAD).position(is_head) else {
        let first = rows.iter().map(|row| &row.cells).find(|cells| cells.iter().any(|cell| !cell.trim().is_empty()));
        return Err(first.cloned().unwrap_or_default().into_iter().filter(|cell| !cell.trim().is_empty()).collect());
    };
    let columns = columns(&rows[head], &rows[head + 1..], options);
    let mut table = Table { columns, left: Vec::new(), drafts: Vec::new() };
    table.left.extend(rows[..head].iter().filter_map(left));
    let title = table.columns.iter().position(|column| column.target.is_some_and(is_title)).unwrap_or_default();
    let (groups, left) = grouped(&rows[head + 1..], title, &table.columns);
    table.left.extend(left);
    table.drafts.extend(groups.iter().map(|rows| draft(rows, title, &table.columns, options)));
    Ok(table)
}

fn is_title(target: Target) -> bool {
    target.field() == Some("title")
}

fn left(row: &Row) -> Option<Left> {
    let text: Vec<&str> = row.cells.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).collect();
    (!text.is_empty()).then(|| Left { line: row.line, text: text.join(" · ") })
}

/// What the columns mean. A second column for what is said once stays in the body, as one without a known title does.
fn columns(head: &Row, rows: &[Row], options: &Options) -> Vec<Mapped> {
    let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or_default().max(head.cells.len());
    let label = |at: usize| head.cells.get(at).map(|cell| cell.trim()).unwrap_or_default();
    // "Intitulé" is the title, whatever else may be one.
    let titles: Vec<usize> = (0..width)
        .filter(|at| options.labels.find(label(*at)).first().is_some_and(|target| is_title(*target)))
        .collect();
    let is_sure = |at: &&usize| ["titre", "intitule", "title"].iter().any(|word| fold(label(**at)).starts_with(word));
    let chosen = titles.iter().find(is_sure).or(titles.first()).copied();
    let mut columns: Vec<Mapped> = Vec::new();
    for at in 0..width {
        let found = options.labels.find(label(at));
        let target = match found.as_slice() {
            [target] if is_title(*target) => (chosen == Some(at)).then_some(*target),
            [first, ..] => Some(*first),
            [] => None,
        };
        let is_again = |known: &Mapped| {
            known.target.zip(target).is_some_and(|(one, other)| {
                one.slot() == other.slot() && one.part() == other.part() && !may_be_several(one.slot())
                    || one.slot() == other.slot() && !one.part().is_empty() && one.part() == other.part()
            })
        };
        let target = target.filter(|target| {
            !matches!(target, Target::Group) && (matches!(target, Target::Section) || !columns.iter().any(is_again))
        });
        columns.push(Mapped::of(at + 1, label(at), target, options.lang));
    }
    columns
}

/// Whether a column says something of a session.
fn is_of_session(target: Option<Target>) -> bool {
    target.is_some_and(|target| {
        matches!(target, Target::Session(_) | Target::Sessions)
            || target.field().is_some_and(|key| SESSION_ABLE.iter().any(|(able, _)| *able == key))
    })
}

/// The rows of one module.
#[derive(Default)]
struct Group<'r> {
    rows: Vec<&'r Row>,
    /// What they say of the module, folded, by column.
    said: Vec<String>,
}

/// Rows by title. A row without one goes on the row before it, where it says nothing but dates and places.
fn grouped<'r>(rows: &'r [Row], title: usize, columns: &[Mapped]) -> (Vec<Vec<&'r Row>>, Vec<Left>) {
    let has_sessions =
        columns.iter().any(|column| matches!(column.target, Some(Target::Session(_) | Target::Sessions)));
    let mut groups: Vec<Group<'r>> = Vec::new();
    let mut by_title: BTreeMap<String, usize> = BTreeMap::new();
    let mut left_over = Vec::new();
    let mut open: Option<usize> = None;
    for row in rows.iter().filter(|row| row.cells.iter().any(|cell| !cell.trim().is_empty())) {
        let name = fold(cell(row, title));
        if name.is_empty() {
            let only_session = (0..row.cells.len())
                .all(|at| cell(row, at).is_empty() || is_of_session(columns.get(at).and_then(|column| column.target)));
            match open.filter(|_| only_session && has_sessions) {
                Some(group) => groups[group].rows.push(row),
                None => left_over.extend(left(row)),
            }
            continue;
        }
        let known = by_title.get(&name).copied().filter(|group| has_sessions && groups[*group].fits(row, columns));
        let group = known.unwrap_or_else(|| {
            groups.push(Group { rows: Vec::new(), said: vec![String::new(); columns.len()] });
            by_title.entry(name).or_insert(groups.len() - 1);
            groups.len() - 1
        });
        groups[group].add(row);
        open = Some(group);
    }
    (groups.into_iter().map(|group| group.rows).collect(), left_over)
}

impl<'r> Group<'r> {
    /// Whether a row says of its module what the others say, or nothing.
    fn fits(&self, row: &Row, columns: &[Mapped]) -> bool {
        columns.iter().zip(&self.said).enumerate().all(|(at, (column, said))| {
            let own = cell(row, at);
            is_of_session(column.target) || own.is_empty() || said.is_empty() || fold(own) == *said
        })
    }

    fn add(&mut self, row: &'r Row) {
        self.rows.push(row);
        for (at, said) in self.said.iter_mut().enumerate().filter(|(_, said)| said.is_empty()) {
            *said = fold(cell(row, at));
        }
    }
}

/// A cell; one without a letter or digit ("---", "?") says nothing.
fn cell(row: &Row, at: usize) -> &str {
    let cell = row.cells.get(at).map(|cell| cell.trim()).unwrap_or_default();
    if cell.contains(char::is_alphanumeric) { cell } else { "" }
}

/// One module of all its rows.
fn draft(rows: &[&Row], title: usize, columns: &[Mapped], options: &Options) -> Draft {
    let mut draft = Draft::new(Markup::Plain);
    let first = rows[0];
    draft.set_title(Some(cell(first, title).split_whitespace().collect::<Vec<_>>().join(" ")), "", &[]);
    draft.line = first.line;
    let mut facts = Facts::new(options.lang);
    let has_days = |row: &&&Row| !sessions_of(row, columns).is_empty();
    let n_dated = rows.iter().filter(has_days).count();
    let mut own: Vec<usize> = Vec::new();
    for (at, column) in columns.iter().enumerate().filter(|(at, _)| *at != title) {
        let said = rows.iter().find(|row| !cell(row, at).is_empty());
        let Some(row) = said else { continue };
        match column.target {
            Some(Target::Session(_)) if n_dated > 0 => own.push(at),
            // Without a day, a town is where the module takes place.
            Some(Target::Session(key)) if key.en == "city" => {
                let target = options.labels.find("lieu").into_iter().next().unwrap_or(Target::Section);
                facts.add(given(target, column, row, at));
            }
            Some(target) if n_dated > 0 && is_of_session(Some(target)) && is_own(rows, at, target, columns) => {
                own.push(at)
            }
            Some(Target::Section) | None => draft.sections.extend(section(column, cell(row, at), row.line)),
            Some(target) => facts.add(given(target, column, row, at)),
        }
    }
    let mut settled = facts.settle();
    if n_dated > 0 {
        add_sessions(rows, &own, columns, &mut settled);
    }
    draft.settle(settled);
    draft
}

/// Whether each session says a thing for itself: where it is, or what the rows do not agree on.
fn is_own(rows: &[&Row], at: usize, target: Target, columns: &[Mapped]) -> bool {
    let has_city = columns.iter().any(|column| matches!(column.target, Some(Target::Session(key)) if key.en == "city"));
    let said: Vec<String> = rows.iter().map(|row| fold(cell(row, at))).filter(|said| !said.is_empty()).collect();
    let differ = said.windows(2).any(|pair| pair[0] != pair[1]);
    match target.field() {
        Some("location") => !has_city || differ,
        Some(_) => differ,
        None => false,
    }
}

fn given(target: Target, column: &Mapped, row: &Row, at: usize) -> Given {
    let items = lines(cell(row, at), Markup::Plain).into_iter().map(|line| Item {
        text: line.text.replace('\t', " "),
        line: row.line,
        is_marked: line.sign.is_some(),
    });
    Given { target, label: column.label.clone(), line: row.line, items: items.collect() }
}

/// A cell as a section under the title of its column. Lines of a cell were not broken by a layout.
fn section(column: &Mapped, text: &str, line: usize) -> Option<Section> {
    let kinds = kinds_of(&column.label);
    let is_programme = kinds.contains(&SectionKind::Programme);
    let piece = |line: &Line| {
        let is_step = is_programme && step_label(&line.text).is_some();
        let mut piece = Piece::new(line, if is_step { PieceKind::Step } else { PieceKind::Words });
        if is_step {
            piece.sign = None;
        }
        piece
    };
    let pieces: Vec<Piece> = lines(text, Markup::Plain).iter().map(piece).collect();
    let heading = if column.label.is_empty() { column_name(column) } else { column.label.clone() };
    let blocks: Vec<Block> = blocks(&pieces, habit_of(&kinds));
    (!blocks.is_empty()).then_some(Section { line, heading, blocks })
}

/// A column without a title is called by its letter, as a spreadsheet does.
pub fn column_name(column: &Mapped) -> String {
    let mut number = column.line;
    let mut name = String::new();
    while number > 0 {
        let letter = u8::try_from((number - 1) % 26).unwrap_or_default();
        name.insert(0, char::from(b'A' + letter));
        number = (number - 1) / 26;
    }
    name
}

/// The columns with the days of a row, if it has any.
fn sessions_of(row: &Row, columns: &[Mapped]) -> Vec<usize> {
    let is_day =
        |column: &Mapped| matches!(column.target, Some(Target::Session(key)) if ["dates", "start"].contains(&key.en));
    (0..columns.len()).filter(|at| is_day(&columns[*at]) && !cell(row, *at).is_empty()).collect()
}

/// Adds the sessions of all rows; a row whose session cannot be read stays words.
fn add_sessions(rows: &[&Row], own: &[usize], columns: &[Mapped], settled: &mut Settled) {
    let mut sessions: Vec<Value> = Vec::new();
    let mut comments: Vec<String> = Vec::new();
    for row in rows {
        let said: Vec<usize> = own.iter().copied().filter(|at| !cell(row, *at).is_empty()).collect();
        if said.is_empty() {
            continue;
        }
        let entry = |value: Value| Entry {
            key: "sessions",
            written: "sessions".to_owned(),
            value: Value::List(vec![value]),
            comments: Vec::new(),
        };
        match session(row, &said, columns).filter(|(value, _)| is_read(&entry(value.clone()))) {
            Some((value, words)) => {
                sessions.push(value);
                comments.extend(words);
            }
            None => settled.left.extend(said.iter().filter_map(|at| {
                let column = &columns[*at];
                column.target.map(|target| given(target, column, row, *at))
            })),
        }
    }
    if !sessions.is_empty() {
        let entry = Entry { key: "sessions", written: "sessions".to_owned(), value: Value::List(sessions), comments };
        let at = settled.entries.iter().position(|known| ["access", "contacts"].contains(&known.key));
        settled.entries.insert(at.unwrap_or(settled.entries.len()), entry);
    }
}

/// The session of a row, and the words of its days where they were others.
fn session(row: &Row, said: &[usize], columns: &[Mapped]) -> Option<(Value, Vec<String>)> {
    const ORDER: &[&str] =
        &["label", "city", "postcode", "departement", "region", "venue", "address", "dates", "start", "end"];
    let mut entries: Vec<(&'static str, Value)> = Vec::new();
    let mut comments = Vec::new();
    let has_city = said.iter().any(|at| matches!(columns[*at].target, Some(Target::Session(key)) if key.en == "city"));
    for at in said {
        let text = cell(row, *at).split_whitespace().collect::<Vec<_>>().join(" ");
        let target = columns[*at].target?;
        let key = match target {
            Target::Session(key) => key.en,
            target => SESSION_ABLE.iter().find(|(able, _)| Some(*able) == target.field()).map(|(_, part)| *part)?,
        };
        match key {
            "dates" | "start" | "end" | "register_by" => {
                let found = days(&without_midnight(&text))?;
                let value = match (key, &found) {
                    ("dates", _) => day_entries(&found),
                    (key, Days::Each(days)) if days.len() == 1 => vec![(key, Value::Bare(days[0].to_string()))],
                    _ => return None,
                };
                let told = value.iter().map(|(_, value)| value.words()).collect::<Vec<_>>().join(" ");
                if !untold(&told, [text.as_str()]).is_empty() {
                    comments.push(text);
                }
                entries.extend(value);
            }
            "venue" if !has_city && is_town(&text) => entries.push(("city", Value::Text(text))),
            key => entries.push((key, Value::Text(text))),
        }
    }
    entries.sort_by_key(|(key, _)| ORDER.iter().position(|known| known == key).unwrap_or(ORDER.len()));
    // One first day is a day.
    let has_end = entries.iter().any(|(key, _)| *key == "end");
    for (key, value) in &mut entries {
        if *key == "start" && !has_end {
            *key = "dates";
            *value = Value::Days(vec![value.words()]);
        }
    }
    entries.iter().any(|(key, _)| ["dates", "start"].contains(key)).then_some((Value::Map(entries), comments))
}

fn is_town(text: &str) -> bool {
    text.starts_with(char::is_uppercase)
        && text.split_whitespace().count() <= 3
        && text.chars().all(|c| c.is_alphabetic() || " -'’".contains(c))
}

/// A day as a spreadsheet stores it may have a time, which is midnight where nobody wrote one.
fn without_midnight(text: &str) -> String {
    text.trim_end_matches("00:00:00").trim_end_matches("00:00").trim_end_matches(['T', ' ']).to_owned()
}

/// Whether some column has this title.
pub fn has_column(columns: &[Mapped], label: &str) -> bool {
    columns.iter().any(|column| Labels::is_same(&column.label, label))
}
