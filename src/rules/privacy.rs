//! What pages load from other hosts (PR-01): whoever opens them is known there, without having been asked.
//!
//! Told here: pictures in texts. What raw HTML loads is noted while texts are read, and what the look adds is found in
//! the finished pages ([`crate::render`]).

use crate::config::{Config, keys};
use crate::diagnostic::{Diagnostic, Place, Rule};
use crate::document::{Body, LinkKind};
use crate::loads::host_of;

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
