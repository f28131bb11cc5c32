//! Every code, its severity, and whether the page can still be drawn when it is given.

use std::fmt;

use serde::Deserialize;

use super::rule::Rule;

/// How grave a diagnostic is. Errors keep a site from being published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Would publish something wrong.
    Error,
    /// Published as written, but it should be looked at.
    Warning,
    /// Worth knowing.
    Info,
}

impl Severity {
    /// The word for it in the JSON form and in `severity:` of the settings.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal, $severity:ident, $drawable:literal;)+) => {
        /// What a diagnostic is about. The words are fixed: settings, scripts and tests name them.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[$doc])* $name,)+
            /// A rule for what the site says is not kept.
            Rule(Rule),
        }

        /// Codes of what cannot be read, or would be published wrong.
        const OF_FILES: &[Code] = &[$(Code::$name,)+];

        impl Code {
            /// The code as authors, settings and scripts write it.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)+ Self::Rule(rule) => rule.as_str() }
            }

            /// The severity it has unless settings say otherwise.
            pub fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)+ Self::Rule(rule) => rule.severity() }
            }

            /// Whether the page can be drawn all the same, so that settings may lower its severity.
            pub fn is_drawable(self) -> bool {
                match self { $(Self::$name => $drawable,)+ Self::Rule(_) => true }
            }
        }
    };
}

codes! {
    /// A file of the site that could not be read.
    UnreadableFile = "unreadable-file", Error, false;
    /// Text that is not UTF-8.
    NotUtf8 = "not-utf8", Error, false;
    /// A file with nothing in it.
    EmptyFile = "empty-file", Error, false;
    /// An opening `---` without its closing one.
    UnclosedFrontMatter = "unclosed-front-matter", Error, false;
    /// YAML that cannot be read.
    YamlSyntax = "yaml-syntax", Error, false;
    /// A key given twice, be it in two spellings.
    DuplicateKey = "duplicate-key", Error, false;
    /// A module, or another document that needs one, without a title.
    MissingTitle = "missing-title", Error, false;
    /// A news post without a date.
    MissingDate = "missing-date", Error, false;
    /// A date that is not in the calendar, or cannot be read.
    InvalidDate = "invalid-date", Error, false;
    /// A number that is none, or is impossible.
    InvalidNumber = "invalid-number", Error, false;
    /// A true/false that is neither.
    InvalidBoolean = "invalid-boolean", Error, false;
    /// A list or map where a text is meant, or the reverse.
    InvalidShape = "invalid-shape", Error, false;
    /// A session, or a range of days, that ends before it starts.
    EndBeforeStart = "end-before-start", Error, false;
    /// Two pages at one address.
    DuplicateAddress = "duplicate-address", Error, false;
    /// Modules that require each other in a circle.
    PrerequisiteCycle = "prerequisite-cycle", Error, false;
    /// A link, anchor, image or document that leads nowhere.
    DeadLink = "dead-link", Error, true;
    /// An address that the last site had, at which nothing stands any more.
    LostAddress = "lost-address", Error, true;
    /// A setting with a value that it cannot have.
    InvalidSetting = "invalid-setting", Error, false;
    /// A template of the look that cannot be read or drawn.
    TemplateError = "template-error", Error, false;
    /// A style sheet of the look that cannot be read.
    StyleError = "style-error", Error, false;
    /// A text file of the look (interface texts) that cannot be read.
    LookError = "look-error", Error, false;
    /// A key that means nothing here; its value is kept.
    UnknownKey = "unknown-key", Warning, true;
    /// A value outside the list of its key; it is kept as text.
    UnknownValue = "unknown-value", Warning, true;
    /// A term that the site does not declare.
    UndeclaredTerm = "undeclared-term", Warning, true;
    /// One term, written in two ways.
    TermSpelling = "term-spelling", Warning, true;
    /// An organisation that the site does not declare.
    UndeclaredOrganisation = "undeclared-organisation", Warning, true;
    /// A prerequisite, related or next module that does not exist.
    UnknownModule = "unknown-module", Warning, true;
    /// Two documents with one id; the first keeps it.
    DuplicateId = "duplicate-id", Warning, true;
    /// A session with an end and no start.
    SessionWithoutStart = "session-without-start", Warning, true;
    /// A session whose town belongs to no known region.
    SessionWithoutRegion = "session-without-region", Info, true;
    /// HTML that was taken out of a text.
    RemovedHtml = "removed-html", Warning, true;
    /// A cell of a table beyond its last column, which is not shown.
    ExtraCell = "extra-cell", Warning, true;
    /// A heading that is shown as text, for want of a space behind its signs.
    GluedHeading = "glued-heading", Warning, true;
    /// A value that ends at a `#` by which no comment seems to be meant.
    CutValue = "cut-value", Warning, true;
    /// A file that stands where nothing reads it.
    MisplacedFile = "misplaced-file", Warning, true;
    /// A file that is published under a name that Windows cannot have.
    UnportableName = "unportable-name", Warning, true;
    /// A link of the file system that leads out of the site, or in a circle.
    LinkOutside = "link-outside", Warning, true;
    /// A site that does not say its own address.
    MissingBaseUrl = "missing-base-url", Warning, true;
    /// Pairs of terms that have modules and no page, because there are too many of them.
    CrossingsLeftOut = "crossings-left-out", Info, true;
    /// A colour of the site that cannot be told from what it stands on.
    LowContrast = "low-contrast", Warning, true;
    /// An exception from a rule that names none, gives no reason, or is not needed.
    InvalidException = "invalid-exception", Warning, true;
}

impl Code {
    /// All codes: those of files in the order of this one, then the rules that are told under their own id.
    pub fn all() -> impl Iterator<Item = Self> + Clone {
        let rules = Rule::ALL.iter().filter(|rule| rule.told_by().is_empty());
        OF_FILES.iter().copied().chain(rules.copied().map(Self::Rule))
    }

    /// The code that is written so, if there is one.
    pub fn from_text(text: &str) -> Option<Self> {
        let is_meant = |code: &Self| code.as_str() == text;
        OF_FILES.iter().copied().find(is_meant).or_else(|| Self::all().find(is_meant))
    }

    /// Whether it is a rule for what the site says.
    pub fn is_rule(self) -> bool {
        matches!(self, Self::Rule(_))
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
