//! The sitemap, by `quick-xml` (protocol of sitemaps.org, version 0.9).

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use crate::output::Output;
use crate::view::sitemap::SitemapView;

pub(super) fn render(view: &SitemapView) -> Option<Output> {
    write(view).ok().map(Output::new)
}

fn write(view: &SitemapView) -> std::io::Result<Vec<u8>> {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 1);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let root = BytesStart::new("urlset").with_attributes([("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9")]);
    writer.write_event(Event::Start(root))?;
    for entry in &view.entries {
        writer.write_event(Event::Start(BytesStart::new("url")))?;
        writer.create_element("loc").write_text_content(BytesText::new(&entry.location))?;
        if let Some(modified) = &entry.modified {
            writer.create_element("lastmod").write_text_content(BytesText::new(modified))?;
        }
        writer.write_event(Event::End(BytesEnd::new("url")))?;
    }
    writer.write_event(Event::End(BytesEnd::new("urlset")))?;
    let mut bytes = writer.into_inner();
    bytes.push(b'\n');
    Ok(bytes)
}
