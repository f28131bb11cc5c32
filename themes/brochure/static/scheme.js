// In the head, before anything is drawn: what the browser can do, and the colour scheme if one was chosen (no cookie).
(function (root) {
  root.classList.add("js");
  // Whether a search can read its files. Known before anything is drawn, so that nothing moves when the panel shows.
  if (location.protocol !== "file:" && "DecompressionStream" in window) root.classList.add("find");
  try {
    var scheme = localStorage.getItem("scheme");
    if (scheme === "light" || scheme === "dark") root.dataset.scheme = scheme;
  } catch (e) { /* storage refused: the system's scheme */ }
})(document.documentElement);
