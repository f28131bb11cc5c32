//! What is sent for bytes: type, tag, a part of them, or that they are as they were (RFC 9110).

use std::ops::Bound;
use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use headers::{AcceptRanges, ContentRange, ETag, HeaderMapExt, IfNoneMatch, IfRange, Range};

use crate::hash::ContentHash;

/// What is sent.
pub(super) struct Sent {
    pub(super) status: StatusCode,
    pub(super) media_type: String,
    pub(super) bytes: Bytes,
}

impl Sent {
    /// Bytes that are shared with the site.
    pub(super) fn shared(media_type: String, bytes: Arc<[u8]>) -> Self {
        Self { status: StatusCode::OK, media_type, bytes: Bytes::from_owner(bytes) }
    }

    /// The answer to a request with these headers.
    pub(super) fn answer(self, asked: &HeaderMap) -> Response {
        let mut headers = HeaderMap::new();
        if let Ok(media_type) = HeaderValue::from_str(&self.media_type) {
            headers.insert(header::CONTENT_TYPE, media_type);
        }
        // Kept, but asked for each time: what is shown is never old, and what is the same is not sent again.
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        if self.status != StatusCode::OK {
            return (self.status, headers, Body::from(self.bytes)).into_response();
        }
        let tag: Option<ETag> = format!("\"{}\"", ContentHash::of(&self.bytes)).parse().ok();
        if let Some(tag) = &tag {
            headers.typed_insert(tag.clone());
            if asked.typed_get::<IfNoneMatch>().is_some_and(|known| !known.precondition_passes(tag)) {
                return (StatusCode::NOT_MODIFIED, headers).into_response();
            }
        }
        headers.typed_insert(AcceptRanges::bytes());
        let is_same = |condition: IfRange| tag.as_ref().is_some_and(|tag| !condition.is_modified(Some(tag), None));
        let range = asked.typed_get::<Range>().filter(|_| asked.typed_get::<IfRange>().is_none_or(is_same));
        match range.and_then(|range| wanted(&range, self.bytes.len() as u64)) {
            Some(Some((start, end))) => {
                let part = usize::try_from(start).ok().zip(usize::try_from(end).ok());
                let part =
                    part.and_then(|(start, end)| self.bytes.get(start..end)).map(|part| self.bytes.slice_ref(part));
                if let Ok(range) = ContentRange::bytes(start..end, self.bytes.len() as u64) {
                    headers.typed_insert(range);
                }
                (StatusCode::PARTIAL_CONTENT, headers, Body::from(part.unwrap_or_default())).into_response()
            }
            Some(None) => {
                headers.typed_insert(ContentRange::unsatisfied_bytes(self.bytes.len() as u64));
                (StatusCode::RANGE_NOT_SATISFIABLE, headers).into_response()
            }
            None => (StatusCode::OK, headers, Body::from(self.bytes)).into_response(),
        }
    }
}

/// The one part that is wanted, from and up to; nothing inside when there is no such part. Of several parts, all is sent,
/// as a server may.
fn wanted(range: &Range, len: u64) -> Option<Option<(u64, u64)>> {
    let asked: Vec<_> = range.satisfiable_ranges(len).collect();
    let (start, end) = match asked.as_slice() {
        [] => return Some(None),
        [one] => *one,
        _ => return None,
    };
    let start = match start {
        Bound::Included(start) => start,
        Bound::Excluded(start) => start + 1,
        Bound::Unbounded => 0,
    };
    let end = match end {
        Bound::Included(end) => end.saturating_add(1),
        Bound::Excluded(end) => end,
        Bound::Unbounded => len,
    };
    let end = end.min(len);
    Some((start < end).then_some((start, end)))
}

/// The media type of a file, by its name. Texts are UTF-8.
pub(super) fn media_type(name: &str) -> String {
    let kind = mime_guess::from_path(name).first_or_octet_stream();
    let is_text = kind.type_() == mime_guess::mime::TEXT
        || ["javascript", "json", "xml"].contains(&kind.subtype().as_str())
        || kind.suffix().is_some_and(|suffix| suffix == "xml" || suffix == "json");
    if is_text { format!("{}; charset=utf-8", kind.essence_str()) } else { kind.to_string() }
}

/// Whether anybody but a reader asks: only reading is answered.
pub(super) fn reads(method: &Method) -> bool {
    *method == Method::GET || *method == Method::HEAD
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_have_the_type_of_their_name() {
        for (name, media) in [
            ("index.html", "text/html; charset=utf-8"),
            ("theme-0.css", "text/css; charset=utf-8"),
            ("site.js", "text/javascript; charset=utf-8"),
            ("flux.atom", "application/atom+xml; charset=utf-8"),
            ("a.woff2", "font/woff2"),
            ("a.svg", "image/svg+xml; charset=utf-8"),
            ("a.pdf", "application/pdf"),
            ("a.webp", "image/webp"),
            ("robots.txt", "text/plain; charset=utf-8"),
            ("sessions.ics", "text/calendar; charset=utf-8"),
            ("x", "application/octet-stream"),
        ] {
            assert_eq!(media_type(name), media, "{name}");
        }
    }

    fn ask(headers: &[(header::HeaderName, &str)]) -> (StatusCode, Option<String>) {
        let sent = Sent::shared("text/plain".to_owned(), b"0123456789".as_slice().into());
        let asked = headers.iter().map(|(name, value)| (name.clone(), value.parse().expect("a value"))).collect();
        let answer = sent.answer(&asked);
        let range = answer.headers().get(header::CONTENT_RANGE).map(|range| range.to_str().expect("text").to_owned());
        (answer.status(), range)
    }

    #[test]
    fn a_part_is_sent_where_one_is_asked_for() {
        let range = |text: &'static str| ask(&[(header::RANGE, text)]);
        let part = |text: &str| (StatusCode::PARTIAL_CONTENT, Some(text.to_owned()));
        assert_eq!(range("bytes=0-3"), part("bytes 0-3/10"));
        assert_eq!(range("bytes=8-"), part("bytes 8-9/10"));
        assert_eq!(range("bytes=-2"), part("bytes 8-9/10"));
        assert_eq!(range("bytes=2-900"), part("bytes 2-9/10"));
        assert_eq!(range("bytes=10-"), (StatusCode::RANGE_NOT_SATISFIABLE, Some("bytes */10".to_owned())));
        assert_eq!(range("bytes=0-1,3-4"), (StatusCode::OK, None));
        assert_eq!(range("lines=0-1"), (StatusCode::OK, None));
    }

    #[test]
    fn what_is_known_is_not_sent_again() {
        let tag = format!("\"{}\"", ContentHash::of(b"0123456789"));
        assert_eq!(ask(&[(header::IF_NONE_MATCH, &tag)]).0, StatusCode::NOT_MODIFIED);
        assert_eq!(ask(&[(header::IF_NONE_MATCH, "\"other\"")]).0, StatusCode::OK);
        assert_eq!(ask(&[(header::IF_RANGE, &tag), (header::RANGE, "bytes=0-3")]).0, StatusCode::PARTIAL_CONTENT);
        assert_eq!(ask(&[(header::IF_RANGE, "\"other\""), (header::RANGE, "bytes=0-3")]).0, StatusCode::OK);
    }
}
