//! The nine items of the indicator: where each is said, if it is.

use crate::config::CONFIG_PATH;
use crate::content_path::ContentPath;
use crate::diagnostic::{Code, Diagnostic, Part, Place, Rule};
use crate::document::{Prerequisites, SectionKind, module_keys as keys};
use crate::entry::access::{DELAY, HOW};
use crate::entry::{ACCESS_KEY, CONTACTS_KEY, Contact, ContactRole};
use crate::rules::facts::{met, says};
use crate::rules::finding::Findings;
use crate::rules::provider::has_contact;
use crate::rules::sheet::{Item, Sheet};
use crate::value::{Decimal, Duration, tells_delay};
use crate::yaml::Key;

use super::Training;

impl Training<'_> {
    pub(super) fn prerequisites(&self, sheet: &mut Sheet, findings: &mut Findings<'_>) {
        let is_said = self.module.matter().prerequisites != Prerequisites::Unsaid;
        let is_said = is_said || self.says(SectionKind::Prerequisites);
        sheet.note(Item::Prerequisites, met(is_said, false));
        self.missing_unless(is_said, Rule::Q1_01, &keys::PREREQUISITES, findings);
    }

    pub(super) fn duration(&self, sheet: &mut Sheet, findings: &mut Findings<'_>) {
        let duration = self.module.matter().duration.as_ref();
        let is_said = duration.is_some_and(is_measured);
        sheet.note(Item::Duration, met(is_said, false));
        let Some(duration) = duration else {
            return self.missing_unless(false, Rule::Q1_04, &keys::DURATION, findings);
        };
        let words = duration.text.clone().unwrap_or_default();
        if !is_said {
            let unclear = findings.about(Rule::Q1_04, &keys::DURATION).arg("value", words);
            findings.push(unclear.message("message-unclear").help("help-unclear"));
        } else if duration.days.is_some() && duration.total_hours().is_none() {
            let days = duration.days.map(|days| days.to_string()).unwrap_or_default();
            findings.push(findings.about(Rule::Q1_05, &keys::DURATION).arg("days", days));
        }
        if let (Some(days), Some(per_day), Some(hours)) = (duration.days, duration.hours_per_day, duration.hours)
            && days.times(per_day).is_some_and(|product| product != hours)
        {
            let product = days.times(per_day).unwrap_or(Decimal::ZERO);
            let numbers = [("days", days), ("per_day", per_day), ("hours", hours), ("product", product)];
            let contradiction = findings.about(Rule::Q1_06, &keys::DURATION);
            let contradiction =
                numbers.iter().fold(contradiction, |one, (name, value)| one.arg(name, value.to_string()));
            findings.push(contradiction);
        }
    }

    pub(super) fn access(&self, sheet: &mut Sheet, findings: &mut Findings<'_>) {
        let (own, site) = (&self.module.matter().access, &self.subject.site.config.access);
        let is_said = |text: &Option<String>| text.as_ref().is_some_and(|text| !text.trim().is_empty());
        let how = met(is_said(&own.how), is_said(&site.how));
        let delay = met(is_said(&own.delay), is_said(&site.delay));
        // The item is said where the last of its two parts is.
        let both = how.zip(delay).map(|(how, delay)| how.max(delay));
        sheet.note(Item::Access, both);
        let spelt = |one: Diagnostic, findings: &Findings<'_>| {
            one.arg("access", findings.key(&ACCESS_KEY))
                .arg("how", findings.key(&HOW))
                .arg("delay", findings.key(&DELAY))
        };
        if how.is_none() {
            findings.push(spelt(findings.missing(Rule::Q1_07), findings));
        }
        match delay {
            None => findings.push(spelt(findings.missing(Rule::Q1_08), findings)),
            Some(_) if !own.delay.as_deref().or(site.delay.as_deref()).is_some_and(tells_delay) => {
                let words = own.delay.as_deref().or(site.delay.as_deref()).unwrap_or_default();
                let place = Place::Field(vec![ACCESS_KEY.step(), DELAY.step()], Part::Value);
                // What all sheets inherit is told where it stands, and so once.
                let unclear = match own.delay {
                    Some(_) => findings.at(Rule::Q1_08, place),
                    None => Diagnostic::new(Code::Rule(Rule::Q1_08), &ContentPath::new(CONFIG_PATH), place),
                };
                let unclear = spelt(unclear, findings).arg("value", words);
                findings.push(unclear.message("message-unclear").help("help-unclear"));
            }
            Some(_) => {}
        }
    }

    pub(super) fn contacts(&self, sheet: &mut Sheet, findings: &mut Findings<'_>) {
        let (own, site) = (&self.module.matter().contacts, &self.subject.site.config.contacts);
        let can_be_reached = |contacts: &[Contact]| contacts.iter().any(is_reachable);
        let where_ = met(can_be_reached(own), can_be_reached(site));
        sheet.note(Item::Contacts, where_);
        self.missing_unless(where_.is_some(), Rule::Q1_13, &CONTACTS_KEY, findings);
        // Where nobody at all can be reached, or nobody has the role, that is told already, and once.
        let is_told = where_.is_none() || !has_contact(self.subject.site, &ContactRole::Disability);
        let for_disabled =
            own.iter().chain(site).any(|one| one.role == Some(ContactRole::Disability) && is_reachable(one));
        self.missing_unless(is_told || for_disabled, Rule::Q1_17, &CONTACTS_KEY, findings);
    }

    pub(super) fn methods(&self, sheet: &mut Sheet, findings: &mut Findings<'_>) {
        let is_said = self.says(SectionKind::Methods) || self.says(SectionKind::Means);
        sheet.note(Item::Methods, met(is_said, false));
        self.missing_unless(is_said, Rule::Q1_14, &keys::METHODS, findings);
    }

    pub(super) fn assessment(&self, sheet: &mut Sheet, findings: &mut Findings<'_>) {
        let is_said = self.says(SectionKind::Assessment);
        sheet.note(Item::Assessment, met(is_said, false));
        self.missing_unless(is_said, Rule::Q1_15, &keys::ASSESSMENT, findings);
    }

    pub(super) fn accessibility(&self, sheet: &mut Sheet, findings: &mut Findings<'_>) {
        let config = self.subject.site.config;
        let where_ = met(self.module.matter().accessibility.is_some(), config.accessibility.is_some());
        sheet.note(Item::Accessibility, where_);
        self.missing_unless(where_.is_some(), Rule::Q1_16, &keys::ACCESSIBILITY, findings);
    }

    pub(super) fn programme(&self, findings: &mut Findings<'_>) {
        self.missing_unless(self.says(SectionKind::Programme), Rule::Q1_21, &keys::PROGRAMME, findings);
    }

    pub(super) fn audience(&self, findings: &mut Findings<'_>) {
        let matter = self.module.matter();
        let is_said = !matter.audiences.is_empty() || matter.audience_text.is_some();
        let is_said = is_said || self.says(SectionKind::Audience);
        self.missing_unless(is_said, Rule::Q1_22, &keys::AUDIENCES, findings);
    }

    /// Whether the sheet says something about `kind`.
    pub(super) fn says(&self, kind: SectionKind) -> bool {
        says(self.module.matter(), self.body, kind)
    }

    /// Tells that something is missing, with the key under which it belongs.
    pub(super) fn missing_unless(&self, is_said: bool, rule: Rule, key: &'static Key, findings: &mut Findings<'_>) {
        if !is_said {
            findings.push(findings.missing(rule).arg("key", findings.key(key)));
        }
    }
}

/// Whether a duration gives hours or days, or the hours of a meeting with how their number is set.
fn is_measured(duration: &Duration) -> bool {
    let by_meeting = duration.meetings.as_ref().is_some_and(|meetings| {
        let is_counted = meetings.count.is_some() || meetings.min.is_some() || meetings.frequency.is_some();
        meetings.hours_each.is_some() && (is_counted || duration.text.is_some())
    });
    duration.hours.is_some() || duration.days.is_some() || by_meeting
}

/// Whether one can write to a contact or call it.
fn is_reachable(contact: &Contact) -> bool {
    let is_said = |text: &Option<String>| text.as_ref().is_some_and(|text| !text.trim().is_empty());
    is_said(&contact.email) || is_said(&contact.phone)
}
