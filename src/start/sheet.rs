//! A model sheet: one module, news post or page with the title that was typed.

use crate::content_path::ContentPath;
use crate::document::date_in_name;
use crate::fold::is_noncharacter;
use crate::id::Slug;
use crate::lang::Lang;
use crate::phrases::fill;
use crate::value::Date;
use crate::yaml::exact;

use super::{everywhere, model};

/// What can be begun with a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SheetKind {
    /// A training module.
    Module,
    /// A news post.
    News,
    /// A plain page.
    Page,
}

/// A sheet that is not written yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSheet {
    /// Where it belongs, from the site's root.
    pub path: ContentPath,
    /// What its address ends in.
    pub slug: Slug,
    /// Its text.
    pub text: String,
}

impl SheetKind {
    /// All kinds.
    pub const ALL: [Self; 3] = [Self::Module, Self::News, Self::Page];

    /// The word for it on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Module => "module",
            Self::News => "news",
            Self::Page => "page",
        }
    }

    /// The folder in which sheets of the kind stand.
    pub fn folder(self) -> &'static str {
        match self {
            Self::Module => "content/modules",
            Self::News => "content/news",
            Self::Page => "content/pages",
        }
    }
}

/// A title as it is written into a file: on one line, without what only machines put in.
pub fn title_of(typed: &str) -> String {
    let characters = typed.chars().filter(|c| !is_noncharacter(*c));
    let line: String = characters.map(|c| if c.is_control() { ' ' } else { c }).collect();
    line.trim().to_owned()
}

/// The sheet for a title; nothing when no part of the title can stand in an address.
pub fn sheet(kind: SheetKind, typed: &str, date: Date, lang: Lang) -> Option<NewSheet> {
    let title = title_of(typed);
    let slug = Slug::from_text(&title)?;
    let name = match kind {
        SheetKind::News => format!("{date}-{slug}"),
        SheetKind::Module | SheetKind::Page => slug.to_string(),
    };
    let (title, date) = (exact(&title), date.to_string());
    let parts = [("title", title.as_str()), ("date", date.as_str()), ("region", everywhere(lang))];
    let text = fill(model(lang, &format!("new/{}.md", kind.as_str())), &parts);
    Some(NewSheet { path: ContentPath::new(format!("{}/{name}.md", kind.folder())), slug, text })
}

/// Whether a sheet of the kind at `path` has the address `slug` by its file's name. A news post's does not count its
/// date, and the name of an `index.md` is that of its folder.
pub fn same_address(kind: SheetKind, path: &ContentPath, slug: &Slug) -> bool {
    if !path.extension().eq_ignore_ascii_case("md") {
        return false;
    }
    let stem = match path.stem() {
        "index" => path.folder().rsplit('/').next().unwrap_or_default(),
        stem => stem,
    };
    let stem = match kind {
        SheetKind::News => date_in_name(stem).map_or(stem, |(_, rest)| rest),
        SheetKind::Module | SheetKind::Page => stem,
    };
    Slug::from_text(stem).as_ref() == Some(slug)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::document::{ParseOptions, RawHtml, parse};
    use crate::source::SourceFile;
    use crate::typography::Typography;

    const DAY: Date = jiff::civil::date(2026, 11, 24);

    /// The title and the errors that the program reads in a sheet.
    fn read_back(sheet: &NewSheet) -> (Option<String>, Vec<String>) {
        let file = SourceFile::new(sheet.path.clone(), sheet.text.as_bytes());
        let options = ParseOptions { raw_html: RawHtml::Sanitise, typography: Typography::French };
        let read = parse(&file, options);
        let told = read.diagnostics.iter().map(|one| format!("{one:?}")).collect();
        (read.value.and_then(|leaf| leaf.document.matter.title().map(str::to_owned)), told)
    }

    #[track_caller]
    fn check(typed: &str, path: &str) {
        for lang in Lang::ALL {
            let sheet = sheet(SheetKind::Module, typed, DAY, lang).expect("a sheet");
            assert_eq!(sheet.path.as_str(), path);
            assert_eq!(read_back(&sheet), (Some(typed.to_owned()), Vec::new()), "{}", sheet.text);
        }
    }

    #[test]
    fn a_title_is_read_as_it_was_typed() {
        check("Accueillir un stagiaire", "content/modules/accueillir-un-stagiaire.md");
        check("L'accueil : \"qui\" fait quoi ?", "content/modules/l-accueil-qui-fait-quoi.md");
        check("C# et C++ # débuter", "content/modules/c-et-c-debuter.md");
        check("- [x] 100 % {réussi}", "content/modules/x-100-reussi.md");
        check("{title} {date}", "content/modules/title-date.md");
        check("2027", "content/modules/2027.md");
        check("oui", "content/modules/oui.md");
        check("Fêter 🎉 l'équipe\\", "content/modules/feter-tada-l-equipe.md");
    }

    #[test]
    fn every_model_is_filled_and_told_nothing_about() {
        for (lang, kind) in Lang::ALL.into_iter().flat_map(|lang| SheetKind::ALL.map(|kind| (lang, kind))) {
            let sheet = sheet(kind, "Titre", DAY, lang).expect("a sheet");
            assert_eq!(read_back(&sheet), (Some("Titre".to_owned()), Vec::new()), "{kind:?} {lang:?}");
            assert!(["{title}", "{date}", "{region}"].iter().all(|part| !sheet.text.contains(part)), "{}", sheet.text);
        }
        let news = sheet(SheetKind::News, "Une rentrée", DAY, Lang::French).expect("a sheet");
        assert_eq!(news.path.as_str(), "content/news/2026-11-24-une-rentree.md");
    }

    #[test]
    fn what_cannot_stand_in_an_address_makes_no_sheet() {
        for typed in ["", " ", "?!…", "\u{200B}"] {
            assert_eq!(sheet(SheetKind::Page, typed, DAY, Lang::French), None, "{typed:?}");
        }
    }

    #[test]
    fn an_address_that_is_taken_is_known_by_the_files_name() {
        let check = |kind, path: &str, expected| {
            let slug = Slug::from_text("ecouter").expect("a slug");
            assert_eq!(same_address(kind, &ContentPath::new(path), &slug), expected, "{path}");
        };
        check(SheetKind::Module, "content/modules/sante/Écouter.md", true);
        check(SheetKind::Module, "content/modules/ecouter/index.md", true);
        check(SheetKind::Module, "content/modules/ecouter/plan.pdf", false);
        check(SheetKind::News, "content/news/2026-01-05-ecouter.md", true);
        check(SheetKind::Module, "content/modules/2026-01-05-ecouter.md", false);
    }

    proptest! {
        #[test]
        fn any_title_is_read_as_it_was_typed(typed in "\\PC{0,40}|[-:#'\"\\\\{}\\[\\]&*!|>%@` a-zé]{0,20}|.{0,20}") {
            for kind in SheetKind::ALL {
                if let Some(sheet) = sheet(kind, &typed, DAY, Lang::French) {
                    prop_assert_eq!(read_back(&sheet), (Some(title_of(&typed)), Vec::new()));
                }
            }
        }
    }
}
