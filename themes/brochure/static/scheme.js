// In the head, before anything is drawn: class "js", and the colour scheme if one was chosen (no cookie).
(function (root) {
  root.classList.add("js");
  try {
    var scheme = localStorage.getItem("scheme");
    if (scheme === "light" || scheme === "dark") root.dataset.scheme = scheme;
  } catch (e) { /* storage refused: the system's scheme */ }
})(document.documentElement);
