//! The emoji or dingbat with which some authors begin a heading.

/// The sign that decorates the start of `title`, and how many bytes it takes with the spaces behind it.
pub(super) fn leading(title: &str) -> Option<(&str, usize)> {
    let before = title.len() - title.trim_start().len();
    let rest = &title[before..];
    let mut end = 0;
    let mut joined = false;
    for (at, c) in rest.char_indices() {
        let keycap = at == 0 && matches!(c, '0'..='9' | '#' | '*') && is_keycap(&rest[1..]);
        if !(is_sign(c) || keycap || joined || end > 0 && is_modifier(c)) {
            break;
        }
        // A joiner binds the next character, whatever it is, into one picture.
        joined = c == '\u{200D}';
        end = at + c.len_utf8();
    }
    if end == 0 {
        return None;
    }
    let spaces = rest[end..].len() - rest[end..].trim_start().len();
    Some((&rest[..end], before + end + spaces))
}

fn is_keycap(rest: &str) -> bool {
    rest.trim_start_matches('\u{FE0F}').starts_with('\u{20E3}')
}

/// Characters that only change the sign before them.
fn is_modifier(c: char) -> bool {
    matches!(c, '\u{200D}' | '\u{FE0E}' | '\u{FE0F}' | '\u{20E3}' | '\u{1F3FB}'..='\u{1F3FF}' | '\u{E0020}'..='\u{E007F}')
}

/// Pictures, arrows and dingbats; digits in circles are not here, for they count.
fn is_sign(c: char) -> bool {
    matches!(c,
        '\u{1F000}'..='\u{1FAFF}'
        | '\u{2600}'..='\u{2775}'
        | '\u{2794}'..='\u{27BF}'
        | '\u{2190}'..='\u{21FF}'
        | '\u{2300}'..='\u{23FF}'
        | '\u{25A0}'..='\u{25FF}'
        | '\u{27F0}'..='\u{27FF}'
        | '\u{2900}'..='\u{297F}'
        | '\u{2B00}'..='\u{2BFF}'
        | '\u{3030}' | '\u{303D}' | '\u{3297}' | '\u{3299}')
        && !matches!(c, '\u{1F100}'..='\u{1F10C}')
}
