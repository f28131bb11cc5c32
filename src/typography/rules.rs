//! The rules themselves: one walk over the places where one may begin, each rule looking a few characters around.

use std::ops::Range;

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
    let mut line = Line { text, word: 0..0, is_address: false };
    let mut edits = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        at = if begins_a_rule(*byte) && !is_plain_space(bytes, at) { line.step(at, &mut edits) } else { at + 1 };
    }
    edits
}

/// Whether a rule may begin at a byte: a space, a sign, a digit, and what « and » begin with.
fn begins_a_rule(byte: u8) -> bool {
    const BEGINS: [bool; 256] = {
        let mut table = [false; 256];
        let mut byte = 0;
        while byte < 256 {
            table[byte] = matches!(
                byte as u8,
                b' ' | b'\t' | b'\n' | b'\'' | b';' | b':' | b'!' | b'?' | b'-' | b'0'..=b'9' | 0xC2
            );
            byte += 1;
        }
        table
    };
    BEGINS[usize::from(byte)]
}

/// Whether the byte at a place is a space between two letters after which no rule looks, as almost all are: "1er" ends
/// with the one letter that is looked at.
fn is_plain_space(bytes: &[u8], at: usize) -> bool {
    let letter = |at: Option<usize>| at.and_then(|at| bytes.get(at)).filter(|byte| byte.is_ascii_alphabetic());
    bytes[at] == b' ' && letter(at.checked_sub(1)).is_some_and(|last| *last != b'r') && letter(Some(at + 1)).is_some()
}

/// A text, looked at place by place. All places are bytes.
struct Line<'t> {
    text: &'t str,
    /// The last word of which it was asked whether it is an address.
    word: Range<usize>,
    is_address: bool,
}

impl Line<'_> {
    /// The character that begins at a place.
    fn at(&self, place: usize) -> Option<char> {
        match *self.text.as_bytes().get(place)? {
            byte @ ..0x80 => Some(char::from(byte)),
            _ => self.text.get(place..)?.chars().next(),
        }
    }

    /// The character that ends at a place.
    fn before(&self, place: usize) -> Option<char> {
        match *self.text.as_bytes().get(place.checked_sub(1)?)? {
            byte @ ..0x80 => Some(char::from(byte)),
            _ => self.text.get(..place)?.chars().next_back(),
        }
    }

    /// The place behind the characters from `place` on of which `part` is true, at most `most` of them.
    fn end_of(&self, place: usize, most: usize, part: impl Fn(char) -> bool) -> usize {
        let mut end = place;
        for _ in 0..most {
            let Some(c) = self.at(end).filter(|c| part(*c)) else { break };
            end += c.len_utf8();
        }
        end
    }

    /// Where the characters that end before `place` begin, as far as `part` is true, at most `most` of them.
    fn start_of(&self, place: usize, most: usize, part: impl Fn(char) -> bool) -> usize {
        let mut start = place;
        for _ in 0..most {
            let Some(c) = self.before(start).filter(|c| part(*c)) else { break };
            start -= c.len_utf8();
        }
        start
    }

    /// Whether the word around a place is an address, which must not change. Each word is looked at once.
    fn is_in_address(&mut self, place: usize) -> bool {
        if !self.word.contains(&place) {
            let start = self.text[..place].rfind(is_space).map_or(0, |space| self.end_of(space, 1, |_| true));
            let end = self.text[place..].find(is_space).map_or(self.text.len(), |space| place + space);
            self.is_address = is_address(&self.text[start..end]);
            self.word = start..end;
        }
        self.is_address
    }

    /// Looks at one place and says where to go on.
    fn step(&mut self, at: usize, edits: &mut Vec<Edit>) -> usize {
        let Some(c) = self.at(at) else { return at + 1 };
        if is_breaking(c) {
            return self.space(at, edits);
        }
        let next = at + c.len_utf8();
        let insertion = |at, with| Edit { range: at..at, with };
        let edit = match c {
            '\'' if self.is_apostrophe(at) => Edit { range: at..next, with: "’" },
            ';' | '!' | '?' if self.wants_space(at) => insertion(at, NARROW),
            ':' if self.wants_space(at) => insertion(at, NO_BREAK),
            '«' if self.at(next).is_some_and(|next| !next.is_whitespace() && next != '»') => {
                insertion(next, NO_BREAK)
            }
            // After « the space has just been put in, or stands there.
            '»' if self.before(at).is_some_and(|last| !last.is_whitespace() && last != '«') => {
                insertion(at, NO_BREAK)
            }
            '-' if self.is_range(at) => Edit { range: at..next, with: "–" },
            c if c.is_ascii_digit() && self.starts_number(at) && !self.is_in_address(at) => {
                return self.number(at, edits);
            }
            _ => return next,
        };
        if !self.is_in_address(at) {
            edits.push(edit);
        }
        next
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
        edits.push(Edit { range: at..end, with });
        end
    }

    /// Whether the sign at `at` is glued to a word although French sets it apart.
    fn wants_space(&self, at: usize) -> bool {
        let Some(last) = self.before(at) else { return false };
        let is_quoted = matches!(last, '”' | '"');
        if is_quoted && matches!(self.at(at), Some('!' | '?')) {
            // Between quotes and further signs, a space would change where the signs before it end.
            return self.at(at + 1).is_none_or(|c| c.is_whitespace() || c == '»');
        }
        if !(last.is_alphabetic() || is_quoted || matches!(last, '»' | '’')) || !self.ends_here(at) {
            return false;
        }
        // `&amp;` and `:smile:` are names of characters, not words before a sign.
        let start = self.word_start(at, |c| c.is_alphanumeric() || matches!(c, '_' | '#'));
        !matches!((self.at(at), self.before(start)), (Some(';'), Some('&')) | (Some(':'), Some(':')))
    }

    /// Whether nothing but the end of a sentence follows the sign at `at`.
    fn ends_here(&self, at: usize) -> bool {
        // Bounded, so that a line of a million `?` is not read a million times.
        let most = if matches!(self.at(at), Some('!' | '?')) { 5 } else { 0 };
        let next = self.end_of(at + 1, most, |c| matches!(c, '!' | '?' | '…' | ')' | '"' | '”'));
        // A space stands before », or is put in, and so it is before the sign of a sentence around a quotation.
        let is_around = |c: char| next > at + 1 && matches!(c, ';' | ':' | '!' | '?') && self.wants_space(next);
        self.at(next).is_none_or(|c| c.is_whitespace() || c == '»' || is_around(c))
    }

    fn is_apostrophe(&self, at: usize) -> bool {
        // U+FFFC stands for what is no text: a link's picture, code.
        self.before(at).is_some_and(char::is_alphabetic)
            && self.at(at + 1).is_some_and(|c| c.is_alphabetic() || matches!(c, '«' | '\u{FFFC}'))
    }

    /// Where the word that ends before `at` begins; at most a few dozen characters back.
    fn word_start(&self, at: usize, part: impl Fn(char) -> bool) -> usize {
        self.start_of(at, 32, part)
    }

    /// Whether the word before the space at `at` numbers what follows: "Module 1", "n° 3".
    fn counts(&self, at: usize) -> bool {
        let start = self.word_start(at, |c| c.is_alphabetic() || matches!(c, '-' | '°'));
        let word = self.text[start..at].to_lowercase();
        word == "n°" || is_in(BEFORE_NUMBER, &word)
    }

    /// Whether a number, or "1er", ends at the space at `at`.
    fn is_measured(&self, at: usize) -> bool {
        match self.before(at) {
            Some(c) if c.is_ascii_digit() => true,
            Some('r') => {
                self.text[..at - 1].strip_suffix('e').is_some_and(|text| text.ends_with(|c: char| c.is_ascii_digit()))
            }
            _ => false,
        }
    }

    /// Whether a whole word of [`UNITS`] begins at `at`.
    fn is_unit(&self, at: usize) -> bool {
        let end = self.end_of(at, LONGEST_UNIT + 1, |c| c.is_alphanumeric() || matches!(c, '-' | '%' | '‰' | '€'));
        end > at && is_in(UNITS, &self.text[at..end].to_lowercase())
    }

    /// Whether the hyphen at `at` stands between two short numbers that count something.
    fn is_range(&self, at: usize) -> bool {
        let from = self.word_start(at, |c| c.is_ascii_digit());
        if !(1..=2).contains(&(at - from))
            || self.before(from).is_some_and(|c| !c.is_whitespace() && !matches!(c, '(' | '«'))
        {
            return false;
        }
        let to = self.end_of(at + 1, 2, |c| c.is_ascii_digit());
        // However many spaces stand there: one that never breaks takes their place.
        let unit = self.end_of(to, usize::MAX, is_space);
        to > at + 1 && unit > to && self.is_unit(unit)
    }

    fn starts_number(&self, at: usize) -> bool {
        !self.before(at).is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | ',' | '-' | '/' | '+' | ':' | '_'))
    }

    /// A number in groups of three gets narrow spaces; a telephone or SIRET number does not.
    fn number(&self, at: usize, edits: &mut Vec<Edit>) -> usize {
        let group = |from: usize| self.end_of(from, usize::MAX, |c| c.is_ascii_digit());
        let first = group(at);
        let mut end = first;
        let mut gaps = Vec::new();
        let mut all_threes = true;
        while let Some(space) = self.at(end).filter(|c| is_space(*c)) {
            let start = end + space.len_utf8();
            let next = group(start);
            if next == start {
                break;
            }
            all_threes &= next - start == 3;
            gaps.push(end);
            end = next;
        }
        let amount = all_threes
            && first - at <= 3
            && self.at(at) != Some('0')
            && !self.at(end).is_some_and(|c| {
                c.is_alphabetic() || matches!(c, '-' | '/' | '.') && self.at(end + 1).is_some_and(char::is_alphanumeric)
            })
            && !self.follows_reference(at);
        if amount {
            // A line break or a space that is already right is left alone.
            let plain = gaps.iter().filter(|gap| self.at(**gap) == Some(' '));
            edits.extend(plain.map(|gap| Edit { range: *gap..gap + 1, with: NARROW }));
        }
        end
    }

    fn follows_reference(&self, at: usize) -> bool {
        let end = self.start_of(at, 3, |c| c.is_whitespace() || c == ':');
        let start = self.word_start(end, |c| c.is_alphabetic() || c == '°');
        is_in(REFERENCES, &self.text[start..end].to_lowercase())
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
fn is_address(word: &str) -> bool {
    let bytes = word.as_bytes();
    word.match_indices([':', '@', 'w', 'W', '.']).any(|(at, sign)| match sign {
        ":" => bytes[at..].starts_with(b"://"),
        "@" => word[..at].ends_with(char::is_alphanumeric) && word[at + 1..].starts_with(char::is_alphanumeric),
        // "exemple.fr/…": a dot, some letters, a slash. Domains end in at most a dozen letters or so.
        "." => {
            let letters = bytes[at + 1..].iter().take(15).take_while(|byte| byte.is_ascii_alphabetic()).count();
            letters >= 2 && bytes.get(at + 1 + letters) == Some(&b'/')
        }
        _ => bytes.get(at..at + 4).is_some_and(|start| start.eq_ignore_ascii_case(b"www.")),
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn edits_stand_between_characters_outside_of_addresses(
            text in "([a-zéœ'’ .,/@;:!?-]|www\\.|://|\n|\u{A0}|\u{FFFC}|d'|\u{202F}|«|»|[0-9]{1,4}| jours| 1er mars|n° |Module ){0,40}"
        ) {
            for edit in edits(&text) {
                prop_assert!(text.get(edit.range.clone()).is_some(), "{edit:?}");
                let (start, end) = (edit.range.start, edit.range.end);
                let word_start = start - text[..start].rsplit(is_space).next().map_or(0, str::len);
                let word = text[word_start..].split(is_space).next().unwrap_or_default();
                let is_inside = start > word_start && end < word_start + word.len();
                prop_assert!(!is_inside || !is_address(word), "{edit:?} in {word:?}");
            }
        }
    }
}
