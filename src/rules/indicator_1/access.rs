//! How one enrols and how long that takes (Q1-07, Q1-08).

use crate::diagnostic::{Diagnostic, Part, Place, Rule};
use crate::entry::{ACCESS_KEY, DELAY_KEY, HOW_KEY};
use crate::rules::facts::{met, trainings};
use crate::rules::said::Heading;
use crate::rules::sheet::Item;
use crate::rules::{Site, settings};
use crate::value::names_delay;

use super::Look;

impl Look<'_, '_> {
    pub(super) fn access(&mut self) {
        let (own, site) = (&self.words.matter.access, &self.subject.site.config.access);
        let told = self.words.under(Heading::Access);
        let own_how = own.how.is_some() || told.is_some();
        // "Inscription en ligne, réponse sous 48 h" says both.
        let in_words = [own.how.as_deref(), told.as_deref()].into_iter().flatten().any(names_delay);
        let own_delay = own.delay.as_deref().map_or(in_words, names_delay);
        let site_delay = site.delay.as_deref().is_some_and(names_delay);
        let has_how = own_how || site.how.is_some();
        let has_delay = own_delay || own.delay.is_none() && site_delay;
        self.sheet.note(Item::Access, met(own_how && own_delay, has_how && has_delay));
        if !has_how {
            let place = Place::Field(vec![ACCESS_KEY.step(), HOW_KEY.step()], Part::Key);
            self.findings.push(self.spelt(self.findings.at(Rule::Q1_07, place)));
        }
        match &own.delay {
            Some(delay) if !own_delay => {
                let place = Place::Field(vec![ACCESS_KEY.step(), DELAY_KEY.step()], Part::Value);
                let finding = self.spelt(self.findings.at(Rule::Q1_08, place)).arg("written", delay);
                self.findings.push(finding.message("message-no-period").help("help-no-period"));
            }
            // One that the settings say badly is told there, once.
            None if !has_delay && site.delay.is_none() => {
                let place = Place::Field(vec![ACCESS_KEY.step(), DELAY_KEY.step()], Part::Key);
                self.findings.push(self.spelt(self.findings.at(Rule::Q1_08, place)));
            }
            _ => {}
        }
    }

    fn spelt(&self, finding: Diagnostic) -> Diagnostic {
        let key = |key| self.findings.key(key);
        finding.arg("key", key(&ACCESS_KEY)).arg("how", key(&HOW_KEY)).arg("delay", key(&DELAY_KEY))
    }
}

/// A delay in the settings that holds no period, if some training inherits it.
pub(super) fn check_settings(site: Site<'_>) -> Option<Diagnostic> {
    let delay = site.config.access.delay.as_ref().filter(|delay| !names_delay(delay))?;
    trainings(site.catalogue).find(|module| module.matter().access.delay.is_none())?;
    let finding = settings::about(Rule::Q1_08, &[&ACCESS_KEY, &DELAY_KEY]);
    let finding = finding.message("message-no-period").help("help-no-period").arg("written", delay);
    Some(finding.arg("delay", settings::key(site.config, &DELAY_KEY)))
}
