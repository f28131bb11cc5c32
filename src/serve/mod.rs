//! The preview: a site that is drawn as it is asked for, and follows its sources.
//!
//! ```text
//! watch → Preview::follow (scan, prepare) → Scene → http answers, reload tells browsers
//! ```
//!
//! There is no second path: [`Preview::follow`] runs the stages of a build up to the addresses, with a memo, and a page
//! is drawn by the very functions that a build calls for it. A scene is the site of one moment. It is
//! never changed: a new one takes its place, and whoever still draws from the old one draws what that showed.
//!
//! Nothing here writes to the disk, and no address leads to it: what is served is in memory.

mod answer;
mod http;
mod preview;
mod problems;
mod reload;
mod scene;
mod studio;
mod watch;

pub use http::{Gate, Server, ServerError};
pub use preview::{Followed, Preview, Work};
pub use problems::Problems;
pub use watch::{Notice, Waker, Watching};
