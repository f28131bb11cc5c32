// Fetched when a visitor begins to search or to choose on a list. What it reads, `src/render/find.rs` describes.
// Words shown to people come from data-attributes of the page, never from here. Nothing is stored, nothing is sent.
(() => {
  "use strict";
  const doc = document, form = doc.querySelector("[data-find]"), said = form.dataset;
  const part = (name) => doc.querySelector(`[data-find-${name}]`);
  const all = (selector, from = doc) => [...from.querySelectorAll(selector)];
  const list = part("list"), still = part("static"), count = part("count"), chips = part("chips"), more = part("more");
  const empty = part("empty"), others = part("others"), meant = part("meant"), see = part("see"), basket = part("picked");
  const field = doc.getElementById("q"), order = doc.getElementById("tri"), boxes = all("[type=checkbox]", form);
  // How many entries are fetched at first, and then with each asking for more.
  const FIRST = 10, STEP = 20;

  // Files, each fetched once; asked for anew each time that the page is, so that they fit together.
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
  const readJson = async (name) => JSON.parse(new TextDecoder().decode(await read(name)));

  // Which entries answer to which choice, as sets of bits.
  const readChoices = async () => {
    const bytes = await read(`${said.find}.bin`), end = bytes.indexOf(0);
    const head = JSON.parse(new TextDecoder().decode(bytes.subarray(0, end)));
    const width = Math.ceil(head.count / 8), sets = new Map(), orders = {};
    let at = end + 1;
    for (const [name, values] of head.facets) {
      for (const value of values) sets.set(`${name} ${value}`, bytes.subarray(at, (at += width)));
    }
    for (const name of head.orders) {
      orders[name] = Array.from({ length: head.count }, (_, i) => bytes[at + 3 * i] | (bytes[at + 3 * i + 1] << 8) | (bytes[at + 3 * i + 2] << 16));
      at += 3 * head.count;
    }
    return { ...head, sets, orders, width };
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
    engine ??= import(new URL(said.search, doc.baseURI)).then((script) => script.open(read, new URL(said.stems, doc.baseURI)));
    engine.catch(() => { engine = null; });
    return engine;
  };

  const now = new Date(), today = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((n) => String(n).padStart(2, "0")).join("-");

  // Entries as they are shown.
  const rows = async (kind, entry, perFile) => (await readJson(`${kind}-${Math.floor(entry / perFile)}.bin`))[entry % perFile];
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
    // A site built some days ago: what has passed since is not coming any more.
    shown.hidden = Boolean(shown.dataset.lastDay) && shown.dataset.lastDay < today;
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
    label.className = "choisir coche";
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
      write(false);
    });
  };
  const tellPicked = () => {
    if (!basket) return;
    basket.hidden = !picked.length;
    part("picked-count").textContent = picked.length === 1 ? said.pickedOne : said.pickedMany.replace("{n}", picked.length);
    const link = basket.querySelector("a");
    link.href = `${said.selection}?${said.picks}=${picked.map(encodeURIComponent).join(",")}`;
  };

  // The address says it all, so that it can be passed on, and Back works.
  const write = (asStep) => {
    const query = new URLSearchParams();
    if (field?.value.trim()) query.set("q", field.value.trim());
    for (const [name, values] of chosenNow()) for (const value of values) query.append(name, value);
    if (order?.value) query.set(order.name, order.value);
    if (picked.length) query.set(said.picks, picked.join(","));
    const address = location.pathname + (String(query) && `?${query}`);
    if (address === location.pathname + location.search) return;
    history[asStep ? "pushState" : "replaceState"](null, "", address);
  };
  const readAddress = () => {
    const query = new URLSearchParams(location.search);
    for (const box of boxes) box.checked = query.getAll(box.name).includes(box.value);
    if (field) field.value = query.get("q") ?? "";
    if (order) order.value = query.get(order.name) ?? "";
    if (order && order.selectedIndex < 0) order.value = "";
    picked = (query.get(said.picks) ?? "").split(",").filter(Boolean);
  };

  const number = (n) => (n === 0 ? said.none : n === 1 ? said.one : said.many.replace("{n}", n));
  const tellChips = () => {
    const chosen = boxes.filter((box) => box.checked);
    chips.replaceChildren(...chosen.map((box) => {
      const chip = doc.createElement("button"), label = box.closest("label").querySelector(".libelle").textContent;
      chip.type = "button";
      chip.className = "puce";
      chip.textContent = `${label} ×`;
      chip.setAttribute("aria-label", said.remove.replace("{label}", label));
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
  const draw = async (turn) => {
    const shown = await Promise.all(results.slice(0, shownUpTo).map((entry) => show(entry, found)));
    if (turn !== latest) return;
    list.replaceChildren(...shown);
    more.hidden = results.length <= shownUpTo;
  };

  const apply = async (asStep) => {
    const turn = (latest += 1);
    write(asStep);
    tellChips();
    tellPicked();
    try {
      const choices = await open();
      const chosen = chosenNow(), text = field?.value.trim() ?? "";
      let search = text && said.search ? await (await openEngine()).find(text, field.value) : null;
      // Words that say nothing choose nothing.
      if (search?.isIdle) search = null;
      if (turn !== latest) return;
      found = search;
      const everything = new Uint8Array(choices.width).fill(255);
      for (let i = choices.count; i < choices.width * 8; i += 1) everything[i >> 3] &= ~(1 << (i & 7));
      const n = Number(said.count), matches = new Uint8Array(choices.width);
      const isFound = (id) => id < n;
      if (search) search.ids(isFound).forEach((id) => { matches[id >> 3] |= 1 << (id & 7); });
      const groups = new Map([...chosen.keys()].map((name) => [name, groupSet(choices, chosen, name)]));
      const within = (but) => [...groups].reduce((set, [name, group]) => (name === but ? set : both(set, group)), search ? both(everything, matches) : everything);
      const answer = within(null);
      // Beside each value, how many there would be with it: its own group does not narrow it.
      const bases = new Map();
      for (const box of boxes) {
        if (!bases.has(box.name)) bases.set(box.name, within(box.name));
        const total = size(both(bases.get(box.name), setOf(choices, chosen, box.name, box.value)));
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
      if (see) see.textContent = words;
      tellMeant(search);
      still.hidden = isActive;
      list.hidden = !isActive || !results.length;
      empty.hidden = results.length > 0;
      if (isActive) await draw(turn);
      else { more.hidden = true; all(".card", still).forEach(mark); }
      drawOthers(turn, search, n).catch(() => {});
      if (turn === latest) doc.dispatchEvent(new CustomEvent("brochure:found", { detail: { results, text } }));
    } catch (error) {
      if (turn === latest) count.textContent = said.failed;
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
    meant.hidden = !search?.meant;
    if (!search?.meant) return;
    const button = doc.createElement("button");
    button.type = "button";
    button.className = "lien";
    button.textContent = said.meant.replace("{words}", search.meant);
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
  form.addEventListener("reset", () => setTimeout(() => {
    boxes.forEach((box) => { box.checked = false; });
    apply(true);
  }));
  more.querySelector("button").addEventListener("click", async () => {
    const from = shownUpTo;
    shownUpTo += STEP;
    await draw(latest);
    // Who pressed the key is led on to the first of the new entries.
    list.children[from]?.querySelector("a")?.focus();
  });
  part("unpick")?.addEventListener("click", () => {
    picked = [];
    all(".choisir input").forEach((box) => { box.checked = false; });
    tellPicked();
    write(false);
    (field ?? boxes[0])?.focus();
  });
  addEventListener("popstate", () => {
    readAddress();
    apply(false);
  });
  // What was chosen while this was fetched counts; else the address.
  if (!boxes.some((box) => box.checked) && !field?.value && !order?.value) readAddress();
  apply(false);
})();
