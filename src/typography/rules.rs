//! The rules themselves: one walk over the characters, each rule looking a few of them around.

use super::Edit;

const NARROW: &str = "\u{202F}";
const NO_BREAK: &str = "\u{A0}";
/// The longest word of [`UNITS`]; nothing longer needs to be looked at.
const LONGEST_UNIT: usize = 16;

/// What may stand behind a number so that both must stay on one line.
const UNITS: &str = "% ‰ € euro euros k€ m€ h heure heures min minute minutes j jour jours journée journées demi-journée demi- \
    journées semaine semaines mois an ans année années séance séances session sessions module modules place \
    places personne personnes participant participants participante participantes stagiaire stagiaires \
    apprenant apprenants km m cm mm kg g m² mo go ko points janvier février mars avril mai juin juillet août \
    septembre octobre novembre décembre";

/// What may stand before a number so that both must stay on one line.
const BEFORE_NUMBER: &str = "module modules jour séance étape partie chapitre article niveau bloc semaine phase atelier séquence axe \
    volet page session demi-journée";

/// Words before numbers that are written in groups of three and are no amount.
const REFERENCES: &str = "siren siret rcs nda tva iban tél tel téléphone n°";

/// All that has to change in `text`, in order and without overlap.
pub(super) fn edits(text: &str) -> Vec<Edit> {
    if has_only_words(text) {
        return apostrophes(text);
    }
    let line = Line::new(text);
    let mut edits = Vec::new();
    let mut at = 0;
    while at < line.chars.len() {
        at = if line.is_plain(at) { at + 1 } else { line.step(at, &mut edits) };
    }
    edits
}

/// Whether nothing in `text` can be changed but its apostrophes, as in most sentences: a look at the bytes is enough.
fn has_only_words(text: &str) -> bool {
    let bytes = text.as_bytes();
    // « and » are C2 AB and C2 BB.
    let is_quote = |at: usize| matches!(bytes.get(at + 1), Some(0xAB | 0xBB));
    !bytes.iter().enumerate().any(|(at, byte)| match byte {
        b'0'..=b'9' | b';' | b':' | b'!' | b'?' => true,
        0xC2 => is_quote(at),
        _ => false,
    })
}

/// What the rules change in a text that has only words: each word with an apostrophe is looked at by itself.
fn apostrophes(text: &str) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut done = 0;
    while let Some(found) = text[done..].find('\'') {
        let at = done + found;
        let start = text[done..at].rfind(is_space).map_or(done, |space| done + space);
        let end = text[at..].find(is_space).map_or(text.len(), |space| at + space);
        let word = Line::new(&text[start..end]);
        let apostrophes = (0..word.chars.len()).filter(|index| word.at(*index) == Some('\''));
        let changed = apostrophes.filter(|index| !word.address[*index] && word.is_apostrophe(*index));
        edits.extend(
            changed.map(|index| Edit { range: start + word.byte(index)..start + word.byte(index) + 1, with: "’" }),
        );
        done = end;
    }
    edits
}

/// A text as characters, with the stretches marked that must not change.
struct Line {
    chars: Vec<(usize, char)>,
    end: usize,
    /// Whether the character belongs to an address.
    address: Vec<bool>,
}

impl Line {
    fn new(text: &str) -> Self {
        let chars: Vec<(usize, char)> = text.char_indices().collect();
        let mut address = vec![false; chars.len()];
        // What no address does without.
        let has_addresses = text.bytes().any(|byte| matches!(byte, b'/' | b'@' | b'w' | b'W'));
        let mut start = if has_addresses { 0 } else { chars.len() };
        while start < chars.len() {
            let mut end = start;
            while end < chars.len() && !is_space(chars[end].1) {
                end += 1;
            }
            if is_address(&chars[start..end]) {
                address[start..end].fill(true);
            }
            start = end.max(start + 1);
        }
        Self { chars, end: text.len(), address }
    }

    fn at(&self, index: usize) -> Option<char> {
        self.chars.get(index).map(|(_, c)| *c)
    }

    /// Whether no rule begins at a character, as at almost all.
    fn is_plain(&self, index: usize) -> bool {
        self.at(index).is_some_and(|c| c.is_ascii_alphabetic() || c > '»')
    }

    fn before(&self, index: usize) -> Option<char> {
        index.checked_sub(1).and_then(|index| self.at(index))
    }

    fn byte(&self, index: usize) -> usize {
        self.chars.get(index).map_or(self.end, |(byte, _)| *byte)
    }

    fn edit(&self, from: usize, to: usize, with: &'static str) -> Edit {
        Edit { range: self.byte(from)..self.byte(to), with }
    }

    /// Looks at one place and says where to go on.
    fn step(&self, at: usize, edits: &mut Vec<Edit>) -> usize {
        let Some(c) = self.at(at) else { return at + 1 };
        if is_breaking(c) {
            return self.space(at, edits);
        }
        if self.address[at] {
            return at + 1;
        }
        match c {
            '\'' if self.is_apostrophe(at) => edits.push(self.edit(at, at + 1, "’")),
            ';' | '!' | '?' if self.wants_space(at) => edits.push(self.edit(at, at, NARROW)),
            ':' if self.wants_space(at) => edits.push(self.edit(at, at, NO_BREAK)),
            '«' if self.at(at + 1).is_some_and(|next| !next.is_whitespace() && next != '»') => {
                edits.push(self.edit(at + 1, at + 1, NO_BREAK));
            }
            // After « the space has just been put in, or stands there.
            '»' if self.before(at).is_some_and(|last| !last.is_whitespace() && last != '«') => {
                edits.push(self.edit(at, at, NO_BREAK));
            }
            '-' if self.is_range(at) => edits.push(self.edit(at, at + 1, "–")),
            c if c.is_ascii_digit() && self.starts_number(at) => return self.number(at, edits),
            _ => {}
        }
        at + 1
    }

    /// A run of ordinary spaces: does one that never breaks belong there?
    fn space(&self, at: usize, edits: &mut Vec<Edit>) -> usize {
        let mut end = at;
        let mut lines = 0;
        while let Some(c) = self.at(end).filter(|c| is_breaking(*c)) {
            lines += usize::from(c == '\n');
            end += 1;
        }
        let (Some(last), Some(next)) = (self.before(at), self.at(end)) else { return end };
        if lines > 1 || last.is_whitespace() || next.is_whitespace() {
            return end;
        }
        let with = match next {
            ';' if self.ends_here(end) => NARROW,
            '!' | '?' if self.ends_here(end) => NARROW,
            ':' if self.ends_here(end) => NO_BREAK,
            '»' => NO_BREAK,
            _ if last == '«' => NO_BREAK,
            c if c.is_ascii_digit() && self.counts(at) => NO_BREAK,
            _ if self.is_measured(at) && self.is_unit(end) => NO_BREAK,
            _ => return end,
        };
        edits.push(self.edit(at, end, with));
        end
    }

    /// Whether the sign at `at` is glued to a word although French sets it apart.
    fn wants_space(&self, at: usize) -> bool {
        let Some(last) = self.before(at) else { return false };
        if !(last.is_alphabetic() || matches!(last, '»' | '”' | '’' | '"')) || !self.ends_here(at) {
            return false;
        }
        // `&amp;` and `:smile:` are names of characters, not words before a sign.
        let start = self.word_start(at, |c| c.is_alphanumeric() || matches!(c, '_' | '#'));
        !matches!((self.at(at), self.before(start)), (Some(';'), Some('&')) | (Some(':'), Some(':')))
    }

    /// Whether nothing but the end of a sentence follows the sign at `at`.
    fn ends_here(&self, at: usize) -> bool {
        let sign = self.at(at);
        let mut next = at + 1;
        if matches!(sign, Some('!' | '?')) {
            // Bounded, so that a line of a million `?` is not read a million times.
            while next < at + 6 && self.at(next).is_some_and(|c| matches!(c, '!' | '?' | '…' | ')' | '"' | '”')) {
                next += 1;
            }
        }
        // A space stands before », or is put in.
        self.at(next).is_none_or(|c| c.is_whitespace() || c == '»')
    }

    fn is_apostrophe(&self, at: usize) -> bool {
        // U+FFFC stands for what is no text: a link's picture, code.
        self.before(at).is_some_and(char::is_alphabetic)
            && self.at(at + 1).is_some_and(|c| c.is_alphabetic() || matches!(c, '«' | '\u{FFFC}'))
    }

    /// Where the word that ends before `at` begins; at most a few dozen characters back.
    fn word_start(&self, at: usize, part: impl Fn(char) -> bool) -> usize {
        let floor = at.saturating_sub(32);
        let mut start = at;
        while start > floor && self.before(start).is_some_and(&part) {
            start -= 1;
        }
        start
    }

    fn word(&self, from: usize, to: usize) -> String {
        self.chars[from..to].iter().flat_map(|(_, c)| c.to_lowercase()).collect()
    }

    /// Whether the word before the space at `at` numbers what follows: "Module 1", "n° 3".
    fn counts(&self, at: usize) -> bool {
        let start = self.word_start(at, |c| c.is_alphabetic() || matches!(c, '-' | '°'));
        let word = self.word(start, at);
        word == "n°" || is_in(BEFORE_NUMBER, &word)
    }

    /// Whether a number, or "1er", ends at the space at `at`.
    fn is_measured(&self, at: usize) -> bool {
        match self.before(at) {
            Some(c) if c.is_ascii_digit() => true,
            Some('r') => {
                at >= 3 && self.before(at - 1) == Some('e') && self.at(at - 3).is_some_and(|c| c.is_ascii_digit())
            }
            _ => false,
        }
    }

    /// Whether a whole word of [`UNITS`] begins at `at`.
    fn is_unit(&self, at: usize) -> bool {
        let mut end = at;
        while end - at <= LONGEST_UNIT
            && self.at(end).is_some_and(|c| c.is_alphanumeric() || matches!(c, '-' | '%' | '‰' | '€'))
        {
            end += 1;
        }
        end > at && is_in(UNITS, &self.word(at, end))
    }

    /// Whether the hyphen at `at` stands between two short numbers that count something.
    fn is_range(&self, at: usize) -> bool {
        let digit = |index: usize| self.at(index).is_some_and(|c| c.is_ascii_digit());
        let from = self.word_start(at, |c| c.is_ascii_digit());
        if !(1..=2).contains(&(at - from))
            || self.before(from).is_some_and(|c| !c.is_whitespace() && !matches!(c, '(' | '«'))
        {
            return false;
        }
        let to = at + 1 + (1..=2).take_while(|step| digit(at + step)).count();
        to > at + 1 && self.at(to).is_some_and(is_space) && self.is_unit(to + 1)
    }

    fn starts_number(&self, at: usize) -> bool {
        !self.before(at).is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | ',' | '-' | '/' | '+' | ':' | '_'))
    }

    /// A number in groups of three gets narrow spaces; a telephone or SIRET number does not.
    fn number(&self, at: usize, edits: &mut Vec<Edit>) -> usize {
        let group = |from: usize| {
            let mut end = from;
            while self.at(end).is_some_and(|c| c.is_ascii_digit()) {
                end += 1;
            }
            end
        };
        let mut end = group(at);
        let mut gaps = Vec::new();
        let mut all_threes = true;
        while self.at(end).is_some_and(is_space) && self.at(end + 1).is_some_and(|c| c.is_ascii_digit()) {
            let next = group(end + 1);
            all_threes &= next - end == 4;
            gaps.push(end);
            end = next;
        }
        let first = gaps.first().map_or(end, |gap| *gap) - at;
        let amount = all_threes
            && first <= 3
            && self.at(at) != Some('0')
            && !self.at(end).is_some_and(|c| {
                c.is_alphabetic() || matches!(c, '-' | '/' | '.') && self.at(end + 1).is_some_and(char::is_alphanumeric)
            })
            && !self.follows_reference(at);
        if amount {
            // A line break or a space that is already right is left alone.
            edits.extend(
                gaps.iter().filter(|gap| self.at(**gap) == Some(' ')).map(|gap| self.edit(*gap, gap + 1, NARROW)),
            );
        }
        end
    }

    fn follows_reference(&self, at: usize) -> bool {
        let mut end = at;
        while end > 0 && at - end < 3 && self.before(end).is_some_and(|c| c.is_whitespace() || c == ':') {
            end -= 1;
        }
        let start = self.word_start(end, |c| c.is_alphabetic() || c == '°');
        is_in(REFERENCES, &self.word(start, end))
    }
}

fn is_in(words: &str, word: &str) -> bool {
    words.split(' ').any(|known| known == word)
}

/// A space at which a line may break, and which may therefore have to go.
fn is_breaking(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n')
}

/// What parts words: ordinary and no-break spaces count alike, or a second pass would see another text.
fn is_space(c: char) -> bool {
    c.is_whitespace()
}

/// Whether a word is an address of the web or of a person.
fn is_address(word: &[(usize, char)]) -> bool {
    let c = |index: usize| word.get(index).map_or(' ', |(_, c)| *c);
    (0..word.len()).any(|at| match c(at) {
        ':' => c(at + 1) == '/' && c(at + 2) == '/',
        '@' => at > 0 && c(at - 1).is_alphanumeric() && c(at + 1).is_alphanumeric(),
        'w' | 'W' => (at..at + 3).all(|at| c(at).eq_ignore_ascii_case(&'w')) && c(at + 3) == '.',
        // "exemple.fr/…": a dot, some letters, a slash. Domains end in at most a dozen letters or so.
        '.' => {
            let letters = (at + 1..at + 16).take_while(|at| c(*at).is_ascii_alphabetic()).count();
            letters >= 2 && c(at + 1 + letters) == '/'
        }
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_text_of_words_is_set_as_any_other(text in "([a-zéœ'’ .,/@-]|www\\.|\n|\u{A0}|\u{FFFC}|d'|\u{202F}){0,40}") {
            prop_assert!(has_only_words(&text));
            let line = Line::new(&text);
            let mut edits = Vec::new();
            let mut at = 0;
            while at < line.chars.len() {
                at = line.step(at, &mut edits);
            }
            prop_assert_eq!(apostrophes(&text), edits);
        }
    }
}
