//! What texts and their pictures need so that everybody can read them (AX-02, AX-05); what only the text shows is noted
//! while it is read, and here is told which of it concerns the document.

use crate::config::{Config, keys, quality};
use crate::diagnostic::{Diagnostic, FieldStep, Part, Place, Rule};
use crate::document::{Matter, Remark, news_matter};
use crate::entry::{DOCUMENTS_KEY, DocumentEntry, document};

use super::facts::Subject;
use super::finding::Findings;
use super::legal;
use super::settings::{in_part, key};

/// Whether what was noted in a text concerns the document at all.
pub(super) fn concerns(remark: &Remark, subject: &Subject<'_>) -> bool {
    let config = subject.site.config;
    match remark.rule {
        Rule::Ax01 => config.legal.accessibility_audit.is_none() && subject.page.is_some_and(legal::is_declaration),
        Rule::Pr01 => {
            let host = remark.args.iter().find(|(name, _)| *name == "host").map_or("", |(_, host)| host);
            !super::privacy::is_allowed(host, config)
        }
        _ => true,
    }
}

/// AX-02: pictures of the settings. A logo beside a name is decoration.
pub(super) fn check_site(config: &Config, found: &mut Vec<Diagnostic>) {
    for (nth, badge) in config.quality.badges.iter().enumerate() {
        if badge.image.as_ref().is_some_and(|image| !image.has_alt) {
            let steps = vec![keys::QUALITY.step(), quality::BADGES.step(), FieldStep::Item(nth)];
            let finding = in_part(Rule::Ax02, steps, Part::Value).message("message-badge").help("help-badge");
            found.push(finding.arg("name", &badge.name).arg("key", key(config, &quality::ALT)));
        }
    }
}

/// Looks at the pictures and documents of a document.
pub(super) fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let documents = match &subject.document.matter {
        Matter::Module(matter) => &matter.documents,
        Matter::News(matter) => {
            if let Some(image) = matter.image.as_ref().filter(|image| !image.has_alt) {
                let finding = findings.at(Rule::Ax02, image.file.place.clone()).message("message-image");
                let finding = finding.help("help-image").arg("file", &image.file.value);
                let finding = finding.arg("image_key", findings.key(&news_matter::IMAGE));
                let finding = finding.arg("file_key", findings.key(&document::FILE));
                findings.push(finding.arg("key", findings.key(&document::ALT)));
            }
            &matter.documents
        }
        Matter::Page(matter) => &matter.documents,
        _ => return,
    };
    for (nth, entry) in documents.iter().enumerate().filter(|(_, entry)| is_mute_pdf(entry)) {
        let steps = vec![DOCUMENTS_KEY.step(), FieldStep::Item(nth)];
        let finding = findings.at(Rule::Ax05, Place::Field(steps, Part::Value));
        let title = entry.title.clone().or_else(|| entry.file.as_ref().map(|file| file.value.clone()));
        let finding = finding.arg("title", title.unwrap_or_default()).arg("type_key", findings.key(&document::TYPE));
        findings.push(finding.arg("lang_key", findings.key(&document::LANG)));
    }
}

/// AX-05: a PDF that the site holds, of which neither the language nor the kind is said. Of another's PDF an author
/// cannot know more.
fn is_mute_pdf(entry: &DocumentEntry) -> bool {
    let is_pdf = entry.file.as_ref().is_some_and(|file| file.value.to_lowercase().ends_with(".pdf"));
    is_pdf && entry.lang.is_none() && entry.format.is_none()
}
