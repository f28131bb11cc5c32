//! [`Outlet`]: where the outputs of a run go, one by one, as they are made.
//!
//! A run does not hold the site that it makes: a large one would not fit, and writing can begin while other pages are
//! still drawn. It hands each output on and forgets it. What becomes of it is the outlet's matter: a
//! [`Publication`](super::Publication) writes it down, [`Gathered`] keeps it in memory.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::hash::Fingerprint;
use crate::output::{Output, Site};

/// What is known of a site before it is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing was found so far that keeps it from being published.
    Publishable,
    /// It will not be published; what is still drawn is drawn for what may be found on the way.
    Stopped,
}

/// What receives the outputs of a run.
pub trait Outlet: Sync {
    /// What the run noted that made what stands there already, if that run had the same inputs and all that it made
    /// still stands there, byte for byte. Then nothing need be made again.
    fn remembered(&self, _inputs: &Fingerprint) -> Option<serde_json::Value> {
        None
    }

    /// Is told every path before the first output, and whether the site can still be published.
    fn open(&mut self, paths: &[Arc<str>], verdict: Verdict);

    /// Takes an output; called from many threads. What goes wrong is told when the outlet is closed.
    fn put(&self, path: &Arc<str>, output: &Output);
}

/// An outlet that keeps all outputs in memory.
#[derive(Debug, Default)]
pub struct Gathered(Mutex<BTreeMap<Arc<str>, Output>>);

impl Gathered {
    /// Everything that was handed over.
    pub fn into_site(self) -> Site {
        Site { outputs: self.0.into_inner().unwrap_or_else(PoisonError::into_inner) }
    }
}

impl Outlet for Gathered {
    fn open(&mut self, _paths: &[Arc<str>], _verdict: Verdict) {}

    fn put(&self, path: &Arc<str>, output: &Output) {
        // A thread that panicked has left no half entry.
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(path.clone(), output.clone());
    }
}

/// An outlet that forgets what it is given: for a run of which only the diagnostics are wanted.
#[derive(Clone, Copy, Debug, Default)]
pub struct Nowhere;

impl Outlet for Nowhere {
    fn open(&mut self, _paths: &[Arc<str>], _verdict: Verdict) {}

    fn put(&self, _path: &Arc<str>, _output: &Output) {}
}
