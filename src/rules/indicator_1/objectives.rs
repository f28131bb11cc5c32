//! Objectives: that there are some, and that each can be seen reached (Q1-02, Q1-03).

use crate::diagnostic::Rule;
use crate::document::objective::judge;
use crate::document::{SectionKind, module_keys as keys};

use crate::rules::finding::said_by;
use crate::rules::sheet::Item;

use super::Look;

impl Look<'_, '_> {
    /// Objectives that stand in the text were looked at while it was read.
    pub(super) fn objectives(&mut self) {
        let is_said = self.words.says(SectionKind::Objectives);
        self.require(Item::Objectives, is_said, Rule::Q1_02, &keys::OBJECTIVES);
        let items = self.words.matter.sections.iter().flat_map(|section| &section.items);
        for item in items {
            if let Some(slip) = judge(&item.value) {
                // The remark has the words; its place is that of the item.
                let remark = slip.remark(0..0);
                let finding = self.findings.at(Rule::Q1_03, item.place.clone());
                self.findings.push(said_by(&remark, finding));
            }
        }
    }
}
