// Fetched on the page of what a visitor has picked, when its address names something. It reads the sheets themselves, so
// that a comparison never says anything else than they do. Nothing is stored, nothing is sent.
(() => {
  "use strict";
  const doc = document, place = doc.querySelector("[data-selection]"), said = place.dataset;
  const table = place.querySelector("[data-selection-table]"), mail = place.querySelector("[data-selection-mail]");
  const back = place.querySelector("[data-selection-back]"), chips = place.querySelector("[data-selection-chips]");
  // More would be no comparison any more, and no letter.
  const MOST = 12;
  const picks = () => [...new Set((new URLSearchParams(location.search).get(said.picks) ?? "").split(",").filter(Boolean))];
  const make = (name, content = [], attributes = {}) => {
    const element = doc.createElement(name);
    element.append(...[content].flat());
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  };
  const words = (element) => element?.textContent.replace(/\s+/g, " ").trim() ?? "";

  const readSheet = async (slug) => {
    // Only a name: nothing of it can lead elsewhere.
    if (!/^[a-z0-9-]+$/.test(slug)) return null;
    const url = new URL(`${said.modules}${slug}/`, doc.baseURI);
    const answer = await fetch(url);
    if (!answer.ok) return null;
    const sheet = new DOMParser().parseFromString(await answer.text(), "text/html");
    const facts = new Map();
    const next = sheet.querySelector(".reperes .proch p");
    if (next) facts.set(said.session, [...next.children].map(words).filter(Boolean).join(", "));
    for (const row of sheet.querySelectorAll(".faits > div")) {
      facts.set(words(row.querySelector("dt")), [...row.querySelectorAll("dd > *")].map(words).filter(Boolean));
    }
    const dates = sheet.querySelectorAll("section > #sessions ~ .sessions > .session");
    if (dates.length) {
      const line = (row) => [...row.querySelectorAll(".ou > span, .etat")].map(words).filter(Boolean).join(", ");
      facts.set(words(sheet.querySelector("#sessions")), [...dates].slice(0, 6).map(line));
    }
    return { slug, url, title: words(sheet.querySelector("h1")), facts };
  };

  const draw = async () => {
    const all = picks(), wanted = all.slice(0, MOST);
    const sheets = (await Promise.all(wanted.map((slug) => readSheet(slug).catch(() => null)))).filter(Boolean);
    const none = doc.querySelector("[data-selection-none]");
    place.hidden = sheets.length === 0;
    none.hidden = sheets.length > 0;
    // What is missing is said.
    const isCut = all.length > MOST, isGone = sheets.length < wanted.length;
    place.previousElementSibling.textContent = isGone ? said.gone : isCut ? said.most : "";
    if (!sheets.length) return;
    const keys = [...new Set(sheets.flatMap((sheet) => [...sheet.facts.keys()]))];
    const head = make("tr", [make("th", said.fact, { scope: "col" }), ...sheets.map((sheet) => make("th", make("a", sheet.title, { href: sheet.url }), { scope: "col" }))]);
    // Beside the table and not in it: a heading is read with each of its cells.
    chips.replaceChildren(...sheets.map((sheet) => {
      const remove = make("button", `${sheet.title} ×`, { type: "button", class: "puce", "aria-label": `${said.remove} ${sheet.title}` });
      remove.addEventListener("click", () => {
        const rest = picks().filter((slug) => slug !== sheet.slug);
        history.pushState(null, "", `${location.pathname}?${said.picks}=${rest.join(",")}`);
        draw().then(() => (chips.querySelector("button") ?? doc.querySelector("main")).focus());
      });
      return remove;
    }));
    const rows = keys.map((key) => make("tr", [make("th", key, { scope: "row" }), ...sheets.map((sheet) => {
      const lines = [sheet.facts.get(key) ?? []].flat();
      return make("td", lines.length ? lines.map((line) => make("p", line)) : "—");
    })]));
    table.replaceChildren(make("table", [make("caption", said.caption, { class: "vh" }), make("thead", head), make("tbody", rows)], { class: "comparaison" }));
    const query = `?${said.picks}=${sheets.map((sheet) => sheet.slug).join(",")}`;
    back.href = back.href.split("?")[0] + query;
    if (mail) {
      const lines = [said.hello, ...sheets.map((sheet) => `- ${sheet.title} (${sheet.url})`), "", said.details];
      mail.href = `mailto:${said.email}?subject=${encodeURIComponent(said.subject)}&body=${encodeURIComponent(lines.join("\r\n"))}`;
    }
  };
  addEventListener("popstate", draw);
  draw();
})();
