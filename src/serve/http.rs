//! [`Server`]: answers browsers from a [`Preview`], over HTTP.
//!
//! It listens on this machine alone unless told otherwise, and answers nobody who calls it by a name that is not this
//! machine's: a page of another site could have given itself such a name, to read what is not published yet.

use std::io;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{Query, Request, State as Shared};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::sse::{KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use futures_util::stream::{self, StreamExt};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::sync::watch;

use crate::output::Output;
use crate::route::{Route, decode, encode};
use crate::texts::Texts;

use super::answer::{Sent, media_type, reads};
use super::preview::{Preview, State};
use super::reload::{EVENTS_PATH, Form, Look, SCRIPT, SCRIPT_PATH, news, with_script};
use super::scene::{Scene, Spot};

/// How many ports are tried after one that is taken.
const MOST_PORTS: u16 = 100;
/// How long whoever asks waits for a scene that is on its way, before the last one has to do.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long open connections have to end when the server stops.
const GRACE: Duration = Duration::from_millis(300);

/// Where a server listens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gate {
    /// The address of the machine.
    pub host: IpAddr,
    /// The port; 0 for any that is free.
    pub port: u16,
}

/// Why a server cannot listen.
#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    /// Every port that was tried is taken.
    #[error("ports {0} to {1} are taken")]
    PortsTaken(u16, u16),
    /// The system refuses.
    #[error("{0}")]
    Refused(#[from] io::Error),
}

/// A server that is open.
#[derive(Debug)]
pub struct Server {
    runtime: Runtime,
    address: SocketAddr,
    is_closing: watch::Sender<bool>,
}

/// What every answer is made from.
#[derive(Clone)]
struct Answering {
    preview: Arc<Preview>,
    is_watching: bool,
    is_closing: watch::Receiver<bool>,
}

impl Server {
    /// Opens a server at `gate`, or at the next port that is free. With `is_watching`, pages have the script that is told
    /// of changes.
    ///
    /// # Errors
    /// When it cannot listen there.
    pub fn open(preview: Arc<Preview>, gate: Gate, is_watching: bool) -> Result<Self, ServerError> {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
        let listener = runtime.block_on(listen(gate))?;
        let address = listener.local_addr()?;
        let (is_closing, closing) = watch::channel(false);
        let answering = Answering { preview, is_watching, is_closing: closing.clone() };
        let router = Router::new()
            .route(SCRIPT_PATH, get(script))
            .route(EVENTS_PATH, get(events))
            .fallback(page)
            .layer(from_fn_with_state(answering.clone(), admit))
            .with_state(answering);
        runtime.spawn(async move {
            let _ = axum::serve(listener, router).with_graceful_shutdown(closed(closing)).await;
        });
        Ok(Self { runtime, address, is_closing })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The address of a site whose path is `base_path`, for a browser on this machine.
    pub fn url(&self, base_path: &str) -> String {
        let host = match self.address.ip() {
            IpAddr::V4(ip) if ip.is_unspecified() => "127.0.0.1".to_owned(),
            IpAddr::V6(ip) if ip.is_unspecified() => format!("[{}]", Ipv6Addr::LOCALHOST),
            IpAddr::V4(ip) => ip.to_string(),
            IpAddr::V6(ip) => format!("[{ip}]"),
        };
        format!("http://{host}:{}{}", self.address.port(), written(base_path))
    }

    /// Ends when the system asks the program to: Ctrl-C, or an end from outside.
    pub fn on_signal(&self, end: impl FnOnce() + Send + 'static) {
        self.runtime.spawn(async move {
            signalled().await;
            end();
        });
    }

    /// Answers no more.
    pub fn close(self) {
        self.is_closing.send_replace(true);
        self.runtime.shutdown_timeout(GRACE);
    }
}

async fn listen(gate: Gate) -> Result<TcpListener, ServerError> {
    let last = gate.port.saturating_add(if gate.port == 0 { 0 } else { MOST_PORTS });
    for port in gate.port..=last {
        match TcpListener::bind((gate.host, port)).await {
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => {}
            bound => return Ok(bound?),
        }
    }
    Err(ServerError::PortsTaken(gate.port, last))
}

async fn closed(mut closing: watch::Receiver<bool>) {
    // A sender that is gone closes as well.
    let _ = closing.wait_for(|is_closing| *is_closing).await;
}

#[cfg(unix)]
async fn signalled() {
    use tokio::signal::unix::{SignalKind, signal};
    let interrupted = tokio::signal::ctrl_c();
    match signal(SignalKind::terminate()) {
        Ok(mut terminated) => {
            let _ = futures_util::future::select(Box::pin(interrupted), Box::pin(terminated.recv())).await;
        }
        Err(_) => drop(interrupted.await),
    }
}

#[cfg(not(unix))]
async fn signalled() {
    let _ = tokio::signal::ctrl_c().await;
}

/// Lets nobody in who calls this machine by another's name.
async fn admit(Shared(answering): Shared<Answering>, request: Request, next: Next) -> Response {
    let named = request.headers().get(header::HOST).map(|host| host.to_str().unwrap_or_default().to_owned());
    let named = named.or_else(|| request.uri().authority().map(|authority| authority.as_str().to_owned()));
    match named {
        None => return StatusCode::BAD_REQUEST.into_response(),
        Some(host) if !is_ours(&host) => {
            let why = Texts::of(answering.preview.problems().lang).plain("preview", "not-ours");
            return (StatusCode::FORBIDDEN, why).into_response();
        }
        Some(_) => {}
    }
    if !reads(request.method()) {
        let allow = [(header::ALLOW, HeaderValue::from_static("GET, HEAD"))];
        return (StatusCode::METHOD_NOT_ALLOWED, allow).into_response();
    }
    next.run(request).await
}

/// Whether a name can only mean a machine itself: an address, or `localhost`. Any other name may be somebody's who has it
/// lead here.
fn is_ours(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => match rest.split_once(']') {
            Some((name, _)) => return name.parse::<Ipv6Addr>().is_ok(),
            None => return false,
        },
        None => host.rsplit_once(':').map_or(host, |(name, _)| name),
    };
    let name = name.to_ascii_lowercase();
    name.parse::<IpAddr>().is_ok() || name == "localhost" || name.ends_with(".localhost")
}

async fn script(headers: HeaderMap) -> Response {
    Sent::shared(media_type("preview.js"), SCRIPT.as_bytes().into()).answer(&headers)
}

impl Answering {
    /// The state of now; if another is on its way, that one.
    async fn settled(&self) -> State {
        let mut states = self.preview.watch();
        match tokio::time::timeout(PATIENCE, states.wait_for(|state| !state.is_awaited)).await {
            Ok(Ok(state)) => state.clone(),
            _ => self.preview.watch().borrow().clone(),
        }
    }
}

/// Does what takes a while where it holds nobody up.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    tokio::task::spawn_blocking(work).await.ok()
}

/// The address below the site's root that a path means; none when it is not below it. What no address can be is an error.
///
/// Both may be encoded in more ways than one, so they are compared decoded.
fn below(base_path: &str, path: &str) -> Result<Option<String>, StatusCode> {
    let path = decode(path).ok_or(StatusCode::BAD_REQUEST)?;
    let base_path = decode(base_path).unwrap_or_else(|| base_path.to_owned());
    Ok(path.strip_prefix(base_path.as_str()).map(str::to_owned))
}

/// The path of a site in the one form in which it is written here.
fn written(base_path: &str) -> String {
    decode(base_path).map_or_else(|| base_path.to_owned(), |path| encode(&path))
}

async fn page(Shared(answering): Shared<Answering>, request: Request) -> Response {
    let state = answering.settled().await;
    let is_watching = answering.is_watching;
    let (uri, headers) = (request.uri().clone(), request.headers().clone());
    let answer = aside(move || show(&state, is_watching, &uri, &headers)).await;
    answer.unwrap_or_else(|| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}

fn show(state: &State, is_watching: bool, uri: &Uri, headers: &HeaderMap) -> Response {
    let (base_path, path) = (written(state.base_path()), uri.path());
    let address = match below(&base_path, path) {
        Ok(address) => address,
        Err(status) => return status.into_response(),
    };
    let Some(scene) = state.scene.as_deref() else {
        return empty_page(is_watching, StatusCode::INTERNAL_SERVER_ERROR).answer(headers);
    };
    match address.as_deref().map(|address| scene.at(address)) {
        Some(Spot::Here(route, path)) if !is_page(route) => {
            let output = scene.draw(route, path).and_then(|drawing| drawing.output.clone());
            match output {
                Some(output) => Sent::shared(type_of(route, path.as_str()), output.bytes).answer(headers),
                None => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
            }
        }
        Some(Spot::LookFile(bytes)) => {
            Sent::shared(media_type(address.as_deref().unwrap_or_default()), bytes).answer(headers)
        }
        Some(Spot::Folder) => see(&format!("{base_path}{}/", encode(address.as_deref().unwrap_or_default())), uri),
        None if path == "/" || below(&base_path, &format!("{path}/")) == Ok(Some(String::new())) => {
            see(&base_path, uri)
        }
        _ => show_page(scene, is_watching, address.as_deref()).answer(headers),
    }
}

/// Pages are drawn by templates; everything else is sent as it is.
fn is_page(route: &Route) -> bool {
    route.is_page() || matches!(route, Route::NotFound | Route::Redirect(_))
}

fn type_of(route: &Route, path: &str) -> String {
    match route {
        Route::NewsFeed(form) => format!("{}; charset=utf-8", form.media_type()),
        Route::TermFeed(_) => format!("{}; charset=utf-8", crate::route::FeedForm::Rss.media_type()),
        Route::Calendar(_) => media_type("sessions.ics"),
        _ => media_type(path),
    }
}

/// Sends on, for now: tomorrow something else may stand there.
fn see(address: &str, asked: &Uri) -> Response {
    let query = asked.query().map(|query| format!("?{query}")).unwrap_or_default();
    match HeaderValue::from_str(&format!("{address}{query}")) {
        Ok(location) => (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, location)]).into_response(),
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}

fn show_page(scene: &Scene, is_watching: bool, address: Option<&str>) -> Sent {
    let page = Look::at(scene, address);
    let status = if page.is_missing { StatusCode::NOT_FOUND } else { StatusCode::OK };
    let Some(Output { bytes, .. }) = page.output() else {
        return empty_page(is_watching, StatusCode::INTERNAL_SERVER_ERROR);
    };
    let html = media_type("index.html");
    if !is_watching {
        return Sent { status, ..Sent::shared(html, bytes.clone()) };
    }
    Sent { status, media_type: html, bytes: with_script(bytes, &page.form.seen()).into() }
}

/// A page on which there is nothing but what its script is told.
fn empty_page(is_watching: bool, status: StatusCode) -> Sent {
    const EMPTY: &[u8] =
        b"<!doctype html><html><head><meta charset=\"utf-8\"><title>Brochure</title></head><body></body></html>";
    let bytes = if is_watching { with_script(EMPTY, &Form::default().seen()) } else { EMPTY.to_vec() };
    Sent { status, media_type: media_type("index.html"), bytes: bytes.into() }
}

/// What the script says of the page that it stands in.
#[derive(serde::Deserialize)]
struct Open {
    page: String,
    #[serde(default)]
    seen: String,
    /// How many signs of one width stand in a line.
    #[serde(default)]
    columns: Option<usize>,
}

async fn events(Shared(answering): Shared<Answering>, Query(open): Query<Open>) -> Response {
    let states = answering.preview.watch();
    let told: Option<String> = None;
    let columns = open.columns.unwrap_or(usize::MAX);
    let start = (states, open.seen, told, open.page, true);
    let batches = stream::unfold(start, move |(mut states, seen, told, page, is_first)| async move {
        if !is_first {
            states.changed().await.ok()?;
        }
        let state = states.wait_for(|state| !state.is_awaited).await.ok()?.clone();
        let asked = (page.clone(), seen.clone());
        let looked = aside(move || {
            let address = below(state.base_path(), &asked.0).ok().flatten();
            news(&state, address.as_deref(), &asked.1, columns)
        });
        let (seen, mut events, now) = looked.await.unwrap_or((seen, Vec::new(), None));
        if now != told {
            events.extend(now.as_ref().map(|notes| axum::response::sse::Event::default().event("notes").data(notes)));
        }
        let events = events.into_iter().map(Ok::<_, std::convert::Infallible>);
        Some((stream::iter(events), (states, seen, now, page, false)))
    });
    let events = batches.flatten().take_until(Box::pin(closed(answering.is_closing.clone())));
    Sse::new(events).keep_alive(KeepAlive::default()).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_called_by_its_names() {
        for host in ["127.0.0.1:4000", "localhost", "LOCALHOST:4000", "[::1]:4000", "192.168.1.7:80", "a.localhost:1"] {
            assert!(is_ours(host), "{host}");
        }
        for host in
            ["", "example.org", "example.org:4000", "localhost.example.org", "127.0.0.1.example.org", "[x]:1", "[::1"]
        {
            assert!(!is_ours(host), "{host}");
        }
    }

    #[test]
    fn a_page_that_cannot_be_drawn_is_not_loaded_again_and_again() {
        let seen = Form::default().seen();
        assert!(Form::default().event(&seen).is_none());
        let page = empty_page(true, StatusCode::INTERNAL_SERVER_ERROR);
        assert!(String::from_utf8_lossy(&page.bytes).contains(&format!("data-seen=\"{seen}\"")));
    }

    #[test]
    fn an_address_is_below_the_base_or_nowhere() {
        assert_eq!(below("/", "/modules/x/"), Ok(Some("modules/x/".to_owned())));
        assert_eq!(below("/f/", "/f/"), Ok(Some(String::new())));
        assert_eq!(below("/f/", "/g/"), Ok(None));
        assert_eq!(below("/", "/a%00b"), Err(StatusCode::BAD_REQUEST));
        assert_eq!(below("/", "/%ff"), Err(StatusCode::BAD_REQUEST));
        assert_eq!(below("/", "/%2e%2e/x"), Ok(Some("../x".to_owned())));
        assert_eq!(below("/a%20b/", "/a%20b/x"), Ok(Some("x".to_owned())));
        assert_eq!(below("/été/", "/%C3%A9t%C3%A9/x"), Ok(Some("x".to_owned())));
        assert_eq!((written("/été/"), written("/a%20b/")), ("/%C3%A9t%C3%A9/".to_owned(), "/a%20b/".to_owned()));
    }
}
