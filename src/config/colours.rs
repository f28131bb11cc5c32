//! The site's own colours: read, completed for the dark scheme, checked against what they stand on.
//!
//! Contrast follows WCAG 2.2 (relative luminance, success criterion 1.4.3): 4.5:1 for text.

use std::fmt;

use crate::diagnostic::{Code, Diagnostic, Part, Place, Severity, Step};
use crate::yaml::{Field, Form, Key, MapForm, Node, Reader};

static BRAND: Key = Key::new("brand", "principale").also(&["marque"]);
static MARK: Key = Key::new("mark", "surlignage");
static HUES: Key = Key::new("hues", "teintes");
static LIGHT: Key = Key::new("light", "clair");
static DARK: Key = Key::new("dark", "sombre");

/// The form of the site's colours.
pub(super) static COLOURS: Form = Form::Either(&[&COLOUR, &Form::Map(&COLOURS_MAP)]);
static COLOURS_MAP: MapForm =
    MapForm::new("colours", &[(&BRAND, &PAIR), (&MARK, &COLOUR), (&HUES, &Form::List(&PAIR))]);
static PAIR: Form = Form::Either(&[&COLOUR, &Form::Map(&PAIR_MAP)]);
static PAIR_MAP: MapForm = MapForm::new("pair", &[(&LIGHT, &COLOUR), (&DARK, &COLOUR)]);
static COLOUR: Form = Form::Matching("^\\s*#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})\\s*$");

/// What text and buttons stand on, in the built-in look.
const LIGHT_PAPER: Colour = Colour([0xfa, 0xfa, 0xf7]);
const DARK_PAPER: Colour = Colour([0x0f, 0x16, 0x14]);
const WHITE: Colour = Colour([0xff; 3]);
const INK: Colour = Colour([0x16, 0x21, 0x1e]);
const BLACK: Colour = Colour([0; 3]);

/// A colour, as red, green and blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour([u8; 3]);

/// A colour in the light and in the dark scheme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Pair {
    light: Colour,
    dark: Colour,
}

/// The colours that a site changes; what it does not name stays the look's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Colours {
    brand: Option<Pair>,
    mark: Option<Colour>,
    hues: Vec<Pair>,
}

impl Colour {
    /// Reads `#rrggbb` or `#rgb`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.trim().strip_prefix('#')?;
        if !digits.chars().all(|c| c.is_ascii_hexdigit()) {
            return None;
        }
        let wide: String = match digits.len() {
            3 => digits.chars().flat_map(|digit| [digit, digit]).collect(),
            6 => digits.to_owned(),
            _ => return None,
        };
        let byte = |at: usize| u8::from_str_radix(&wide[at..at + 2], 16).ok();
        Some(Self([byte(0)?, byte(2)?, byte(4)?]))
    }

    /// The contrast ratio with another colour, from 1 to 21.
    pub fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    fn luminance(self) -> f64 {
        let linear = self.0.map(|channel| {
            let channel = f64::from(channel) / 255.0;
            if channel <= 0.04045 { channel / 12.92 } else { ((channel + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }

    /// This colour with `percent` of another in it.
    fn mixed(self, other: Self, percent: u16) -> Self {
        let mut channels = [0; 3];
        for (index, channel) in channels.iter_mut().enumerate() {
            let (own, others) = (u16::from(self.0[index]), u16::from(other.0[index]));
            *channel = u8::try_from((own * (100 - percent) + others * percent) / 100).unwrap_or(u8::MAX);
        }
        Self(channels)
    }

    /// This colour, mixed with `towards` until it stands out from `ground` by `ratio`.
    fn until_contrast(self, towards: Self, ground: Self, ratio: f64) -> Self {
        (0..=100)
            .step_by(4)
            .map(|percent| self.mixed(towards, percent))
            .find(|c| c.contrast(ground) >= ratio)
            .unwrap_or(towards)
    }

    /// White or ink, whichever is read more easily on this colour.
    fn text_on(self) -> Self {
        if self.contrast(WHITE) >= self.contrast(INK) { WHITE } else { INK }
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.0[0], self.0[1], self.0[2])
    }
}

impl Colours {
    /// Reads a colour (the brand's) or a map.
    pub(super) fn read(field: &Field<'_>, reader: &mut Reader<'_>) -> Self {
        let Some(mut fields) = field.fields() else {
            return Self { brand: read_pair(field, reader), ..Self::default() };
        };
        report_missing(field, reader);
        let colours = Self {
            brand: fields.take(&BRAND, reader).and_then(|field| read_pair(&field, reader)),
            mark: fields.take(&MARK, reader).and_then(|field| read_mark(&field, reader)),
            hues: fields
                .take(&HUES, reader)
                .map(|field| field.items().iter().filter_map(|item| read_pair(item, reader)).take(5).collect())
                .unwrap_or_default(),
        };
        fields.finish(&COLOURS_MAP, reader);
        colours
    }

    /// The rules that set them, for a style sheet that comes after the look's; none when nothing changes.
    pub fn css(&self) -> Option<String> {
        let mut rules = Vec::new();
        if let Some(Pair { light, dark }) = self.brand {
            rules.push(format!("--brand:light-dark({light},{dark})"));
            rules.push(format!("--brand-2:light-dark({},{})", light.mixed(BLACK, 28), dark.mixed(WHITE, 45)));
            rules.push(format!("--on-brand:light-dark({},{})", light.text_on(), dark.text_on()));
            let night = light.until_contrast(BLACK, WHITE, 11.5);
            rules.push(format!("--night:light-dark({night},{})", night.mixed(BLACK, 30)));
        }
        if let Some(mark) = self.mark {
            rules.push(format!("--mark:{mark};--on-mark:{}", mark.text_on()));
            rules.push(format!("--highlight:light-dark({mark},{})", mark.mixed(BLACK, 60)));
        }
        for (index, Pair { light, dark }) in (1..).zip(&self.hues) {
            rules.push(format!("--hue-{index}:light-dark({light},{dark})"));
            let (pale, deep) = (light.mixed(WHITE, 88), dark.mixed(DARK_PAPER, 82));
            rules.push(format!("--hue-{index}-bg:light-dark({pale},{deep})"));
            rules.push(format!("--hue-{index}-s:light-dark({},{})", light.mixed(WHITE, 40), dark.mixed(BLACK, 35)));
        }
        (!rules.is_empty()).then(|| format!(":root{{{}}}", rules.join(";")))
    }
}

/// One colour for both schemes, or one for each. The dark one is made of the light one where it is not said.
fn read_pair(field: &Field<'_>, reader: &mut Reader<'_>) -> Option<Pair> {
    let Some(mut fields) = field.fields() else {
        let light = read_colour(field, reader)?;
        check_contrast(field, light, LIGHT_PAPER, reader);
        return Some(Pair { light, dark: light.until_contrast(WHITE, DARK_PAPER, 9.0) });
    };
    let light_field = fields.take(&LIGHT, reader);
    let dark_field = fields.take(&DARK, reader);
    fields.finish(&PAIR_MAP, reader);
    // Both are read whatever becomes of the other, so that a slip in either is told.
    let mut read = |field: &Option<Field<'_>>, ground| {
        let field = field.as_ref()?;
        let colour = read_colour(field, reader)?;
        check_contrast(field, colour, ground, reader);
        Some(colour)
    };
    let (light, dark) = (read(&light_field, LIGHT_PAPER), read(&dark_field, DARK_PAPER));
    let light = light.filter(|_| dark.is_some() || dark_field.is_none())?;
    Some(Pair { light, dark: dark.unwrap_or_else(|| light.until_contrast(WHITE, DARK_PAPER, 9.0)) })
}

/// The highlighter is never a text colour: what matters is the text on it, which is chosen to fit.
fn read_mark(field: &Field<'_>, reader: &mut Reader<'_>) -> Option<Colour> {
    read_colour(field, reader)
}

/// A colour without quotes is a comment to YAML: the key is there, and nothing behind it.
fn report_missing(field: &Field<'_>, reader: &mut Reader<'_>) {
    let Node::Map(entries) = field.node else { return };
    for (key, _) in entries.iter().filter(|(_, node)| node.is_empty()) {
        let place = Place::Yaml(field.path.with(Step::Key(key.clone(), 0)), Part::Key);
        let diagnostic = Diagnostic::new(Code::InvalidSetting, reader.file, place).arg("key", key);
        reader.report(diagnostic.message("message-colour-missing").help("help-colour"));
    }
}

fn read_colour(field: &Field<'_>, reader: &mut Reader<'_>) -> Option<Colour> {
    let text = field.text(reader)?;
    let colour = Colour::parse(&text);
    if colour.is_none() {
        let diagnostic = reader.about(Code::InvalidSetting, field).arg("value", text);
        reader.report(diagnostic.message("message-colour").help("help-colour"));
    }
    colour
}

/// Text wants 4.5:1; below 3:1 not even a button's edge can be told from the page.
fn check_contrast(field: &Field<'_>, colour: Colour, ground: Colour, reader: &mut Reader<'_>) {
    let ratio = colour.contrast(ground);
    if ratio < 4.5 {
        let severity = if ratio < 3.0 { Severity::Error } else { Severity::Warning };
        let towards = if ground == LIGHT_PAPER { BLACK } else { WHITE };
        let diagnostic = reader
            .about(Code::LowContrast, field)
            .arg("value", colour.to_string())
            .arg("whole", format!("{:.0}", ratio.trunc()))
            .arg("tenths", format!("{:.0}", (ratio.fract() * 10.0).trunc()))
            .arg("near", colour.until_contrast(towards, ground, 4.5).to_string())
            .severity(severity);
        reader.report(diagnostic);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_read_and_their_contrast_is_that_of_wcag() {
        assert_eq!(Colour::parse("#fff"), Some(WHITE));
        assert_eq!(Colour::parse("#0b5748").map(|c| c.to_string()).as_deref(), Some("#0b5748"));
        assert_eq!(Colour::parse("teal"), None);
        assert_eq!(Colour::parse("#12345é"), None);
        assert!((WHITE.contrast(BLACK) - 21.0).abs() < 0.01);
        let brand = Colour::parse("#0b5748").expect("a colour");
        assert!((brand.contrast(LIGHT_PAPER) - 8.13).abs() < 0.05, "{}", brand.contrast(LIGHT_PAPER));
    }

    #[test]
    fn a_dark_form_is_made_that_can_be_read() {
        let navy = Colour::parse("#10204f").expect("a colour");
        assert!(navy.until_contrast(WHITE, DARK_PAPER, 9.0).contrast(DARK_PAPER) >= 9.0);
    }
}
