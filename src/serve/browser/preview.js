// Stands in pages that are served while their sources are watched, and in no built page.
// It is told when the page it stands in has changed, and what is wrong with the site.
(() => {
  "use strict";
  const script = document.currentScript;
  let seen = script.dataset.seen;
  const here = location.pathname;
  const placeKey = "brochure-place:" + here;
  const foldKey = "brochure-folded";

  // A page that was loaded anew stands where it stood.
  const remembered = (key) => {
    try { return sessionStorage.getItem(key); } catch { return null; }
  };
  const remember = (key, value) => {
    try {
      if (value === null) sessionStorage.removeItem(key);
      else sessionStorage.setItem(key, value);
    } catch { /* a browser that keeps nothing */ }
  };
  const place = remembered(placeKey);
  if (place !== null) {
    remember(placeKey, null);
    const [x, y] = place.split(" ").map(Number);
    const stand = () => scrollTo({ left: x, top: y, behavior: "instant" });
    stand();
    addEventListener("load", stand, { once: true });
  }
  const reload = () => {
    remember(placeKey, `${scrollX} ${scrollY}`);
    location.reload();
  };

  // A style sheet is changed in place: the new one is loaded before the old one goes.
  const restyle = (styles) => {
    for (const [name, address] of styles) {
      const stem = name.slice(0, -".css".length);
      const file = address.slice(address.lastIndexOf("/") + 1);
      for (const old of document.querySelectorAll('link[rel="stylesheet"]')) {
        const at = old.href.lastIndexOf("/") + 1;
        const known = old.href.slice(at);
        const isIt = known.startsWith(stem + "-") && known.length === file.length && known !== file;
        if (!isIt || old.dataset.goes) continue;
        const next = old.cloneNode();
        next.href = old.href.slice(0, at) + file;
        old.dataset.goes = "1";
        const done = () => old.remove();
        next.addEventListener("load", done, { once: true });
        next.addEventListener("error", done, { once: true });
        old.after(next);
      }
    }
  };

  // What is wrong, in a corner of its own that no style of the site reaches.
  const CSS = `
    :host { all: initial; }
    @media print { :host { display: none; } }
    .panel {
      position: fixed; z-index: 2147483647; inset: auto 0 0 0; max-block-size: 60vh; overflow: auto;
      box-sizing: border-box; padding: .75rem 1rem 1rem; border-block-start: 4px solid #c62828;
      background: #1b1b22; color: #f4f4f6; font: 16px/1.5 system-ui, sans-serif;
      box-shadow: 0 -4px 24px rgb(0 0 0 / .4);
    }
    .panel.mild { border-color: #e0a100; }
    header { display: flex; gap: 1rem; align-items: baseline; justify-content: space-between; }
    h2 { margin: 0; font-size: 1.05rem; }
    p { margin: .25rem 0 0; color: #d0d0d8; }
    pre {
      margin: .75rem 0 0; padding: .75rem; border-radius: 6px; background: #101016; overflow-x: auto;
      font: 14px/1.45 ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; white-space: pre;
    }
    button {
      font: inherit; color: inherit; background: #33333f; border: 1px solid #77778a; border-radius: 6px;
      padding: .35rem .8rem; min-block-size: 2.75rem; cursor: pointer;
    }
    button:focus-visible, pre:focus-visible { outline: 3px solid #ffd54f; outline-offset: 2px; }
    .pill { position: fixed; z-index: 2147483647; inset: auto 1rem 1rem auto; background: #1b1b22; color: #f4f4f6; }
    .pill.grave { background: #b71c1c; border-color: #fff; }
    [hidden] { display: none !important; }
  `;
  let host = null;
  const show = (notes) => {
    const { errors, warnings, words } = notes;
    const isGrave = errors.length > 0;
    const told = isGrave ? errors : warnings;
    if (host) host.remove();
    host = null;
    if (told.length === 0) {
      remember(foldKey, null);
      return;
    }
    host = document.createElement("div");
    host.id = "brochure-preview";
    host.lang = notes.lang;
    const root = host.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(CSS);
    root.adoptedStyleSheets = [sheet];
    const make = (name, text, className) => {
      const element = document.createElement(name);
      if (text) element.textContent = text;
      if (className) element.className = className;
      return element;
    };
    const title = isGrave ? words.errors : words.warnings;
    const pill = make("button", title, isGrave ? "pill grave" : "pill");
    pill.type = "button";
    pill.title = words.unfold;
    pill.setAttribute("aria-expanded", "false");
    const panel = make("section", "", isGrave ? "panel" : "panel mild");
    panel.setAttribute("aria-label", title);
    const head = make("header");
    const heading = make("h2", title);
    const spoken = make("div");
    spoken.setAttribute("role", isGrave ? "alert" : "status");
    spoken.append(heading);
    const fold = make("button", words.fold);
    fold.type = "button";
    head.append(spoken, fold);
    panel.append(head);
    if (isGrave) panel.append(make("p", words.stays));
    for (const note of isGrave ? errors.concat(warnings) : warnings) {
      const text = make("pre", note.text);
      text.tabIndex = 0;
      panel.append(text);
    }
    // Errors are open until they are folded; warnings are folded until they are opened.
    const key = told.map((note) => note.text).join("\n");
    const folded = (isFolded) => {
      panel.hidden = isFolded;
      pill.hidden = !isFolded;
    };
    folded(isGrave ? remembered(foldKey) === key : remembered(foldKey) !== "open:" + key);
    fold.addEventListener("click", () => {
      remember(foldKey, isGrave ? key : null);
      folded(true);
      pill.focus();
    });
    pill.addEventListener("click", () => {
      remember(foldKey, isGrave ? null : "open:" + key);
      folded(false);
      fold.focus();
    });
    panel.addEventListener("keydown", (event) => {
      if (event.key === "Escape") fold.click();
    });
    root.append(panel, pill);
    document.body.append(host);
  };

  // A page that nobody sees listens to nothing: browsers have few connections to one server.
  let events = null;
  const listen = () => {
    if (events || document.hidden) return;
    // What is told is set for the room there is: 14 px of a fixed width, between two margins.
    const columns = Math.max(30, Math.floor((innerWidth - 60) / 8.5));
    const query = new URLSearchParams({ page: here, seen, columns });
    events = new EventSource("/.brochure/events?" + query);
    events.addEventListener("reload", reload);
    events.addEventListener("styles", (event) => {
      const told = JSON.parse(event.data);
      seen = told.seen;
      restyle(told.styles);
    });
    // A browser would connect again with what it had seen at first.
    events.addEventListener("error", () => {
      leave();
      setTimeout(listen, 500);
    });
    events.addEventListener("notes", (event) => show(JSON.parse(event.data)));
  };
  const leave = () => {
    if (events) events.close();
    events = null;
  };
  document.addEventListener("visibilitychange", () => (document.hidden ? leave() : listen()));
  addEventListener("pagehide", leave);
  addEventListener("pageshow", listen);
  listen();
})();
