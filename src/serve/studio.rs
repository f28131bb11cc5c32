//! [`Studio`]: a thread that has a site set out before it, and draws from it what others ask for.
//!
//! What pages are drawn from refers to the blueprint everywhere, so both live on the stack of one thread, for as long as
//! somebody asks. The drawing itself is done on all cores.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, OnceLock};

use crate::pipeline::{Blueprint, Board};

/// Work that is done before the boards.
type Job = Box<dyn for<'a> FnOnce(&Boards<'a>) + Send>;

/// A site that is set out. It is put away when nobody holds its studio any more.
#[derive(Debug)]
pub(super) struct Studio {
    jobs: Sender<Job>,
}

/// The boards of a site: its own, and one with the look that stands in.
pub(super) struct Boards<'a> {
    pub(super) blueprint: &'a Blueprint,
    pub(super) own: Board<'a>,
    stand_in: OnceLock<Board<'a>>,
}

impl<'a> Boards<'a> {
    fn new(blueprint: &'a Blueprint) -> Self {
        Self { blueprint, own: Board::new(blueprint, &blueprint.look.value), stand_in: OnceLock::new() }
    }

    /// The board with the look that stands in, if there is one.
    pub(super) fn stand_in(&self) -> Option<&Board<'a>> {
        let look = self.blueprint.stand_in.as_ref()?;
        Some(self.stand_in.get_or_init(|| Board::new(self.blueprint, look.theme())))
    }
}

impl Studio {
    /// Sets a site out.
    pub(super) fn open(blueprint: Arc<Blueprint>) -> Self {
        let (jobs, asked) = channel();
        // Without a thread nobody answers, and whoever asks is told so.
        let _ = std::thread::Builder::new().name("studio".to_owned()).spawn(move || work(&blueprint, &asked));
        Self { jobs }
    }

    /// Has something made before the boards; none when that failed.
    pub(super) fn ask<T: Send + 'static>(
        &self,
        make: impl for<'a> FnOnce(&Boards<'a>) -> T + Send + 'static,
    ) -> Receiver<T> {
        let (made, answer) = channel();
        let job: Job = Box::new(move |boards| {
            // Whoever asked may be gone.
            let _ = made.send(make(boards));
        });
        let _ = self.jobs.send(job);
        answer
    }
}

fn work(blueprint: &Blueprint, asked: &Receiver<Job>) {
    let boards = Boards::new(blueprint);
    let boards = &boards;
    rayon::in_place_scope(|scope| {
        while let Ok(job) = asked.recv() {
            // One page that cannot be drawn is no reason to stop showing the others.
            scope.spawn(move |_| drop(catch_unwind(AssertUnwindSafe(|| job(boards)))));
        }
    });
}
