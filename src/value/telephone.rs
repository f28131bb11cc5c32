//! Telephone numbers and e-mail addresses: what may become a link.

/// The `tel:` address of a number; `None` when it is not sure what to dial.
///
/// A number of ten digits is taken for a French one, an overseas one goes to its own country code. Short
/// numbers (3114, 112) stay as they are.
///
/// ```
/// use brochure::value::telephone::tel_uri;
/// assert_eq!(tel_uri("03 20 00 00 00").as_deref(), Some("tel:+33320000000"));
/// assert_eq!(tel_uri("+33 (0)3 20 00 00 00").as_deref(), Some("tel:+33320000000"));
/// assert_eq!(tel_uri("aux heures de bureau"), None);
/// ```
pub fn tel_uri(text: &str) -> Option<String> {
    let text = text.trim();
    let abroad = text.starts_with('+') || text.starts_with("00");
    // The zero in "+33 (0)3" is the one dialled at home only.
    let text = if abroad { text.replacen("(0)", "", 1) } else { text.to_owned() };
    let body = text.strip_prefix('+').unwrap_or(&text);
    let is_gap = |c: char| c.is_whitespace() || matches!(c, '.' | '-' | '/' | '(' | ')' | '\u{2010}'..='\u{2014}');
    if !body.chars().all(|c| c.is_ascii_digit() || is_gap(c)) {
        return None;
    }
    let digits: String = body.chars().filter(char::is_ascii_digit).collect();
    if abroad {
        let digits = if text.starts_with('+') { &digits[..] } else { digits.strip_prefix("00")? };
        let dialled = match digits.strip_prefix("330") {
            Some(rest) if rest.len() == 9 => format!("33{rest}"),
            _ => digits.to_owned(),
        };
        // The bounds of E.164; no country code starts with a zero.
        return ((8..=15).contains(&dialled.len()) && !dialled.starts_with('0')).then(|| format!("tel:+{dialled}"));
    }
    match digits.strip_prefix('0') {
        Some(rest) if rest.len() == 9 && !rest.starts_with('0') => Some(format!("tel:+{}{rest}", country_code(rest))),
        None if is_short_number(&digits) => Some(format!("tel:{digits}")),
        _ => None,
    }
}

/// The country code of a French number without its first zero: those overseas have their own.
fn country_code(national: &str) -> &'static str {
    match &national[..3] {
        "590" | "690" | "691" => "590",
        "594" | "694" => "594",
        "596" | "696" | "697" => "596",
        "262" | "263" | "269" | "639" | "692" | "693" => "262",
        _ => "33",
    }
}

/// Emergency and service numbers: 15, 112, 3114, 1010, 116 117.
fn is_short_number(digits: &str) -> bool {
    match digits.len() {
        2 | 3 => digits.starts_with('1'),
        4 => digits.starts_with('3') || digits.starts_with("10"),
        6 => digits.starts_with("116") || digits.starts_with("118"),
        _ => false,
    }
}

/// Whether a text is an e-mail address of the usual kind: what it refuses might work, what it takes does.
pub fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else {
        return false;
    };
    // The standard allows more signs, "?" and "&" among them, which would mean something in a `mailto:` address.
    let is_part_of_local = |c: char| c.is_ascii_alphanumeric() || "'+_-".contains(c);
    let local_fits =
        local.len() <= 64 && local.split('.').all(|part| !part.is_empty() && part.chars().all(is_part_of_local));
    let labels: Vec<&str> = domain.split('.').collect();
    let is_label = |label: &&str| {
        (1..=63).contains(&label.chars().count())
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let ends_in_a_name = labels.last().is_some_and(|last| {
        last.chars().count() >= 2 && !last.bytes().any(|b| b.is_ascii_digit()) || last.starts_with("xn--")
    });
    local_fits && domain.len() <= 253 && labels.len() >= 2 && labels.iter().all(is_label) && ends_in_a_name
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, uri: Option<&str>) {
        assert_eq!(tel_uri(text).as_deref(), uri, "{text:?}");
    }

    #[test]
    fn numbers_become_addresses() {
        let lille = [
            "03 20 00 00 00",
            "0320000000",
            "03.20.00.00.00",
            "03-20-00-00-00",
            "+33 (0)3 20 00 00 00",
            "+33(0)320000000",
            "+33 3 20 00 00 00",
            "0033 3 20 00 00 00",
            "00 33 (0)3 20 00 00 00",
            "+33 03 20 00 00 00",
            " 03\u{A0}20\u{202F}00 00 00 ",
        ];
        for text in lille {
            check(text, Some("tel:+33320000000"));
        }
        check("0590 00 00 00", Some("tel:+590590000000"));
        check("0262 00 00 00", Some("tel:+262262000000"));
        check("+32 2 000 00 00", Some("tel:+3220000000"));
        check("31 14", Some("tel:3114"));
        check("112", Some("tel:112"));
        check("116 117", Some("tel:116117"));
    }

    #[test]
    fn doubtful_numbers_become_nothing() {
        for text in [
            "",
            "+",
            "0",
            "00",
            "03 20 00 00",
            "03 20 00 00 00 00",
            "3 20 00 00 00",
            "standard : 03 20 00 00 00",
            "+33 3",
            "00 00 00 00 00",
            "59000",
            "03 20 00 00 00 poste 12",
            "+0320000000",
        ] {
            check(text, None);
        }
    }

    #[test]
    fn email_addresses_are_told_from_the_rest() {
        for text in ["contact@traversees.example", "a.b+c@exemple.asso.fr", "x@é-t.fr", "o'neil@xn--bcher-kva.example"]
        {
            assert!(is_email(text), "{text:?}");
        }
        let refused = [
            "",
            "@",
            "a@",
            "@b.fr",
            "a@b",
            "a b@c.fr",
            "a@b c.fr",
            "a..b@c.fr",
            ".a@c.fr",
            "a@-b.fr",
            "a@b-.fr",
            "a@b.f",
            "a@b@c.fr",
            "a@b.1",
            "a@127.0.0.1",
            "Nom <a@b.fr>",
            "mailto:a@b.fr",
            "a@b.fr?subject=x",
            "a@b.fr\n",
            "a@.fr",
            "a?subject=x@b.fr",
            "a&b@c.fr",
        ];
        for text in refused {
            assert!(!is_email(text), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "\\PC*", number in "[+0-9() .é]{0,20}") {
            let _ = (tel_uri(&text), is_email(&text), tel_uri(&number));
        }

        #[test]
        fn addresses_hold_digits_only(number in "[+0-9() .]{0,20}") {
            if let Some(uri) = tel_uri(&number) {
                let dialled = uri.trim_start_matches("tel:").trim_start_matches('+');
                prop_assert!(!dialled.is_empty() && dialled.bytes().all(|b| b.is_ascii_digit()));
            }
        }
    }
}
