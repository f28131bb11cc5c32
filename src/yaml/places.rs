//! Where values stand: the same text read again by a parser that marks positions.

use std::collections::BTreeMap;
use std::ops::Range;

use saphyr_parser::{Event, Parser, ScalarStyle};

use crate::diagnostic::{FieldStep, Part, Step, YamlPath};
use crate::fold::fold;

use super::parse::{Node, readable};

/// How deep lists and maps are followed: deeper than the parser that reads them, and no danger to the stack.
const DEEPEST: usize = 256;

/// The positions of all keys and values of a YAML text.
#[derive(Debug, Default)]
pub struct Places {
    root: Option<Marked>,
}

#[derive(Debug)]
struct Marked {
    span: Range<usize>,
    plain: bool,
    children: Children,
}

#[derive(Debug)]
enum Children {
    None,
    List(Vec<Marked>),
    Map(Entries),
}

/// The entries of a map, found by key however many there are.
#[derive(Debug, Default)]
struct Entries {
    all: Vec<(String, Range<usize>, Marked)>,
    by_key: BTreeMap<String, Vec<usize>>,
}

/// A list or map that is still being read.
struct Open {
    start: usize,
    key: Option<(String, Range<usize>)>,
    children: Children,
}

impl Places {
    /// Reads `text`, which stands at byte `offset` of its file. What cannot be read has no place.
    pub fn of(text: &str, offset: usize) -> Self {
        let text = &*readable(text);
        let bytes = ByteIndex::new(text, offset);
        let mut open: Vec<Open> = Vec::new();
        let mut root = None;
        for event in Parser::new_from_str(text) {
            let Ok((event, span)) = event else { break };
            if open.len() > DEEPEST {
                break;
            }
            let span = bytes.range(span.start.index(), span.end.index());
            let finished = match event {
                Event::Scalar(value, style, ..) => {
                    if let Some(Open { key: key @ None, children: Children::Map(_), .. }) = open.last_mut() {
                        *key = Some((value.into_owned(), span));
                        continue;
                    }
                    Marked { span, plain: style == ScalarStyle::Plain, children: Children::None }
                }
                Event::Alias(_) => {
                    if let Some(Open { key: key @ None, children: Children::Map(_), .. }) = open.last_mut() {
                        *key = Some((String::new(), span));
                        continue;
                    }
                    Marked { span, plain: false, children: Children::None }
                }
                Event::SequenceStart(..) => {
                    open.push(Open { start: span.start, key: None, children: Children::List(Vec::new()) });
                    continue;
                }
                Event::MappingStart(..) => {
                    open.push(Open { start: span.start, key: None, children: Children::Map(Entries::default()) });
                    continue;
                }
                Event::SequenceEnd | Event::MappingEnd => match open.pop() {
                    Some(done) => {
                        let end = done.end(text, offset, span.end);
                        Marked { span: done.start..end, plain: false, children: done.children }
                    }
                    None => break,
                },
                _ => continue,
            };
            match open.last_mut() {
                Some(parent) => parent.add(finished),
                None => root = root.or(Some(finished)),
            }
        }
        // What was open when the text broke off is closed here, so that earlier values keep their places.
        while let Some(done) = open.pop() {
            let end = text.len() + offset;
            let marked = Marked { span: done.start..end, plain: false, children: done.children };
            match open.last_mut() {
                Some(parent) => parent.add(marked),
                None => root = root.or(Some(marked)),
            }
        }
        Self { root }
    }

    /// The bytes of the key or value at the end of `path`, or of the nearest thing around it.
    pub fn find(&self, path: &YamlPath, part: Part) -> Option<Range<usize>> {
        let mut here = self.root.as_ref()?;
        let mut found = here.span.clone();
        let steps = path.steps();
        let last = steps.len().saturating_sub(1);
        for (index, step) in steps.into_iter().enumerate() {
            let next = match (step, &here.children) {
                (Step::Key(name, nth), Children::Map(entries)) => {
                    let entry = entries.by_key.get(name).and_then(|all| entries.all.get(*all.get(*nth)?));
                    entry.map(|(_, key, value)| (key.clone(), value))
                }
                (Step::Item(item), Children::List(items)) => items.get(*item).map(|value| (value.span.clone(), value)),
                _ => None,
            };
            let Some((key, value)) = next else { break };
            // An empty value has no bytes of its own: its key is what the author can see.
            let as_key = (index == last && part == Part::Key) || value.span.is_empty();
            found = if as_key { key } else { value.span.clone() };
            here = value;
        }
        Some(found)
    }

    /// The way to what `steps` mean, in the spelling of the file, as far as it goes.
    pub fn way(&self, steps: &[FieldStep]) -> YamlPath {
        let mut path = YamlPath::default();
        let mut here = self.root.as_ref();
        for step in steps {
            let next = match (step, here.map(|marked| &marked.children)) {
                (FieldStep::Key { en, fr, also }, Some(Children::Map(entries))) => {
                    let names: Vec<String> = [*en, *fr].iter().chain(*also).map(|name| fold(name)).collect();
                    let is_meant = |key: &str| names.contains(&fold(key));
                    let entry = entries.all.iter().find(|(key, ..)| is_meant(key));
                    entry.map(|(key, _, value)| (Step::Key(key.clone(), 0), value))
                }
                (FieldStep::Item(nth), Some(Children::List(items))) => {
                    items.get(*nth).map(|value| (Step::Item(*nth), value))
                }
                // What stands alone is the only item.
                (FieldStep::Item(0), Some(_)) => continue,
                _ => None,
            };
            let Some((step, value)) = next else { break };
            path = path.with(step);
            here = Some(value);
        }
        path
    }

    /// Gives numbers back the characters they were written with.
    pub(super) fn restore_numbers(&self, node: &mut Node, text: &str, offset: usize) {
        if let Some(root) = &self.root {
            restore(root, node, text, offset);
        }
    }
}

impl Open {
    /// Where the list or map ends. In block style the parser tells only where the next thing begins: then it ends with
    /// its last value.
    fn end(&self, text: &str, offset: usize, told: usize) -> usize {
        let last = match &self.children {
            Children::Map(entries) => entries.all.last().map(|(_, key, value)| value.span.end.max(key.end)),
            Children::List(items) => items.last().map(|item| item.span.end),
            Children::None => None,
        };
        let between = last.and_then(|last| text.get(last.checked_sub(offset)?..told.checked_sub(offset)?));
        let is_flow = between.is_none_or(|between| between.trim_end().ends_with([']', '}']));
        if is_flow { told.max(self.start) } else { last.unwrap_or(told).max(self.start) }
    }

    fn add(&mut self, value: Marked) {
        match &mut self.children {
            Children::Map(entries) => {
                // A key that is itself a list or map has no name that a path could use.
                let Some((key, span)) = self.key.take() else {
                    self.key = Some((String::new(), value.span));
                    return;
                };
                entries.by_key.entry(key.clone()).or_default().push(entries.all.len());
                entries.all.push((key, span, value));
            }
            Children::List(items) => items.push(value),
            Children::None => {}
        }
    }
}

fn restore(marked: &Marked, node: &mut Node, text: &str, offset: usize) {
    match (node, &marked.children) {
        (Node::Number(number), Children::None) if marked.plain => {
            if let Some(written) = text.get(marked.span.start - offset..marked.span.end - offset) {
                written.trim().clone_into(number);
            }
        }
        (Node::List(items), Children::List(marks)) => {
            items.iter_mut().zip(marks).for_each(|(item, mark)| restore(mark, item, text, offset));
        }
        (Node::Map(entries), Children::Map(marks)) => {
            entries
                .iter_mut()
                .zip(&marks.all)
                .for_each(|((_, value), (_, _, mark))| restore(mark, value, text, offset));
        }
        _ => {}
    }
}

/// Where and why a marking parser stops, if it does: it places unclosed quotes better than the fast one.
pub(super) fn scan_error(text: &str) -> Option<(usize, String)> {
    let error = Parser::new_from_str(text).find_map(Result::err)?;
    let bytes = ByteIndex::new(text, 0);
    Some((bytes.range(error.marker().index(), error.marker().index()).start, error.info().to_owned()))
}

/// The first value that stands for another one (`*name`).
pub(super) fn first_alias(text: &str) -> Option<Range<usize>> {
    let bytes = ByteIndex::new(text, 0);
    let is_alias = |event: &Event<'_>| matches!(event, Event::Alias(_));
    let (_, span) = Parser::new_from_str(text).map_while(Result::ok).find(|(event, _)| is_alias(event))?;
    Some(bytes.range(span.start.index(), span.end.index()))
}

/// Positions counted in characters to positions in bytes: every 64th is kept, the rest is counted.
pub(super) struct ByteIndex<'a> {
    text: &'a str,
    offset: usize,
    every: Vec<usize>,
    ascii: bool,
}

impl<'a> ByteIndex<'a> {
    const STEP: usize = 64;

    pub(super) fn new(text: &'a str, offset: usize) -> Self {
        let ascii = text.is_ascii();
        let every =
            if ascii { Vec::new() } else { text.char_indices().step_by(Self::STEP).map(|(byte, _)| byte).collect() };
        Self { text, offset, every, ascii }
    }

    fn range(&self, start: usize, end: usize) -> Range<usize> {
        self.byte(start)..self.byte(end)
    }

    pub(super) fn byte(&self, character: usize) -> usize {
        if self.ascii {
            return self.offset + character.min(self.text.len());
        }
        let base = match self.every.get(character / Self::STEP) {
            Some(base) => *base,
            None => return self.offset + self.text.len(),
        };
        let rest = self.text[base..]
            .char_indices()
            .nth(character % Self::STEP)
            .map_or(self.text.len() - base, |(byte, _)| byte);
        self.offset + base + rest
    }
}
