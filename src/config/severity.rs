//! How grave what is found counts, where the site sees it otherwise than the program.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::fold::nearest;
use crate::yaml::{Field, Reader};

use super::{keys, setting};

/// The severities that a site changes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Severities {
    changed: BTreeMap<Code, Severity>,
    /// Rules that are not told at all.
    untold: BTreeSet<Code>,
}

impl Severities {
    /// The severity of a code, if it is another one than the program's.
    pub fn get(&self, code: Code) -> Option<Severity> {
        self.changed.get(&code).copied()
    }

    /// Whether the site wants to hear of it.
    pub fn is_told(&self, diagnostic: &Diagnostic) -> bool {
        !self.untold.contains(&diagnostic.code)
    }

    pub(super) fn read(field: &Field<'_>, reader: &mut Reader<'_>) -> Self {
        let mut severities = Self::default();
        for entry in keys::entries(field, reader) {
            let Some(level) = setting(&entry, field.key, keys::LEVELS, reader) else { continue };
            let code = Code::from_text(entry.key);
            match (code, level) {
                (Some(code), Some(level)) if code.is_drawable() || level == Severity::Error => {
                    severities.changed.insert(code, level);
                }
                // What would be published wrong is always told; a rule is the site's own affair.
                (Some(code), None) if code.is_rule() => {
                    severities.untold.insert(code);
                }
                (Some(_), _) => {
                    let diagnostic = reader.about_key(Code::InvalidSetting, &entry).arg("value", entry.key);
                    reader.report(diagnostic.message("message-severity-fixed").help("help-severity-fixed"));
                }
                (None, _) => {
                    let near = nearest(entry.key, Code::all().map(|code| code.as_str()));
                    let diagnostic = reader.about_key(Code::InvalidSetting, &entry).arg("value", entry.key);
                    reader.report(diagnostic.message("message-severity-code").help("help-severity-code").near(near));
                }
            }
        }
        severities
    }
}
