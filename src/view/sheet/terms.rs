//! The terms of a sheet: how one enrols, how it is taught and assessed, disability, results, contacts.

use crate::catalogue::Module;
use crate::document::{FrontSection, SectionKind};
use crate::entry::{Certification, Contact, ContactRole, ResultEntry};
use crate::route::Route;
use crate::value::telephone::{is_email, tel_uri};
use crate::view::desk::{Desk, Spot, capitalised, escaped, push_escaped};
use crate::view::module::TermRow;
use crate::view::parts::Html;

use super::people::organisation_name;

/// The rows for what is known.
pub(super) fn rows(desk: &Desk<'_>, module: &Module, spot: Spot<'_>) -> Vec<TermRow> {
    let matter = module.matter();
    let mut rows = Rows { desk, root: spot.root, rows: Vec::new() };
    for section in &matter.sections {
        rows.prose(section, spot);
    }
    rows.text("term_rhythm", matter.rhythm.as_ref());
    let access = matter.access.or(&desk.config.access);
    rows.paragraphs("", "term_access", [access.how.as_ref(), access.check.as_ref(), None]);
    rows.text("term_delay", access.delay.as_ref());
    rows.accessibility(module);
    rows.outcome(matter.outcome.as_ref());
    if let Some(certification) = &matter.certification {
        rows.certification(certification);
    }
    rows.text("cpf", matter.cpf.as_ref().map(|cpf| yes_or_no(desk, cpf)).as_ref());
    rows.text("term_funding", matter.funding_text.as_ref());
    rows.results(&matter.results);
    rows.codes(module);
    rows.contacts(module);
    rows.rows
}

fn yes_or_no(desk: &Desk<'_>, text: &str) -> String {
    match crate::fold::fold(text).as_str() {
        "true" | "oui" | "yes" | "vrai" => capitalised(&desk.word("yes")),
        "false" | "non" | "no" | "faux" => capitalised(&desk.word("no")),
        _ => text.to_owned(),
    }
}

struct Rows<'d, 'a> {
    desk: &'d Desk<'a>,
    root: &'d str,
    rows: Vec<TermRow>,
}

impl Rows<'_, '_> {
    fn push(&mut self, id: &str, label: &str, body: String) {
        if !body.is_empty() {
            self.rows.push(TermRow { id: id.to_owned(), label: self.desk.word(label), body: Html(body) });
        }
    }

    fn text(&mut self, label: &str, text: Option<&String>) {
        self.paragraphs("", label, [text, None, None]);
    }

    fn paragraphs(&mut self, id: &str, label: &str, texts: [Option<&String>; 3]) {
        let tidied = texts.into_iter().flatten().map(|text| self.desk.tidy(text)).filter(|text| !text.is_empty());
        let body: String = tidied.map(|text| format!("<p>{}</p>", escaped(&text))).collect();
        self.push(id, label, body);
    }

    /// Methods, means, assessment, deliverables that stand in the front matter.
    fn prose(&mut self, section: &FrontSection, spot: Spot<'_>) {
        let label = match section.kind {
            Some(SectionKind::Methods) => "term_methods",
            Some(SectionKind::Means) => "term_means",
            Some(SectionKind::Assessment) => "term_assessment",
            Some(SectionKind::Deliverables) => "term_deliverables",
            _ => return,
        };
        let body = self.desk.prose(&section.prose, spot).0;
        self.push("", label, body);
    }

    fn accessibility(&mut self, module: &Module) {
        let desk = self.desk;
        let text = module.matter().accessibility.as_ref().or(desk.config.accessibility.as_ref());
        let mut body = text.map(|text| format!("<p>{}</p>", escaped(&desk.tidy(text)))).unwrap_or_default();
        if let Some(contact) = desk.contact(module, &ContactRole::Disability) {
            body.push_str(&format!("<p>{}</p>", contact_line(desk, contact, true, self.root)));
        }
        self.push("handicap", "term_accessibility", body);
    }

    /// A list in the front matter comes as a Markdown list; here it is lines.
    fn outcome(&mut self, outcome: Option<&String>) {
        let Some(outcome) = outcome else { return };
        let lines: Vec<String> = outcome
            .lines()
            .map(|line| self.desk.tidy(line.trim_start_matches("- ")))
            .filter(|l| !l.is_empty())
            .collect();
        let body = lines.iter().map(|line| format!("<p>{}</p>", escaped(line))).collect();
        self.push("", "term_outcome", body);
    }

    fn certification(&mut self, certification: &Certification) {
        let desk = self.desk;
        let mut body = String::new();
        let mut add = |label: &str, text: Option<String>| {
            if let Some(text) = text {
                let label = escaped(&desk.word(label));
                body.push_str(&format!("<p><b>{label}</b>{}{}</p>", escaped(&desk.word("colon")), escaped(&text)));
            }
        };
        add("certifier", desk.tidy_option(certification.certifier.as_ref()));
        add("registered_on", certification.registered_on.map(|date| desk.date(date).text));
        let blocks: Vec<String> = certification.blocks.iter().map(|block| desk.tidy(block)).collect();
        add("certification_blocks", (!blocks.is_empty()).then(|| blocks.join(" ; ")));
        add("certification_rate", desk.tidy_option(certification.rate.as_ref()));
        add("certification_equivalences", desk.tidy_option(certification.equivalences.as_ref()));
        add("certification_outlets", desk.tidy_option(certification.outlets.as_ref()));
        self.push("", "term_certification", body);
    }

    /// The module's own results, or the provider's.
    fn results(&mut self, own: &[ResultEntry]) {
        let desk = self.desk;
        let results = if own.is_empty() { &desk.config.quality.results } else { own };
        let mut body: String =
            results.iter().map(|result| format!("<p>{}</p>", escaped(&result_line(desk, result)))).collect();
        if body.is_empty() {
            let pending = desk.tidy_option(desk.config.quality.results_pending.as_ref());
            body = pending.map(|text| format!("<p>{}</p>", escaped(&text))).unwrap_or_default();
        }
        self.push("", "term_results", body);
    }

    fn codes(&mut self, module: &Module) {
        let Some(codes) = &module.matter().codes else { return };
        let version = codes.formacode_version.as_ref().map(|version| format!(" {version}")).unwrap_or_default();
        let groups = [
            (format!("Formacode{version}"), &codes.formacode),
            ("NSF".to_owned(), &codes.nsf),
            ("ROME".to_owned(), &codes.rome),
            (self.desk.word("codes_public"), &codes.public),
        ];
        let groups = groups.iter().filter(|(_, codes)| !codes.is_empty());
        let words: Vec<String> = groups.map(|(name, codes)| format!("{name} {}", codes.join(", "))).collect();
        self.push(
            "",
            "term_codes",
            if words.is_empty() { String::new() } else { format!("<p>{}</p>", escaped(&words.join(" · "))) },
        );
    }

    fn contacts(&mut self, module: &Module) {
        let desk = self.desk;
        let (complaints, others): (Vec<&Contact>, Vec<&Contact>) = desk
            .contacts(module)
            .iter()
            // The contact for disability stands beside what it is about.
            .filter(|contact| contact.role != Some(ContactRole::Disability))
            .partition(|contact| contact.role == Some(ContactRole::Complaint));
        let lines = |contacts: Vec<&Contact>, with_role: bool| -> String {
            contacts
                .into_iter()
                .map(|contact| format!("<p>{}</p>", contact_line(desk, contact, with_role, self.root)))
                .collect()
        };
        self.push("", "term_contacts", lines(others, true));
        // The label of the row is the role already.
        self.push("", "term_complaints", lines(complaints, false));
    }
}

/// "Contact pédagogique : Chargée de projets, formation@…, 03…", with links.
fn contact_line(desk: &Desk<'_>, contact: &Contact, with_role: bool, root: &str) -> String {
    let role = contact.role.as_ref().filter(|_| with_role).map(|role| match role {
        ContactRole::Teaching => desk.word("contact_teaching"),
        ContactRole::Administrative => desk.word("contact_administrative"),
        ContactRole::Disability => desk.word("contact_disability"),
        ContactRole::Funder => desk.word("contact_funder"),
        ContactRole::Complaint => desk.word("contact_complaints"),
        ContactRole::Other(text) => desk.tidy(text),
    });
    let mut parts: Vec<String> = Vec::new();
    // "Référent handicap : Référent handicap" says it once.
    let name = desk.tidy_option(contact.name.as_ref());
    let is_role = |name: &String| role.as_ref().is_some_and(|role| crate::fold::fold(role) == crate::fold::fold(name));
    parts.extend(name.filter(|name| !is_role(name)).map(|name| escaped(&name)));
    parts.extend(contact.org.as_ref().map(|org| organisation(desk, org, root)));
    if let Some(email) = &contact.email {
        let words = escaped(email);
        parts.push(if is_email(email) { format!("<a href=\"mailto:{words}\">{words}</a>") } else { words });
    }
    if let Some(phone) = &contact.phone {
        let words = escaped(&desk.tidy(phone));
        parts.push(match tel_uri(phone) {
            Some(uri) => format!("<a href=\"{}\">{words}</a>", escaped(&uri)),
            None => words,
        });
    }
    let mut line = String::new();
    if let Some(role) = role {
        push_escaped(&mut line, &role);
        if !parts.is_empty() {
            push_escaped(&mut line, &desk.word("colon"));
        }
    }
    line.push_str(&parts.join(", "));
    line
}

/// The name of an organisation, as a link where the site has a page about it.
fn organisation(desk: &Desk<'_>, written: &str, root: &str) -> String {
    let name = escaped(&organisation_name(desk, written));
    let known = desk.organisation_called(written);
    match known.and_then(|known| desk.table.url(&Route::Organisation(known.id.clone(), 1))) {
        Some(url) => format!("<a href=\"{}\">{name}</a>", escaped(&format!("{root}{url}"))),
        None => name,
    }
}

/// "Personnes satisfaites : 94 % (2025, 812 réponses)"
pub(in crate::view) fn result_line(desk: &Desk<'_>, result: &ResultEntry) -> String {
    let unit = match result.unit.as_deref().map(crate::fold::fold).as_deref() {
        Some("%") => "\u{A0}%".to_owned(),
        Some("nombre" | "number") | None => String::new(),
        Some(_) => result.unit.clone().unwrap_or_default(),
    };
    let value = result.number.map(|number| desk.phrases.number(number)).or_else(|| result.value.clone());
    let value = value.map(|value| format!("{value}{unit}"));
    let mut line: Vec<String> = Vec::new();
    line.extend(desk.tidy_option(result.name.as_ref()));
    line.extend(value);
    let mut text = line.join(&desk.word("colon"));
    let sample = result.sample.as_ref().map(|sample| match sample.parse::<usize>() {
        Ok(number) => desk.phrases.count("answers", number),
        Err(_) => desk.tidy(sample),
    });
    let behind: Vec<String> =
        [desk.tidy_option(result.period.as_ref()), sample, desk.tidy_option(result.source.as_ref())]
            .into_iter()
            .flatten()
            .collect();
    if !behind.is_empty() {
        text.push_str(&format!(" ({})", behind.join(", ")));
    }
    text
}
