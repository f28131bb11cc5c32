//! What pages load from other hosts (PR-01): whoever opens them is known there, without having been asked.
//!
//! Told here: pictures in texts. What raw HTML loads is noted while texts are read, and what the look adds is found in
//! the finished pages ([`crate::render`]).

use std::collections::BTreeSet;

use crate::config::{Config, keys};
use crate::content_path::ContentPath;
use crate::diagnostic::{Code, Diagnostic, Place, Rule};
use crate::document::{Bodies, Body, LinkKind};
use crate::loads::{self, host_of};

use super::facts::Subject;
use super::finding::Findings;

/// Looks at the pictures of a text.
pub(super) fn check(subject: &Subject<'_>, body: &Body, findings: &mut Findings<'_>) {
    for link in body.links.iter().filter(|link| link.kind == LinkKind::Image) {
        if let Some(host) = host_of(&link.target).filter(|host| !is_allowed(host, subject.site.config)) {
            let finding = findings.at(Rule::Pr01, Place::Span(link.span.clone()));
            findings.push(named(finding.arg("url", &link.target).arg("host", host), subject.site.config));
        }
    }
}

/// Of what finished pages load from other hosts, what the look brings in: what a text brings in is told there, and
/// what the site allows is not told at all.
pub fn of_look(found: Vec<Diagnostic>, bodies: &Bodies, config: &Config) -> Vec<Diagnostic> {
    if found.is_empty() {
        return Vec::new();
    }
    let pictures = bodies.iter().flat_map(|body| &body.links).filter(|link| link.kind == LinkKind::Image);
    let remarks = bodies.iter().flat_map(|body| &body.remarks).filter(|remark| remark.rule == Rule::Pr01);
    let told: BTreeSet<&str> =
        pictures.map(|link| link.target.trim()).chain(remarks.filter_map(|one| arg(&one.args, "url"))).collect();
    let is_told = |one: &Diagnostic| arg(&one.args, "url").is_some_and(|url| told.contains(url));
    let is_allowed = |one: &Diagnostic| arg(&one.args, "host").is_some_and(|host| is_allowed(host, config));
    found.into_iter().filter(|one| !is_told(one) && !is_allowed(one)).map(|one| named(one, config)).collect()
}

/// What the style sheets of the site's own load from other hosts.
pub fn of_styles<'a>(sheets: impl Iterator<Item = (&'a ContentPath, &'a [u8])>, config: &Config) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (path, bytes) in sheets {
        let Ok(text) = std::str::from_utf8(bytes) else { continue };
        let is_foreign = |url: &String| host_of(url).is_some_and(|host| !is_allowed(&host, config));
        for url in loads::of_styles(text).into_iter().filter(is_foreign) {
            let at = text.find(&url).unwrap_or_default();
            let finding = Diagnostic::new(Code::Rule(Rule::Pr01), path, Place::Span(at..at + url.len()));
            let finding = finding.message("message-styles").help("help-look");
            found.push(named(finding.arg("host", host_of(&url).unwrap_or_default()).arg("url", url), config));
        }
    }
    found
}

fn arg<'a>(args: &'a [(&'static str, String)], wanted: &str) -> Option<&'a str> {
    args.iter().find(|(name, _)| *name == wanted).map(|(_, value)| value.as_str())
}

/// Adds the key under which hosts are allowed.
pub(super) fn named(finding: Diagnostic, config: &Config) -> Diagnostic {
    finding.arg("hosts_key", super::settings::key(config, &keys::ALLOWED_HOSTS))
}

/// Whether the site may load something from a host: it is named, or it is the site's own.
pub(crate) fn is_allowed(host: &str, config: &Config) -> bool {
    let own = config.base_url.as_ref().and_then(|base| host_of(base.as_str()));
    let named = config.allowed_hosts.iter().map(|one| host_of(one).unwrap_or_else(|| one.trim().to_lowercase()));
    own.into_iter().chain(named).any(|allowed| match allowed.strip_prefix("*.") {
        Some(above) => host.strip_suffix(above).is_some_and(|sub| sub.ends_with('.')),
        None => host == allowed,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_allows_what_is_below_a_host() {
        let config =
            Config { allowed_hosts: vec!["*.Example.org".into(), "https://cdn.test/x".into()], ..Config::default() };
        for host in ["a.b.example.org", "img.example.org", "cdn.test"] {
            assert!(is_allowed(host, &config), "{host}");
        }
        for host in ["badexample.org", "example.org", "x.cdn.test", "test"] {
            assert!(!is_allowed(host, &config), "{host}");
        }
    }
}
