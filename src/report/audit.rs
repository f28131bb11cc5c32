//! [`Audit`]: everything that a report for people is made of, beside what the site itself knows.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::content_path::ContentPath;
use crate::register::Changes;
use crate::rules::Assessment;
use crate::value::Date;

use super::Found;
use super::overview::Overview;

/// The day on which each file was last changed, as the history of the site's folder says.
pub type History = BTreeMap<ContentPath, Date>;

/// What was found on one day, with its places.
#[derive(Clone, Debug, Default)]
pub struct Audit {
    /// What the rules say of each sheet; none where they were not looked at.
    pub assessment: Option<Arc<Assessment>>,
    /// What was found, in order.
    pub found: Vec<Found>,
    /// What is another since the last published site, for a report that is not published itself.
    pub changes: Option<Arc<Changes>>,
    /// When files were last changed, as far as that is known.
    pub history: Arc<History>,
}

impl Audit {
    /// What was found, by sheets.
    pub fn overview(&self) -> Overview<'_> {
        match &self.assessment {
            Some(assessment) => Overview::new(assessment, &self.found),
            None => Overview { sheets: Vec::new(), elsewhere: self.found.iter().collect() },
        }
    }
}
