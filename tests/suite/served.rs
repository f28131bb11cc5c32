//! The words in which tests speak of a preview: a site on the disk, the program that serves it, what a browser gets.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::driver::{DAY, TestSite};

/// How long anything may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// A site on the disk with the program that serves it.
pub(crate) struct Served {
    folder: TempDir,
    child: Child,
    /// Where it listens: `127.0.0.1:4000`.
    pub(crate) host: String,
    /// The path of the site.
    pub(crate) base: String,
    said: Arc<Mutex<String>>,
}

/// What came back for a request.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    head: String,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// The value of a header.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    /// The body as text.
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The page as a build writes it: without the script of the preview.
    pub(crate) fn built(&self) -> Vec<u8> {
        let text = self.text();
        let Some(start) = text.find("<script src=\"/.brochure/") else { return self.body.clone() };
        let end = start + text[start..].find("</script>").expect("an end") + "</script>".len();
        [&self.body[..start], &self.body[end..]].concat()
    }
}

/// A small site with a look of its own: a style, and a template that one page shows.
pub(crate) fn small_site() -> TestSite {
    TestSite::of(&[
        ("brochure.yaml", "title: Essai\nbase_url: https://example.org/\nlook: maison\n"),
        ("content/modules/un.md", "---\ntitle: Un\nthemes: Lien\n---\nDu texte.\n"),
        ("content/modules/deux.md", "---\ntitle: Deux\nthemes: Lien\n---\nAutre.\n"),
        ("content/pages/nous.md", "---\ntitle: Nous\n---\nQui.\n"),
        ("themes/maison/styles/_footer.scss", "footer { color: #123456; }\n"),
        (
            "themes/maison/templates/page.html",
            "{% extends \"base.html\" %}{% block content %}Mon gabarit{% endblock %}",
        ),
    ])
}

/// Copies a site of memory to a folder of its own.
pub(crate) fn on_disk(site: &TestSite) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    site.copy_to(folder.path());
    folder
}

impl Served {
    /// Serves a site, and follows its files.
    pub(crate) fn watching(site: &TestSite) -> Self {
        Self::start(on_disk(site), &["--watch", "--port", "0"])
    }

    /// Serves the site in a folder, with these options.
    pub(crate) fn start(folder: TempDir, options: &[&str]) -> Self {
        Self::start_with(folder, options, |_| {})
    }

    /// The same, with more said to the program.
    pub(crate) fn start_with(folder: TempDir, options: &[&str], more: impl FnOnce(&mut Command)) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_brochure"));
        command.arg("serve").arg("--root").arg(folder.path()).args(["--date", DAY, "--lang", "en"]).args(options);
        command.env("NO_COLOR", "1").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        more(&mut command);
        let mut child = command.spawn().expect("the program runs");
        let said = Arc::new(Mutex::new(String::new()));
        listen(child.stdout.take().expect("piped"), said.clone());
        listen(child.stderr.take().expect("piped"), said.clone());
        let mut served = Self { folder, child, host: String::new(), base: String::new(), said };
        let url = served.await_said("http://");
        let url = url.split("http://").nth(1).and_then(|rest| rest.lines().next()).expect("an address");
        let (host, base) = url.split_once('/').expect("a path");
        (served.host, served.base) = (host.to_owned(), format!("/{base}"));
        served
    }

    /// The site's folder.
    pub(crate) fn root(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn at(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    /// Writes a file as plain programs do.
    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.at(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, text).expect("written");
    }

    pub(crate) fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.at(path)).expect("read")
    }

    /// Everything that the program has said so far.
    pub(crate) fn said(&self) -> String {
        self.said.lock().expect("whole").clone()
    }

    /// Waits until the program has said something.
    pub(crate) fn await_said(&self, words: &str) -> String {
        let mut said = String::new();
        until(|| {
            said = self.said();
            said.contains(words)
        })
        .unwrap_or_else(|()| panic!("{words:?} is never said:\n{said}"));
        said
    }

    /// Asks for an address, in the very form given.
    pub(crate) fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[])
    }

    /// The same with more headers, by any method.
    pub(crate) fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
        let is_named = headers.iter().any(|(name, _)| *name == "Host");
        let host = if is_named { String::new() } else { format!("Host: {}\r\n", self.host) };
        let headers: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        self.send(format!("{method} {path} HTTP/1.1\r\n{host}{headers}Connection: close\r\n\r\n").as_bytes())
    }

    /// Sends bytes, and reads until the end.
    pub(crate) fn send(&self, request: &[u8]) -> Answer {
        let mut stream = self.connect();
        // A server that refuses may close before all is sent.
        let _ = stream.write_all(request);
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").map_or(bytes.len(), |at| at + 4);
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
        let body = bytes[end..].to_vec();
        let is_chunked = head.to_ascii_lowercase().contains("transfer-encoding: chunked");
        assert!(!is_chunked, "a length is known for everything that is in memory");
        Answer { status, head, body }
    }

    pub(crate) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.host).expect("it listens");
        stream.set_read_timeout(Some(PATIENCE)).expect("set");
        stream
    }

    /// Waits until an address answers as wanted.
    pub(crate) fn await_answer(&self, path: &str, wanted: impl Fn(&Answer) -> bool) -> Answer {
        let mut last = self.get(path);
        until(|| {
            last = self.get(path);
            wanted(&last)
        })
        .unwrap_or_else(|()| panic!("{path} never is as it should: {} {}\n{}", last.status, last.text(), self.said()));
        last
    }

    /// Waits until a page says these words.
    pub(crate) fn await_words(&self, path: &str, words: &str) {
        self.await_answer(path, |answer| answer.text().contains(words));
    }

    /// Opens a page as a browser does, and listens to what it is told.
    pub(crate) fn open(&self, path: &str) -> Browser {
        let page = self.get(path).text();
        let seen = page.split("data-seen=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default();
        let mut stream = self.connect();
        let query = format!("page={}&seen={seen}", path.replace('/', "%2F"));
        let request = format!("GET /.brochure/events?{query} HTTP/1.1\r\nHost: {}\r\n\r\n", self.host);
        stream.write_all(request.as_bytes()).expect("sent");
        let told = Arc::new(Mutex::new(String::new()));
        listen(stream, told.clone());
        Browser { told }
    }

    /// Sends the signal of Ctrl-C, and waits for the end.
    #[cfg(unix)]
    pub(crate) fn interrupt(mut self) -> (ExitStatus, String) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-INT", &id]).status().expect("kill").success());
        let mut ended = None;
        until(|| {
            ended = self.child.try_wait().expect("asked");
            ended.is_some()
        })
        .expect("it ends");
        (ended.expect("ended"), self.said())
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A page that is open in a browser.
pub(crate) struct Browser {
    told: Arc<Mutex<String>>,
}

impl Browser {
    /// All that it was told so far.
    pub(crate) fn told(&self) -> String {
        self.told.lock().expect("whole").clone()
    }

    /// Waits until it is told something, after so much else.
    pub(crate) fn await_told(&self, after: usize, words: &str) -> usize {
        let mut told = String::new();
        until(|| {
            told = self.told();
            told[after..].contains(words)
        })
        .unwrap_or_else(|()| panic!("{words:?} is never told:\n{}", &told[after..]));
        after + told[after..].find(words).expect("there") + words.len()
    }
}

/// Asks again and again.
pub(crate) fn until(mut is_so: impl FnMut() -> bool) -> Result<(), ()> {
    let began = Instant::now();
    while !is_so() {
        if began.elapsed() > PATIENCE {
            return Err(());
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    Ok(())
}

fn listen(source: impl Read + Send + 'static, heard: Arc<Mutex<String>>) {
    std::thread::spawn(move || {
        for line in BufReader::new(source).lines().map_while(Result::ok) {
            heard.lock().expect("whole").push_str(&(line + "\n"));
        }
    });
}
