//! When a sheet was last looked over: that it says so, not long ago, and not in the future (Q1-18, Q1-19, Q1-20).

use jiff::ToSpan;

use crate::diagnostic::Rule;
use crate::document::module_keys as keys;

use super::Look;

impl Look<'_, '_> {
    pub(super) fn currency(&mut self) {
        let today = self.subject.site.catalogue.edition.today;
        let months = self.subject.site.config.rules.updated_months;
        let Some(updated) = self.words.matter.updated else {
            let finding = self.findings.unsaid(Rule::Q1_18, &keys::UPDATED);
            self.findings.push(finding.arg("today", today.to_string()));
            return;
        };
        let rule = if updated > today {
            Rule::Q1_20
        } else if today.checked_sub(i64::from(months).months()).is_ok_and(|limit| updated < limit) {
            Rule::Q1_19
        } else {
            return;
        };
        let finding = self.findings.about(rule, &keys::UPDATED).arg("updated", updated.to_string());
        self.findings.push(finding.arg("today", today.to_string()).arg("months", months.to_string()));
    }
}
