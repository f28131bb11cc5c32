//! Files that documents name: pictures, and documents to fetch with what a visitor gets.

use crate::catalogue::FileInfo;
use crate::entry::{DocumentEntry, ImageEntry};
use crate::route::{Destination, Route, SitePath, is_harmless};
use crate::source::ContentPath;

use super::desk::Desk;
use super::parts::{DocumentLink, Image};

impl<'a> Desk<'a> {
    /// The file that front matter names, with its address.
    pub fn file(&self, target: &str, file: &ContentPath) -> Option<(String, Option<&'a FileInfo>)> {
        let Some(Destination::Site(path, _)) = self.table.follow(file, &Route::Home, target) else { return None };
        let info = self.file_at(&path);
        Some((self.table.written(&path), info))
    }

    fn file_at(&self, path: &SitePath) -> Option<&'a FileInfo> {
        match self.table.route_at(path)? {
            Route::File(source) => self.catalogue.files.get(source),
            _ => None,
        }
    }

    /// A picture of the front matter; none when its file is missing.
    pub fn image(&self, image: &ImageEntry, file: &ContentPath) -> Option<Image> {
        let (url, info) = self.file(&image.file.value, file)?;
        let (width, height) = info.and_then(|info| info.dimensions).unzip();
        Some(Image { url, alt: self.tidy(&image.alt), credit: self.tidy_option(image.credit.as_ref()), width, height })
    }

    /// A document to fetch, with what the visitor gets: format, size, date, publisher.
    pub fn document(&self, entry: &DocumentEntry, file: &ContentPath) -> Option<DocumentLink> {
        let named = entry.file.as_ref().map(|named| named.value.as_str());
        let found = named.and_then(|target| self.file(target, file));
        let target = named.or(entry.url.as_ref().map(|url| url.value.as_str())).filter(|target| is_harmless(target))?;
        let name = target.split(['?', '#']).next().unwrap_or_default().rsplit('/').next().unwrap_or_default();
        let title = entry.title.as_deref().unwrap_or(name);
        let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_uppercase());
        let format = entry.format.clone().or_else(|| extension.filter(|e| e.len() <= 4 && found.is_some()));
        let size = found.as_ref().and_then(|(_, info)| *info).map(|info| self.size(info.len));
        let what: Vec<String> = [format, size.or_else(|| entry.size.clone())].into_iter().flatten().collect();
        let mut details: Vec<String> = Vec::new();
        if !what.is_empty() {
            details.push(what.join(", "));
        }
        details.extend(entry.date.map(|date| self.date(date).text));
        details.extend(self.tidy_option(entry.publisher.as_ref()));
        details.extend(entry.lang.as_ref().filter(|lang| *lang != self.config.lang.code()).cloned());
        let (url, href) = match found {
            Some((url, _)) => (Some(url), None),
            None => (None, Some(target.to_owned())),
        };
        Some(DocumentLink { title: self.tidy(title), url, href, details: details.join(" · ") })
    }

    /// A size in words: "240 Ko".
    fn size(&self, bytes: u64) -> String {
        let (value, unit) = match bytes {
            0..1_000 => (bytes.to_string(), "unit_bytes"),
            1_000..1_000_000 => ((bytes.div_ceil(1_000)).to_string(), "unit_kb"),
            _ => {
                let tenths = (bytes + 50_000) / 100_000;
                let point = if self.config.lang == crate::lang::Lang::French { "," } else { "." };
                (format!("{}{point}{}", tenths / 10, tenths % 10), "unit_mb")
            }
        };
        format!("{value}\u{A0}{}", self.word(unit))
    }
}
