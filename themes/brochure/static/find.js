// Fetched when a visitor begins to search or to choose on a list. What it reads, `src/render/find.rs` describes.
// Words shown to people come from data-attributes of the page, never from here. Nothing is stored, nothing is sent.
(() => {
  "use strict";
  const doc = document, form = doc.querySelector("[data-find]"), said = form.dataset;
  const part = (name) => doc.querySelector(`[data-find-${name}]`);
  const all = (selector, from = doc) => [...from.querySelectorAll(selector)];
  const list = part("list"), still = part("static"), count = part("count"), chips = part("chips"), more = part("more");
  const empty = part("empty"), others = part("others"), meant = part("meant"), see = part("see"), basket = part("picked");
  const field = doc.getElementById("q"), order = doc.getElementById("tri");
  let boxes = all("[type=checkbox]", form);
  // How many entries are fetched at once, for browsers fetch six files at a time; how many then follow by themselves, and
  // how many with each asking for more.
  const FIRST = 6, THEN = 10, STEP = 20;

  // Files, each fetched once. All that name entries by number have a mark: page and files must be of one build.
  const files = new Map();
  const unpack = async (answer) => {
    const bytes = new Uint8Array(await answer.arrayBuffer());
    // A server may have unpacked it on the way.
    if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  };
  const read = (name) => {
    if (!files.has(name)) {
      const bytes = fetch(said.files + name, { cache: "no-cache" }).then((answer) => {
        if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
        return unpack(answer);
      });
      bytes.catch(() => files.delete(name));
      files.set(name, bytes);
    }
    return files.get(name);
  };
  const isOurs = (head) => {
    if (head.mark === said.mark) return head;
    // The site was published anew since this page was fetched. Once, for a page that is kept somewhere may stay old.
    if (!history.state?.again) {
      history.replaceState({ again: true }, "");
      location.reload();
    }
    throw new Error("another build");
  };
  const readJson = async (name) => isOurs(JSON.parse(new TextDecoder().decode(await read(name))));

  const now = new Date(), today = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((n) => String(n).padStart(2, "0")).join("-");

  // The panel shows the values that most entries have; an address may name others.
  const addMissing = (facets) => {
    const query = new URLSearchParams(location.search);
    for (const [name, values] of facets) {
      const known = boxes.filter((box) => box.name === name);
      for (const value of query.getAll(name)) {
        if (!known.length || !values.includes(value) || known.some((box) => box.value === value)) continue;
        const label = known[0].closest("label").cloneNode(true), box = label.querySelector("input");
        box.value = value;
        box.checked = true;
        label.querySelector(".libelle").textContent = value.replaceAll("-", " ");
        known[0].closest("fieldset").append(label);
      }
    }
    boxes = all("[type=checkbox]", form);
  };

  // Which entries answer to which choice, as sets of bits.
  const readChoices = async () => {
    const bytes = await read(`${said.find}.bin`), end = bytes.indexOf(0);
    const head = isOurs(JSON.parse(new TextDecoder().decode(bytes.subarray(0, end))));
    const width = Math.ceil(head.count / 8), sets = new Map(), orders = {};
    let at = end + 1;
    for (const [name, values] of head.facets) {
      for (const value of values) sets.set(`${name} ${value}`, bytes.subarray(at, (at += width)));
    }
    for (const name of head.orders) {
      orders[name] = Array.from({ length: head.count }, (_, i) => bytes[at + 3 * i] | (bytes[at + 3 * i + 1] << 8) | (bytes[at + 3 * i + 2] << 16));
      at += 3 * head.count;
    }
    addMissing(head.facets);
    // What has passed since the site was built is nothing that one could choose.
    const current = new Uint8Array(width);
    for (let i = 0; i < head.count; i += 1) if (!(head.ends[i] < today)) current[i >> 3] |= 1 << (i & 7);
    return { ...head, sets, orders, width, current };
  };
  let opened = null;
  const open = () => {
    opened ??= readChoices();
    opened.catch(() => { opened = null; });
    return opened;
  };
  const ONES = Uint8Array.from({ length: 256 }, (_, byte) => byte.toString(2).replaceAll("0", "").length);
  const size = (set) => set.reduce((sum, byte) => sum + ONES[byte], 0);
  const has = (set, entry) => (set[entry >> 3] >> (entry & 7)) & 1;
  const both = (one, other) => one.map((byte, i) => byte & other[i]);

  // Who pays nothing: everybody, or those of the regions and audiences that are chosen.
  const freeHere = (choices, chosen) => {
    const set = new Uint8Array(choices.width), suits = (named, name) => {
      const wanted = chosen.get(name);
      return !named.length || !wanted || named.some((value) => wanted.includes(value));
    };
    for (const [entry, regions, audiences] of choices.free) {
      if (suits(regions, said.region) && suits(audiences, said.audience)) set[entry >> 3] |= 1 << (entry & 7);
    }
    return set;
  };

  // What is chosen now.
  const chosenNow = () => {
    const chosen = new Map();
    for (const box of boxes) if (box.checked) chosen.set(box.name, [...(chosen.get(box.name) ?? []), box.value]);
    return chosen;
  };
  const setOf = (choices, chosen, name, value) =>
    value === "free_here" ? freeHere(choices, chosen) : (choices.sets.get(`${name} ${value}`) ?? new Uint8Array(choices.width));
  const groupSet = (choices, chosen, name) => {
    const set = new Uint8Array(choices.width);
    for (const value of chosen.get(name)) setOf(choices, chosen, name, value).forEach((byte, i) => { set[i] |= byte; });
    return set;
  };

  // Words: their engine is fetched when the first is typed.
  let engine = null;
  const openEngine = () => {
    engine ??= import(new URL(said.search, doc.baseURI)).then((script) => script.open(read, new URL(said.stems, doc.baseURI), isOurs));
    engine.catch(() => { engine = null; });
    return engine;
  };

  // Entries as they are shown.
  const rows = async (kind, entry, perFile) => (await readJson(`${kind}-${Math.floor(entry / perFile)}.bin`)).entries[entry % perFile];
  const drawn = all(said.find === "sessions" ? ".session" : ".card", still);
  const node = (html) => {
    const made = doc.createElement("template");
    made.innerHTML = html;
    return made.content.firstElementChild;
  };
  const show = async (entry, found) => {
    const fetched = found || !drawn[entry] ? rows(said.find, entry, Number(said.perFile)) : null;
    const shown = drawn[entry] ? drawn[entry].cloneNode(true) : node((await fetched).html);
    shown.removeAttribute("id");
    // The sentence may come a moment later than the entry.
    if (found) fetched.then((row) => excerpt(shown.querySelector(".corps") ?? shown, found, row.text), () => {});
    mark(shown);
    return shown;
  };
  const excerpt = (place, found, text) => {
    const pieces = found.excerpt(text);
    if (!pieces.length) return;
    const line = doc.createElement("p");
    line.className = "extrait";
    for (const [words, isFound] of pieces) {
      const piece = doc.createElement(isFound ? "mark" : "span");
      piece.textContent = words;
      line.append(piece);
    }
    place.append(line);
  };
  const showOther = async (entry, found) => {
    const { link, text } = await rows("others", entry, Number(said.othersPerFile));
    const item = doc.createElement("li"), a = doc.createElement("a"), kind = doc.createElement("span");
    a.href = said.root + link.url;
    a.textContent = link.title;
    kind.className = "note";
    kind.textContent = ` ${link.kind}`;
    item.append(a, kind);
    excerpt(item, found, text);
    return item;
  };

  // Picking: what is picked stands in the address alone.
  const slugOf = (card) => card.querySelector("h3 a")?.getAttribute("href").split("/").filter((step) => step && step !== "index.html").pop();
  let picked = (new URLSearchParams(location.search).get(said.picks) ?? "").split(",").filter(Boolean);
  const mark = (card) => {
    if (!basket || !card.classList.contains("card")) return;
    const old = card.querySelector(".choisir"), slug = slugOf(card);
    old?.remove();
    const label = doc.createElement("label"), box = doc.createElement("input"), words = doc.createElement("span");
    label.className = "choisir coche ecran";
    box.type = "checkbox";
    box.value = slug;
    box.checked = picked.includes(slug);
    box.setAttribute("aria-label", `${said.pick}, ${card.querySelector("h3").textContent}`);
    words.textContent = said.pick;
    label.append(box, words);
    card.append(label);
    box.addEventListener("change", () => {
      picked = box.checked ? [...picked, slug] : picked.filter((other) => other !== slug);
      tellPicked();
      writeNow(false);
    });
  };
  const fill = (pattern, name, words) => pattern.replace(`{${name}}`, () => words);
  const tellPicked = () => {
    if (!basket) return;
    const words = picked.length === 1 ? said.pickedOne : fill(said.pickedMany, "n", picked.length);
    basket.hidden = !picked.length;
    part("picked-count").textContent = words;
    // Said from a place that is always there: what is only just shown is not heard by all.
    if (part("said").textContent || picked.length) part("said").textContent = words;
    const link = basket.querySelector("a");
    link.href = `${said.selection}?${said.picks}=${picked.map(encodeURIComponent).join(",")}`;
  };

  // The address says it all, so that it can be passed on, and Back works.
  let writing = 0;
  const write = (asStep) => {
    clearTimeout(writing);
    // Not with each letter: browsers refuse addresses that change too often.
    if (asStep) writeNow(true);
    else writing = setTimeout(() => writeNow(false), 300);
  };
  const writeNow = (asStep) => {
    const query = new URLSearchParams();
    if (field?.value.trim()) query.set("q", field.value.trim());
    for (const [name, values] of chosenNow()) for (const value of values) query.append(name, value);
    if (order?.value) query.set(order.name, order.value);
    if (picked.length) query.set(said.picks, picked.join(","));
    const address = location.pathname + (String(query) && `?${query}`);
    if (address === location.pathname + location.search) return;
    try {
      if (asStep) history.pushState(null, "", address);
      else history.replaceState(history.state, "", address);
    } catch { /* too many: the next one may go */ }
  };
  // What was chosen while this was fetched counts beside it, when `isFirst`.
  const readAddress = (isFirst) => {
    const query = new URLSearchParams(location.search);
    for (const box of boxes) box.checked = query.getAll(box.name).includes(box.value) || (isFirst && box.checked);
    if (field && !(isFirst && field.value)) field.value = query.get("q") ?? "";
    if (order && !(isFirst && order.value)) order.value = query.get(order.name) ?? "";
    if (order && order.selectedIndex < 0) order.value = "";
  };

  const number = (n) => (n === 0 ? said.none : n === 1 ? said.one : fill(said.many, "n", n));
  const tellChips = () => {
    const chosen = boxes.filter((box) => box.checked);
    chips.replaceChildren(...chosen.map((box) => {
      const chip = doc.createElement("button"), label = box.closest("label").querySelector(".libelle").textContent;
      chip.type = "button";
      chip.className = "puce";
      chip.textContent = `${label} ×`;
      chip.setAttribute("aria-label", fill(said.remove, "label", label));
      chip.addEventListener("click", async () => {
        box.checked = false;
        await apply(true);
        (chips.querySelector("button") ?? field ?? boxes[0]).focus();
      });
      return chip;
    }));
    chips.hidden = !chosen.length;
  };

  let shownUpTo = FIRST, latest = 0, results = [], found = null;
  const draw = async (turn, from) => {
    const shown = await Promise.all(results.slice(from, shownUpTo).map((entry) => show(entry, found)));
    if (turn !== latest) return;
    if (from === 0) list.replaceChildren(...shown);
    else list.append(...shown);
    more.hidden = results.length <= Math.max(shownUpTo, THEN);
  };

  const apply = async (asStep) => {
    const turn = (latest += 1);
    write(asStep);
    tellChips();
    tellPicked();
    try {
      const choices = await open();
      if (turn !== latest) return;
      const chosen = chosenNow(), text = field?.value.trim() ?? "";
      let search = text && said.search ? await (await openEngine()).find(text, field.value) : null;
      // Words that say nothing choose nothing.
      if (search?.isIdle) search = null;
      if (turn !== latest) return;
      found = search;
      const n = Number(said.count), matches = new Uint8Array(choices.width);
      const isFound = (id) => id < n;
      if (search) search.ids(isFound).forEach((id) => { matches[id >> 3] |= 1 << (id & 7); });
      const whole = search ? both(choices.current, matches) : choices.current;
      const within = (but, chosen) =>
        [...chosen.keys()].reduce((set, name) => (name === but ? set : both(set, groupSet(choices, chosen, name))), whole);
      const answer = within(null, chosen);
      // Beside each value, how many there would be with it: its own group does not narrow it. Who pays nothing depends
      // on the region and the audience themselves.
      const bases = new Map(), asksFree = [...chosen.values()].some((values) => values.includes("free_here"));
      const baseOf = (box) => {
        const turns = asksFree && (box.name === said.region || box.name === said.audience);
        if (turns) return within(box.name, new Map(chosen).set(box.name, [box.value]));
        if (!bases.has(box.name)) bases.set(box.name, within(box.name, chosen));
        return bases.get(box.name);
      };
      for (const box of boxes) {
        const total = size(both(baseOf(box), setOf(choices, chosen, box.name, box.value)));
        const label = box.closest("label");
        label.querySelector(".nb").textContent = total;
        label.classList.toggle("vide", total === 0 && !box.checked);
      }
      const isSorted = Boolean(order?.value), isActive = Boolean(search) || chosen.size > 0 || isSorted;
      const natural = Array.from({ length: choices.count }, (_, i) => i);
      const sorted = choices.orders[order?.value] ?? (search && order?.value !== "date" ? search.ids(isFound) : natural);
      results = sorted.filter((entry) => has(answer, entry));
      shownUpTo = !search && results.every((entry) => drawn[entry]) ? results.length : FIRST;
      const words = number(results.length);
      count.textContent = words;
      if (see) see.textContent = fill(said.see, "found", words);
      tellMeant(search);
      still.hidden = isActive;
      list.hidden = !isActive || !results.length;
      empty.hidden = results.length > 0;
      if (isActive) await draw(turn, 0);
      else { more.hidden = true; all(".card", still).forEach(mark); }
      if (turn !== latest) return;
      doc.dispatchEvent(new CustomEvent("brochure:found", { detail: { results, text } }));
      if (isActive && shownUpTo < THEN) {
        shownUpTo = THEN;
        await draw(turn, FIRST);
      }
      await drawOthers(turn, search, n);
    } catch (error) {
      if (turn !== latest) return;
      count.textContent = said.failed;
      // The plain links lead on.
      all("[data-without-find]").forEach((e) => { e.dataset.shown = ""; });
      console.warn(error);
    }
  };
  const drawOthers = async (turn, search, n) => {
    const ids = search ? search.ids((id) => id >= n, true).slice(0, 4) : [];
    const shown = await Promise.all(ids.map((id) => showOther(id - n, search)));
    if (turn !== latest) return;
    others.querySelector("ul").replaceChildren(...shown);
    others.hidden = !ids.length;
  };
  const tellMeant = (search) => {
    if (!meant) return;
    if (!search?.meant) {
      meant.replaceChildren();
      return;
    }
    const button = doc.createElement("button");
    button.type = "button";
    button.className = "lien";
    button.textContent = fill(said.meant, "words", search.meant);
    button.addEventListener("click", () => {
      field.value = search.meant;
      field.focus();
      apply(true);
    });
    meant.replaceChildren(button);
  };

  form.addEventListener("change", () => apply(true));
  order?.addEventListener("change", () => apply(true));
  field?.addEventListener("input", () => apply(false));
  form.addEventListener("submit", () => apply(true));
  // What is typed is no filter: it stays.
  form.addEventListener("reset", () => {
    const typed = field?.value;
    setTimeout(() => afterReset(typed));
  });
  const afterReset = (typed) => {
    if (field) field.value = typed;
    boxes.forEach((box) => { box.checked = false; });
    apply(true);
  };
  more.querySelector("button").addEventListener("click", async () => {
    const from = shownUpTo;
    shownUpTo += STEP;
    await draw(latest, from);
    // Who pressed the key is led on to the first of the new entries.
    list.children[from]?.querySelector("a")?.focus();
  });
  part("unpick")?.addEventListener("click", () => {
    picked = [];
    all(".choisir input").forEach((box) => { box.checked = false; });
    tellPicked();
    writeNow(false);
    (field ?? boxes[0])?.focus();
  });
  addEventListener("popstate", () => {
    // What is picked stays picked, wherever one goes back to.
    readAddress(false);
    apply(false);
  });
  readAddress(true);
  tellPicked();
  all(".card", still).forEach(mark);
  // Cards get their boxes as soon as this is here; what a search needs is fetched when one begins.
  const isAsked = () => Boolean(field?.value || order?.value || boxes.some((box) => box.checked));
  if (isAsked() || new URLSearchParams(location.search).size) apply(false);
  else {
    const begin = ({ target }) => {
      if (!target || (target.form !== form && !form.contains(target))) return;
      open().catch(() => {});
      if (target === field && said.search) openEngine().catch(() => {});
    };
    begin({ target: doc.activeElement });
    for (const name of ["focusin", "pointerdown"]) doc.addEventListener(name, begin);
  }
})();
