// Optional improvements. Without this file all content stays available.
// Words shown to people come from data-attributes of the page, never from here.
(function () {
  "use strict";
  var doc = document, root = doc.documentElement;
  var all = function (selector, from) { return Array.prototype.slice.call((from || doc).querySelectorAll(selector)); };
  var on = function (selector, run) {
    all(selector).forEach(function (e) { e.addEventListener("click", function () { run(e); }); });
  };
  all("[data-js]").forEach(function (e) { e.hidden = false; });

  // 1. Light or dark
  var isDark = function () {
    return root.dataset.scheme ? root.dataset.scheme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  };
  var tell = function () {
    all("[data-scheme-switch]").forEach(function (b) { b.setAttribute("aria-pressed", String(isDark())); });
  };
  tell();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", tell);
  on("[data-scheme-switch]", function () {
    root.dataset.scheme = isDark() ? "light" : "dark";
    try { localStorage.setItem("scheme", root.dataset.scheme); } catch (e) { /* not kept */ }
    tell();
  });

  // 2. Print, copy the address, share: the browser's own means, no third party
  var address = function () {
    var canonical = doc.querySelector("link[rel=canonical]");
    return canonical ? canonical.href : location.href.split("#")[0];
  };
  var say = function (b, words) {
    var s = b.querySelector("[data-text]") || b;
    if (!b.dataset.before) b.dataset.before = s.textContent;
    s.textContent = words;
    setTimeout(function () { s.textContent = b.dataset.before; }, 2500);
  };
  on("[data-print]", function () { print(); });
  on("[data-copy]", function (b) {
    var done = function () { say(b, b.dataset.done); }, failed = function () { say(b, b.dataset.failed); };
    if (navigator.clipboard && isSecureContext) navigator.clipboard.writeText(address()).then(done, failed);
    else failed();
  });
  all("[data-share]").forEach(function (b) { b.hidden = !navigator.share; });
  on("[data-share]", function () {
    navigator.share({ title: doc.title, url: address() }).catch(function () { /* closed */ });
  });

  // 3. Folded blocks are opened for paper, then put back
  addEventListener("beforeprint", function () {
    all("details:not([open])").forEach(function (d) { d.open = true; d.dataset.reclose = ""; });
  });
  addEventListener("afterprint", function () {
    all("details[data-reclose]").forEach(function (d) { d.open = false; delete d.dataset.reclose; });
  });

  // 4. A site built some days ago: what has passed since leaves the lists of what is coming
  var now = new Date(), two = function (n) { return (n < 10 ? "0" : "") + n; };
  var today = now.getFullYear() + "-" + two(now.getMonth() + 1) + "-" + two(now.getDate());
  all("[data-upcoming]").forEach(function (list) {
    all("[data-last-day]", list).forEach(function (row) { row.hidden = row.dataset.lastDay < today; });
    var block = list.closest("[data-with-list]");
    if (block && !list.querySelector("li:not([hidden])")) block.hidden = true;
  });

  // 5. Search and choice: fetched when a visitor begins
  var form = doc.querySelector("[data-find]"), picks = doc.querySelector("[data-selection]");
  var fetchScript = function (url) {
    var script = doc.createElement("script");
    script.src = url;
    doc.head.append(script);
  };
  if (form && root.classList.contains("find")) {
    var begun = false, begin = function () {
      if (begun) return;
      begun = true;
      fetchScript(form.dataset.script);
    };
    // The script is small, and reads nothing before somebody searches or chooses.
    ["focusin", "pointerdown", "scroll", "change"].forEach(function (name) { doc.addEventListener(name, begin, { passive: true }); });
    form.addEventListener("submit", function (event) { event.preventDefault(); begin(); });
    if (location.search) begin();
  }
  if (picks && root.classList.contains("find") && location.search) fetchScript(picks.dataset.script);

  // 6. Opened from a folder on disk: an address that ends in "/" means its index.html
  if (location.protocol === "file:") {
    all("a[href]").forEach(function (a) {
      if (a.protocol === "file:" && /\/$/.test(a.pathname)) a.pathname += "index.html";
    });
  }
})();
