//! What the walk must know before it comes there.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::writer::Writer;

impl Writer<'_> {
    /// Looks ahead: ids and notes that are named before they are met, and tags that have their end.
    pub(super) fn survey(&mut self, events: &[(Event<'_>, Range<usize>)]) {
        let (mut opened, mut closed) = (0_usize, 0_usize);
        for (index, (event, _)) in events.iter().enumerate() {
            match event {
                Event::Start(Tag::Heading { id: Some(id), .. }) => self.ids.promise(id),
                Event::Start(Tag::FootnoteDefinition(label)) => self.notes.expect(label),
                Event::Html(html) | Event::InlineHtml(html) => {
                    let html = html.to_ascii_lowercase();
                    opened += html.matches("<details").count();
                    closed += html.matches("</details").count();
                    if html.contains("</script") || html.contains("</style") {
                        self.last_unmute = index;
                    }
                }
                _ => {}
            }
        }
        self.details_balanced = opened == closed;
    }
}
