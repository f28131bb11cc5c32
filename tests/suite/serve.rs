//! What `brochure serve` answers: the very bytes of a build, to readers of this machine alone.

use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::time::{Duration, Instant};

use crate::driver::{DAY, TestSite};
use crate::program::{program, run};
use crate::served::{Served, on_disk};

const SITE: [(&str, &str); 4] = [
    ("brochure.yaml", "title: Essai\nbase_url: https://example.org/\n"),
    ("content/modules/écoute.md", "---\ntitre: Écoute\nthèmes: Lien\nadresse: ecoute\n---\nDu texte.\n"),
    ("content/news/2026-11-01-un.md", "---\ntitre: Un\n---\nx\n"),
    ("assets/plan d’accès.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"2\"/>"),
];

#[test]
fn every_address_answers_with_the_bytes_of_a_build() {
    for site in [TestSite::of(&SITE), TestSite::shipped()] {
        let built = site.build(DAY).0.site;
        let served = Served::start(on_disk(&site), &["--port", "0"]);
        for (path, output) in &built.outputs {
            let address = path.strip_suffix("index.html").unwrap_or(path);
            let answer = served.get(&format!("/{}", brochure::route::encode(address)));
            assert_eq!(answer.status, 200, "{path}");
            assert!(answer.body == *output.bytes, "{path} is not what a build writes");
            let length = output.bytes.len().to_string();
            assert_eq!(answer.header("content-length"), Some(length.as_str()), "{path}");
        }
        assert!(!served.at("public").exists(), "nothing is written");
    }
}

#[test]
fn an_address_is_found_as_on_any_host() {
    let served = Served::start(on_disk(&TestSite::of(&SITE)), &["--port", "0"]);
    assert_eq!(served.get("/modules/ecoute/").status, 200);
    assert_eq!(served.get("/modules/ecoute/index.html").body, served.get("/modules/ecoute/").body);
    assert_eq!(served.get("/modules/ecoute/?x=1").status, 200);
    let without = served.get("/modules/ecoute");
    assert_eq!((without.status, without.header("location")), (307, Some("/modules/ecoute/")));
    let missing = served.get("/modules/nowhere/");
    assert_eq!(missing.status, 404);
    assert_eq!(missing.body, served.get("/404.html").body);
    for (path, media) in [
        ("/", "text/html; charset=utf-8"),
        ("/flux.xml", "application/rss+xml; charset=utf-8"),
        ("/flux.atom", "application/atom+xml; charset=utf-8"),
        ("/flux.json", "application/feed+json; charset=utf-8"),
        ("/robots.txt", "text/plain; charset=utf-8"),
        ("/assets/plan%20d%E2%80%99acc%C3%A8s.svg", "image/svg+xml; charset=utf-8"),
        ("/static/favicon.svg", "image/svg+xml; charset=utf-8"),
    ] {
        assert_eq!(served.get(path).header("content-type"), Some(media), "{path}");
    }
}

#[test]
fn readers_may_ask_for_less() {
    let served = Served::start(on_disk(&TestSite::of(&SITE)), &["--port", "0"]);
    let whole = served.get("/");
    let head = served.ask("HEAD", "/", &[]);
    assert_eq!((head.status, head.body.len()), (200, 0));
    assert_eq!(head.header("content-length"), whole.header("content-length"));
    let tag = whole.header("etag").expect("a tag");
    assert_eq!(served.ask("GET", "/", &[("If-None-Match", tag)]).status, 304);
    let part = served.ask("GET", "/", &[("Range", "bytes=2-5")]);
    assert_eq!((part.status, &part.body[..]), (206, &whole.body[2..6]));
    let posted = served.ask("POST", "/", &[("Content-Length", "0")]);
    assert_eq!((posted.status, posted.header("allow")), (405, Some("GET, HEAD")));
    assert!(!whole.text().contains("/.brochure/"), "who does not watch is told of nothing");
}

#[test]
fn a_site_below_a_path_stands_below_it() {
    let site = TestSite::of(&SITE);
    let served = Served::start(on_disk(&site), &["--port", "0", "--base-url", "https://example.org/formations"]);
    assert_eq!(served.base, "/formations/");
    assert_eq!(served.get("/formations/modules/ecoute/").status, 200);
    for (path, to) in [("/", "/formations/"), ("/formations", "/formations/")] {
        assert_eq!(served.get(path).header("location"), Some(to), "{path}");
    }
    assert_eq!(served.get("/formations/modules/ecoute").header("location"), Some("/formations/modules/ecoute/"));
    // A static host shows the page for what is not there at any depth; its links start from the site's path.
    let missing = served.get("/modules/ecoute/");
    assert_eq!(missing.status, 404);
    assert!(missing.text().contains("href=\"/formations/"), "{}", missing.text());
}

/// Addresses that try to leave the site, each in the form in which it goes over the wire.
const WAYS_OUT: [&str; 26] = [
    "/../brochure.yaml",
    "/../../../../etc/passwd",
    "/modules/../../brochure.yaml",
    "/./brochure.yaml",
    "/%2e%2e/brochure.yaml",
    "/%2e%2e%2fbrochure.yaml",
    "/..%2fbrochure.yaml",
    "/.%2e/brochure.yaml",
    "/%252e%252e/brochure.yaml",
    "/%252e%252e%252fbrochure.yaml",
    "/..\\brochure.yaml",
    "/..%5cbrochure.yaml",
    "/%5c%5chost%5cshare",
    "//etc/passwd",
    "///etc/passwd",
    "/file:///etc/passwd",
    "/C:/Windows/win.ini",
    "/%00",
    "/index.html%00.md",
    "/modules/%00../brochure.yaml",
    "/brochure.yaml",
    "/content/modules/%C3%A9coute.md",
    "/.brochure/../brochure.yaml",
    "/%c0%ae%c0%ae/brochure.yaml",
    "/%ff%fe",
    "/.git/config",
];

#[test]
fn no_address_leads_out_of_the_site() {
    let site = TestSite::of(&SITE);
    let secret = "title: Essai";
    for options in [&["--port", "0"][..], &["--port", "0", "--watch"]] {
        let served = Served::start(on_disk(&site), options);
        let long = [
            format!("/{}", "a".repeat(20_000)),
            format!("/{}", "../".repeat(9_000)),
            format!("/{}x", "a/".repeat(40_000)),
        ];
        for path in WAYS_OUT.into_iter().chain(long.iter().map(String::as_str)) {
            let answer = served.get(path);
            let shown = &path[..path.len().min(60)];
            assert!(matches!(answer.status, 400 | 404 | 414 | 431), "{shown}: {}", answer.status);
            assert!(!answer.text().contains(secret) && !answer.text().contains("root:"), "{shown}");
        }
        assert_eq!(served.get("/").status, 200, "it goes on");
    }
}

#[test]
fn who_calls_the_machine_by_a_name_of_his_own_is_let_in_nowhere() {
    let served = Served::start(on_disk(&TestSite::of(&SITE)), &["--port", "0", "--watch"]);
    for path in ["/", "/modules/ecoute/", "/.brochure/preview.js", "/.brochure/events?page=/"] {
        for host in ["example.org", "example.org:4000", "127.0.0.1.example.org", "", "localhost.evil.example"] {
            assert_eq!(served.ask("GET", path, &[("Host", host)]).status, 403, "{path} {host}");
        }
    }
    for host in ["localhost", "127.0.0.1", "LOCALHOST:80", "[::1]:4000"] {
        assert_eq!(served.ask("GET", "/", &[("Host", host)]).status, 200, "{host}");
    }
    assert_eq!(served.send(b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n").status, 400, "no name at all");
}

#[test]
fn it_listens_on_this_machine_unless_told_otherwise() {
    let site = TestSite::of(&SITE);
    let served = Served::start(on_disk(&site), &["--port", "0"]);
    assert!(served.host.starts_with("127.0.0.1:"), "{}", served.host);
    assert!(!served.said().contains("Beware"), "{}", served.said());
    let open = Served::start(on_disk(&site), &["--port", "0", "--host", "0.0.0.0"]);
    open.await_said("Beware: at this address, any machine of the network can read the preview");
    for (value, words) in [("tomorrow", "is not the address of a machine"), ("example.org", "--host 0.0.0.0")] {
        run(program().args(["serve", "--host", value])).expect(2).says(words);
    }
    run(program().args(["serve", "--port", "99999"])).expect(2).says("is not a port");
    run(program().args(["serve", "--strict"])).expect(2);
}

#[test]
fn a_port_that_is_taken_gives_way_to_the_next() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("bound").port();
    let served = Served::start(on_disk(&TestSite::of(&SITE)), &["--port", &port.to_string()]);
    assert_ne!(served.host, format!("127.0.0.1:{port}"));
    served.await_said(&format!("Port {port} is taken: the preview takes port "));
    assert_eq!(served.get("/").status, 200);
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_it_cleanly_whoever_is_connected() {
    for options in [&["--port", "0"][..], &["--port", "0", "--watch"]] {
        let served = Served::start(on_disk(&TestSite::of(&SITE)), options);
        let _open = served.open("/");
        let mut idle = served.connect();
        idle.write_all(b"GET / HT").expect("sent");
        let began = Instant::now();
        let (status, said) = served.interrupt();
        assert_eq!(status.code(), Some(0), "{said}");
        assert!(said.contains("Preview stopped."), "{said}");
        assert!(began.elapsed() < Duration::from_secs(10));
    }
}

#[test]
fn what_cannot_be_served_is_said_at_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().to_str().expect("text");
    run(program().args(["serve", "--root", root, "--port", "0"])).expect(2).says("neither brochure.yaml nor any file");
    run(program().args(["serve", "--root", "nowhere/at/all"])).expect(2).says("there is no folder");
}

#[cfg(target_os = "linux")]
#[test]
fn the_browser_is_opened_at_the_address() {
    use std::os::unix::fs::PermissionsExt;
    let tools = tempfile::tempdir().expect("a folder");
    let note = tools.path().join("opened");
    let script = format!("#!/bin/sh\necho \"$1\" > {}\n", note.display());
    let opener = tools.path().join("xdg-open");
    std::fs::write(&opener, script).expect("written");
    std::fs::set_permissions(&opener, std::fs::Permissions::from_mode(0o755)).expect("set");
    let path = format!("{}:{}", tools.path().display(), std::env::var("PATH").unwrap_or_default());
    let served = Served::start_with(on_disk(&TestSite::of(&SITE)), &["--port", "0", "--open"], |command| {
        command.env("PATH", path);
    });
    let mut opened = String::new();
    crate::served::until(|| {
        opened = std::fs::read_to_string(&note).unwrap_or_default();
        !opened.is_empty()
    })
    .expect("the browser is called");
    assert_eq!(opened.trim(), format!("http://{}/", served.host));
}

#[test]
fn two_hundred_slow_readers_hold_nobody_up() {
    let served = Served::watching(&TestSite::of(&SITE));
    let slow: Vec<_> = (0..200)
        .map(|n| {
            let mut stream = served.connect();
            // Half a request, or a whole one whose answer nobody reads.
            let request: &[u8] =
                if n % 2 == 0 { b"GET / HTTP/1.1\r\nHost: 127" } else { b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" };
            stream.write_all(request).expect("sent");
            stream
        })
        .collect();
    let text = served.read("content/modules/écoute.md");
    served.write("content/modules/écoute.md", &text.replace("Du texte", "Un mot nouveau"));
    served.await_words("/modules/ecoute/", "Un mot nouveau");
    assert_eq!(slow.len(), 200);
    // Who was slow is answered all the same.
    let mut late = slow.into_iter().next().expect("one");
    late.write_all(b".0.0.1\r\nConnection: close\r\n\r\n").expect("sent");
    let mut answer = String::new();
    late.read_to_string(&mut answer).expect("read");
    assert!(answer.starts_with("HTTP/1.1 200"), "{}", &answer[..answer.len().min(80)]);
}

#[test]
fn the_script_stands_in_served_pages_and_in_no_built_one() {
    let site = TestSite::of(&SITE);
    let served = Served::watching(&site);
    let built = site.build(DAY).0.site;
    let mut with_script = BTreeSet::new();
    for (path, output) in &built.outputs {
        assert!(!String::from_utf8_lossy(&output.bytes).contains(".brochure/"), "{path}");
        let answer = served.get(&format!("/{}", brochure::route::encode(path)));
        assert!(answer.built() == *output.bytes, "{path}");
        if answer.body != *output.bytes {
            with_script.insert(path.to_string());
        }
    }
    let pages: BTreeSet<String> =
        built.outputs.keys().filter(|path| path.ends_with(".html")).map(ToString::to_string).collect();
    assert_eq!(with_script, pages);
}
