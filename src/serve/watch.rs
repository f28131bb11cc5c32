//! What wakes a preview: events of the file system, the clock, and the end.
//!
//! An event says no more than that it is time to look. What changed is learnt from the files, so that an event that is
//! lost, doubled or wrong does no harm. And where none comes, as on many network drives, looking now and then finds the
//! change all the same.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use notify::event::{EventKind, ModifyKind};
use notify::{RecommendedWatcher, RecursiveMode, Watcher};

use crate::source::{is_debris, is_read_in_root};

/// So long nothing may happen before files are looked at: editors save in several steps.
const QUIET: Duration = Duration::from_millis(4);
/// The same after many events at once, such as those of a change of branch, which come with gaps.
const QUIET_AFTER_STORM: Duration = Duration::from_millis(60);
/// So many events are a storm.
const STORM: usize = 24;
/// Events that never end keep nobody waiting for longer.
const LONGEST_STORM: Duration = Duration::from_secs(3);

/// Why a preview is woken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// Something happened to files; folders among these may be gone.
    Changed(BTreeSet<PathBuf>),
    /// Nothing happened for a while.
    Tick,
    /// The program is to end.
    Stop,
}

#[derive(Debug)]
enum Signal {
    Touched { gone: Vec<PathBuf> },
    Stop,
}

/// Where a preview waits.
#[derive(Debug)]
pub struct Waker {
    signals: Receiver<Signal>,
    sender: Sender<Signal>,
    is_over: Arc<AtomicBool>,
}

impl Default for Waker {
    fn default() -> Self {
        let (sender, signals) = channel();
        Self { signals, sender, is_over: Arc::default() }
    }
}

impl Waker {
    /// Is true as soon as something has happened that the preview was not yet told.
    pub fn is_over(&self) -> &Arc<AtomicBool> {
        &self.is_over
    }

    /// What wakes the preview for good.
    pub fn stopper(&self) -> impl Fn() + Send + Sync + 'static {
        let (sender, is_over) = (self.sender.clone(), self.is_over.clone());
        move || {
            is_over.store(true, Ordering::SeqCst);
            let _ = sender.send(Signal::Stop);
        }
    }

    /// Waits until something happens and is over, at most so long.
    pub fn next(&self, at_most: Duration) -> Notice {
        let mut gone = BTreeSet::new();
        let mut n_events = 0;
        let mut began: Option<Instant> = None;
        loop {
            let patience = match began {
                None => at_most,
                Some(began) if began.elapsed() > LONGEST_STORM => Duration::ZERO,
                Some(_) if n_events > STORM => QUIET_AFTER_STORM,
                Some(_) => QUIET,
            };
            match self.signals.recv_timeout(patience) {
                Ok(Signal::Stop) | Err(RecvTimeoutError::Disconnected) => return Notice::Stop,
                Ok(Signal::Touched { gone: more }) => {
                    began.get_or_insert_with(Instant::now);
                    n_events += 1;
                    gone.extend(more);
                }
                Err(RecvTimeoutError::Timeout) if began.is_none() => return Notice::Tick,
                Err(RecvTimeoutError::Timeout) => {
                    // What happens from now on is not looked at yet.
                    self.is_over.store(false, Ordering::SeqCst);
                    return Notice::Changed(gone);
                }
            }
        }
    }
}

/// The folders that are watched.
pub struct Watching {
    watcher: RecommendedWatcher,
    folders: BTreeSet<PathBuf>,
}

impl std::fmt::Debug for Watching {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Watching").field("folders", &self.folders).finish_non_exhaustive()
    }
}

impl Watching {
    /// Begins to watch the site in `root`, nothing of it yet. `touched` is called at each event, at once.
    ///
    /// # Errors
    /// When the platform gives no events.
    pub fn begin(waker: &Waker, root: PathBuf, touched: impl Fn() + Send + 'static) -> Result<Self, notify::Error> {
        let (sender, is_over) = (waker.sender.clone(), waker.is_over.clone());
        let handler = move |event: notify::Result<notify::Event>| {
            let gone = match event {
                Ok(event) if !is_telling(&event, &root) => return,
                Ok(event) => {
                    if may_be_gone(&event.kind) {
                        event.paths
                    } else {
                        Vec::new()
                    }
                }
                // Events were lost: all the more reason to look.
                Err(_) => Vec::new(),
            };
            is_over.store(true, Ordering::SeqCst);
            touched();
            let _ = sender.send(Signal::Touched { gone });
        };
        // Links are followed by the scan, which knows where they may lead.
        let settings = notify::Config::default().with_follow_symlinks(false);
        Ok(Self { watcher: RecommendedWatcher::new(handler, settings)?, folders: BTreeSet::new() })
    }

    /// Watches just these folders. True when some of them were not watched before: what happened in them meanwhile was
    /// not told.
    ///
    /// # Errors
    /// When the system refuses, as when it watches too many already; then this is of no more use.
    pub fn set(&mut self, folders: &BTreeSet<PathBuf>) -> Result<bool, notify::Error> {
        let mut is_new = false;
        for folder in self.folders.difference(folders) {
            let _ = self.watcher.unwatch(folder);
        }
        self.folders.retain(|folder| folders.contains(folder));
        for folder in folders {
            if self.folders.contains(folder) {
                continue;
            }
            match self.watcher.watch(folder, RecursiveMode::NonRecursive) {
                Ok(()) => {
                    is_new = true;
                    self.folders.insert(folder.clone());
                }
                // It has gone again; the next look will not find it.
                Err(error) if is_absence(&error) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(is_new)
    }

    /// Watches nothing for now.
    pub fn forget_all(&mut self) {
        for folder in &self.folders {
            let _ = self.watcher.unwatch(folder);
        }
        self.folders.clear();
    }

    /// Forgets folders that may have gone, with all below them: another one of the name is not watched by that.
    pub fn forget(&mut self, gone: &BTreeSet<PathBuf>) {
        for path in gone {
            let below: Vec<PathBuf> = self.folders.iter().filter(|folder| folder.starts_with(path)).cloned().collect();
            for folder in below {
                let _ = self.watcher.unwatch(&folder);
                self.folders.remove(&folder);
            }
        }
    }
}

fn is_absence(error: &notify::Error) -> bool {
    match &error.kind {
        notify::ErrorKind::PathNotFound | notify::ErrorKind::WatchNotFound => true,
        notify::ErrorKind::Io(error) => error.kind() == std::io::ErrorKind::NotFound,
        _ => false,
    }
}

/// Whether an event is a reason to look: not that a file was read, nor the debris of an editor.
fn is_telling(event: &notify::Event, root: &Path) -> bool {
    // In the site's own folder much may happen that is none of ours.
    let is_ours = |path: &PathBuf| {
        let is_read = || path.file_name().and_then(|name| name.to_str()).is_some_and(is_read_in_root);
        !is_debris(path) && (path.parent() != Some(root) || is_read())
    };
    event.need_rescan() || !event.kind.is_access() && (event.paths.is_empty() || event.paths.iter().any(is_ours))
}

fn may_be_gone(kind: &EventKind) -> bool {
    matches!(kind, EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)) | EventKind::Any | EventKind::Other)
}
