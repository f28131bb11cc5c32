//! [`Rule`]: what a training offer must say and how, by the ids under which the rules are known.
//!
//! What a rule is about, how grave it is and where it comes from are data, in `rules.toml`: a new edition of the
//! reading guide changes that file and the sentences, and no code. How each is checked is in [`crate::rules`].

use std::collections::BTreeMap;
use std::fmt;
use std::sync::LazyLock;

use serde::Deserialize;

use super::code::Severity;

macro_rules! rules {
    ($($name:ident = $id:literal;)+) => {
        /// A rule for what a site says. See `rules.toml` for what each is about.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[expect(missing_docs, reason = "each is described in rules.toml and explained in the texts")]
        pub enum Rule {
            $($name,)+
        }

        impl Rule {
            /// All rules, in the order of their ids.
            pub const ALL: &'static [Rule] = &[$(Self::$name,)+];

            /// The id as authors, settings and scripts write it.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $id,)+ }
            }
        }
    };
}

rules! {
    Q1_01 = "Q1-01"; Q1_02 = "Q1-02"; Q1_03 = "Q1-03"; Q1_04 = "Q1-04"; Q1_05 = "Q1-05";
    Q1_06 = "Q1-06"; Q1_07 = "Q1-07"; Q1_08 = "Q1-08"; Q1_09 = "Q1-09"; Q1_10 = "Q1-10";
    Q1_11 = "Q1-11"; Q1_12 = "Q1-12"; Q1_13 = "Q1-13"; Q1_14 = "Q1-14"; Q1_15 = "Q1-15";
    Q1_16 = "Q1-16"; Q1_17 = "Q1-17"; Q1_18 = "Q1-18"; Q1_19 = "Q1-19"; Q1_20 = "Q1-20";
    Q1_21 = "Q1-21"; Q1_22 = "Q1-22"; Q1_23 = "Q1-23"; Q1_24 = "Q1-24"; Q1_25 = "Q1-25";
    Q2_01 = "Q2-01"; Q2_02 = "Q2-02"; Q2_03 = "Q2-03"; Q2_04 = "Q2-04"; Q2_05 = "Q2-05";
    Q3_01 = "Q3-01"; Q26_01 = "Q26-01"; Q31_01 = "Q31-01";
    Qf01 = "QF-01"; Qf02 = "QF-02"; Qf03 = "QF-03"; Qf04 = "QF-04"; Qf05 = "QF-05"; Qf06 = "QF-06";
    Ad01 = "AD-01"; Ad02 = "AD-02"; Ad03 = "AD-03"; Ad04 = "AD-04"; Ad05 = "AD-05"; Ad06 = "AD-06";
    C01 = "C-01"; C02 = "C-02"; C03 = "C-03"; C04 = "C-04"; C05 = "C-05"; C06 = "C-06"; C07 = "C-07";
    C08 = "C-08"; C09 = "C-09"; C10 = "C-10"; C11 = "C-11"; C12 = "C-12";
    N01 = "N-01"; N02 = "N-02";
    Ax01 = "AX-01"; Ax02 = "AX-02"; Ax03 = "AX-03"; Ax04 = "AX-04"; Ax05 = "AX-05"; Ax06 = "AX-06";
    Ax07 = "AX-07"; Ax08 = "AX-08";
    Pr01 = "PR-01"; Lg01 = "LG-01";
}

/// The data of all rules.
#[derive(Debug, Deserialize)]
struct Rulebook {
    /// Which edition of the rules this is, as a report names it.
    version: String,
    rules: BTreeMap<String, Entry>,
}

/// The data of one rule.
#[derive(Debug, Deserialize)]
struct Entry {
    severity: Severity,
    scope: Scope,
    source: Source,
    /// The codes under which what breaks the rule is told already; then it is checked there.
    #[serde(default)]
    told_by: Vec<String>,
}

/// What a rule is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// Modules that are trainings in the sense of the law, and are offered in the provider's own name.
    Training,
    /// Every module.
    Module,
    /// News posts.
    News,
    /// Every text.
    Text,
    /// The site as a whole: settings, organisations, pages.
    Site,
}

/// Where a rule comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// The national quality reference (RNQ), indicator 1: information for the public.
    #[serde(rename = "indicator-1")]
    Indicator1,
    /// Indicator 2: published results.
    #[serde(rename = "indicator-2")]
    Indicator2,
    /// Indicator 3: certifications.
    #[serde(rename = "indicator-3")]
    Indicator3,
    /// Indicator 26: disabled people.
    #[serde(rename = "indicator-26")]
    Indicator26,
    /// Indicator 31: complaints.
    #[serde(rename = "indicator-31")]
    Indicator31,
    /// Use of the Qualiopi mark, and display of the certificate.
    Mark,
    /// The labour code on how trainings are advertised and providers named.
    LabourCode,
    /// Nothing but the wish that a catalogue agrees with itself.
    Catalogue,
    /// RGAA and WCAG.
    Accessibility,
    /// Protection of personal data.
    Privacy,
    /// Who publishes a site must be told on it.
    LegalNotice,
}

impl Source {
    /// The key of the sentence that names it.
    pub fn text_key(self) -> &'static str {
        match self {
            Self::Indicator1 => "source-indicator-1",
            Self::Indicator2 => "source-indicator-2",
            Self::Indicator3 => "source-indicator-3",
            Self::Indicator26 => "source-indicator-26",
            Self::Indicator31 => "source-indicator-31",
            Self::Mark => "source-mark",
            Self::LabourCode => "source-labour-code",
            Self::Catalogue => "source-catalogue",
            Self::Accessibility => "source-accessibility",
            Self::Privacy => "source-privacy",
            Self::LegalNotice => "source-legal-notice",
        }
    }
}

static BOOK: LazyLock<Rulebook> = LazyLock::new(|| {
    // The file is a part of the program; a test reads it.
    let nothing = Rulebook { version: String::new(), rules: BTreeMap::new() };
    toml::from_str(include_str!("rules.toml")).unwrap_or(nothing)
});

impl Rule {
    /// The rule that is written so, if there is one.
    pub fn from_text(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|rule| rule.as_str().eq_ignore_ascii_case(text.trim()))
    }

    /// Which edition of the rules this program has, for reports.
    pub fn edition() -> &'static str {
        &BOOK.version
    }

    /// How grave it is unless settings say otherwise.
    pub fn severity(self) -> Severity {
        self.entry().map_or(Severity::Warning, |entry| entry.severity)
    }

    /// What it is about.
    pub fn scope(self) -> Scope {
        self.entry().map_or(Scope::Site, |entry| entry.scope)
    }

    /// Where it comes from.
    pub fn source(self) -> Source {
        self.entry().map_or(Source::Catalogue, |entry| entry.source)
    }

    /// The codes under which what breaks it is told; none for a rule that is told under its own id.
    pub fn told_by(self) -> &'static [String] {
        self.entry().map_or(&[], |entry| &entry.told_by)
    }

    fn entry(self) -> Option<&'static Entry> {
        BOOK.rules.get(self.as_str())
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;

    #[test]
    fn every_rule_is_described_and_nothing_else() {
        let described: Vec<&str> = BOOK.rules.keys().map(String::as_str).collect();
        let mut known: Vec<&str> = Rule::ALL.iter().map(|rule| rule.as_str()).collect();
        known.sort_unstable();
        assert_eq!(described, known);
        assert!(!Rule::edition().is_empty());
        for rule in Rule::ALL {
            assert!(rule.told_by().iter().all(|code| Code::from_text(code).is_some()), "{rule}");
            assert_eq!(Rule::from_text(&rule.as_str().to_lowercase()), Some(*rule));
        }
    }
}
