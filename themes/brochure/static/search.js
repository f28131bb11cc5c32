// The engine of words, fetched when the first is typed. What it reads, `src/search/` describes and makes.
const LETTERS = /[\p{L}\p{N}\p{M}]+/gu;

/** Without accents and ligatures: how words are compared. */
const plain = (word) => word.normalize("NFKD").replace(/\p{M}+/gu, "").toLowerCase().replaceAll("œ", "oe").replaceAll("æ", "ae").replace(/[^\p{L}\p{N}]+/gu, "");

/** How many letters apart two words are: left out, put in, changed, or two exchanged; `most + 1` when more than `most`. */
const distance = (one, other, most) => {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let before = [], last = Array.from({ length: other.length + 1 }, (_, i) => i);
  for (let i = 1; i <= one.length; i += 1) {
    const now = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const same = one[i - 1] === other[j - 1];
      now[j] = Math.min(last[j] + 1, now[j - 1] + 1, last[j - 1] + (same ? 0 : 1));
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) now[j] = Math.min(now[j], before[j - 2] + 1);
    }
    if (Math.min(...now) > most) return most + 1;
    before = last;
    last = now;
  }
  return last[other.length];
};

/**
 * Reads the words of the site. `read` gives the bytes of a file by its name, `stems` is where unknown words are cut,
 * `isOurs` refuses what belongs to another build.
 */
export async function open(read, stems, isOurs) {
  const head = isOurs(JSON.parse(new TextDecoder().decode(await read("words.bin"))));
  const lines = head.stems ? head.stems.split("\n") : [];
  const idle = new Set(head.idle.split(" "));
  const numbers = new Map(), named = [], rarity = [], texts = [], forms = new Map();
  lines.forEach((line, number) => {
    const [stem, n, ...words] = line.split(" ");
    numbers.set(stem, number);
    named.push(stem);
    texts.push(Number(n));
    rarity.push(Math.log(1 + (head.texts - n + 0.5) / (Number(n) + 0.5)));
    for (const word of words) {
      const folded = plain(word), known = forms.get(folded);
      if (!known) forms.set(folded, { shown: word, stems: [number] });
      else if (!known.stems.includes(number)) known.stems.push(number);
    }
  });
  const sorted = [...forms.keys()].sort();

  // Words that mean the same, by the stem that one of them begins with.
  const same = new Map();
  for (const group of head.same) {
    // A phrase that the site never uses leads to the others all the same.
    const others = group.filter((phrase) => phrase.every((stem) => numbers.has(stem)));
    if (others.length) for (const phrase of group) same.set(phrase[0], [...(same.get(phrase[0]) ?? []), { phrase, others }]);
  }

  // Where stems stand.
  const places = new Map();
  const readPlaces = async (file) => {
    const bytes = await read(`words-${file}.bin`);
    let at = 0;
    const next = () => {
      let number = 0, shift = 0, byte;
      do {
        byte = bytes[at++];
        number += (byte & 127) * 2 ** shift;
        shift += 7;
      } while (byte > 127);
      return number;
    };
    const first = Math.ceil((file * lines.length) / head.files);
    for (let stem = first; Math.floor((stem * head.files) / lines.length) === file && stem < lines.length; stem += 1) {
      const n = next(), found = new Uint32Array(n);
      let text = 0;
      for (let i = 0; i < n; i += 1) found[i] = text += next();
      places.set(stem, { texts: found, weights: bytes.subarray(at, (at += n)) });
    }
  };
  const fetchPlaces = (wanted) =>
    Promise.all([...new Set(wanted.filter((stem) => !places.has(stem)).map((stem) => Math.floor((stem * head.files) / lines.length)))].map(readPlaces));

  let cut = null;
  const stemOf = async (word) => {
    cut ??= import(stems).then((script) => script.stemmer, () => (same) => same);
    return plain((await cut)(word.toLowerCase()));
  };
  const knownStems = async (word) => {
    const known = forms.get(plain(word));
    if (known) return known.stems;
    const stem = await stemOf(word);
    return numbers.has(stem) ? [numbers.get(stem)] : [];
  };
  const beginning = (start) => {
    let low = 0, high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle] < start) low = middle + 1;
      else high = middle;
    }
    const found = new Set();
    for (let i = low; i < sorted.length && sorted[i].startsWith(start); i += 1) forms.get(sorted[i]).stems.forEach((stem) => found.add(stem));
    return [...found].sort((one, other) => texts[other] - texts[one]).slice(0, 30);
  };
  const nearest = (word) => {
    const folded = plain(word), most = folded.length < 4 ? 0 : folded.length < 6 ? 1 : 2;
    let best = null;
    for (const other of sorted) {
      if (most === 0 || Math.abs(other.length - folded.length) > most) continue;
      const apart = distance(folded, other, most);
      if (apart > most) continue;
      const stem = forms.get(other).stems[0];
      // A slip is seldom in the first letter.
      if (apart > 1 && other[0] !== folded[0]) continue;
      const rank = apart * 4 + (other[0] === folded[0] ? 0 : 2) - Math.min(texts[stem], 50) / 50;
      if (!best || rank < best.rank) best = { rank, shown: forms.get(other).shown, stems: forms.get(other).stems };
    }
    return best;
  };

  /** The words of a question, each with the stems it may have. */
  const understand = async (text, isOpen) => {
    const words = [...text.matchAll(LETTERS)].map((match) => ({ word: match[0], at: match.index }));
    const asked = [];
    let meant = text, moved = 0;
    for (const [i, { word, at }] of words.entries()) {
      const folded = plain(word), isLast = i === words.length - 1 && isOpen;
      if (!folded || (idle.has(folded) || (folded.length < 2 && !/\d/.test(folded))) && !isLast) continue;
      const exact = await knownStems(word);
      const longer = isLast && folded.length > 1 ? beginning(folded).filter((stem) => !exact.includes(stem)) : [];
      // A word that says nothing may be the beginning of one that does.
      if (idle.has(folded) && !longer.length) continue;
      // A phrase of the glossary may have a word that the site does not have.
      const stem = exact.length ? null : await stemOf(word);
      const isNamed = stem !== null && head.same.some((group) => group.some((phrase) => phrase.includes(stem)));
      if (exact.length || longer.length || isNamed) {
        asked.push({ exact, longer, stems: stem === null ? exact.map((number) => named[number]) : [stem] });
        continue;
      }
      const near = nearest(word);
      if (near) {
        meant = meant.slice(0, at + moved) + near.shown + meant.slice(at + moved + word.length);
        moved += near.shown.length - word.length;
      }
      const found = near?.stems ?? [];
      asked.push({ exact: found, longer: [], stems: found.map((number) => named[number]) });
    }
    return { asked, meant: meant === text ? null : meant };
  };

  // What was asked counts for more than what means the same, and a whole word for more than the beginning of another.
  const SAME = 0.5, LONGER = 0.6;
  /** Parts of a question: each a choice of phrases, any of which answers it. */
  const partsOf = (asked) => {
    const parts = [];
    for (let i = 0; i < asked.length; ) {
      const starts = asked[i].stems.flatMap((stem) => same.get(stem) ?? []);
      const fits = ({ phrase }) => phrase.every((stem, k) => asked[i + k]?.stems.includes(stem));
      const group = starts.filter(fits).sort((one, other) => other.phrase.length - one.phrase.length)[0];
      if (group) {
        const all = starts.filter((other) => fits(other) && other.phrase.length === group.phrase.length);
        const phrases = all.flatMap(({ phrase, others }) =>
          others.map((other) => ({ stems: other.map((stem) => numbers.get(stem)), factor: String(other) === String(phrase) ? 1 : SAME })));
        if (group.phrase.length === 1) phrases.push(...asked[i].longer.map((stem) => ({ stems: [stem], factor: LONGER })));
        parts.push({ phrases, length: group.phrase.length });
        i += group.phrase.length;
      } else {
        const single = (factor) => (stem) => ({ stems: [stem], factor });
        parts.push({ phrases: [...asked[i].exact.map(single(1)), ...asked[i].longer.map(single(LONGER))], length: 1 });
        i += 1;
      }
    }
    return parts;
  };

  const scoresOf = ({ phrases, length }) => {
    const best = new Map();
    const note = (text, score) => { if (score > (best.get(text) ?? 0)) best.set(text, score); };
    const single = (stem, factor) => {
      const { texts: found, weights } = places.get(stem);
      for (let i = 0; i < found.length; i += 1) note(found[i], (factor * rarity[stem] * weights[i]) / 255);
    };
    for (const { stems, factor } of phrases) {
      if (stems.length === 1) {
        single(stems[0], factor * length);
        continue;
      }
      const sums = new Map();
      stems.forEach((stem, k) => {
        const { texts: found, weights } = places.get(stem);
        for (let i = 0; i < found.length; i += 1) {
          const known = sums.get(found[i]);
          if (k === 0 || known?.n === k) sums.set(found[i], { n: k + 1, sum: (known?.sum ?? 0) + (rarity[stem] * weights[i]) / 255 });
        }
      });
      for (const [text, { n, sum }] of sums) if (n === stems.length) note(text, (factor * sum * length) / n);
    }
    return best;
  };

  /** What answers to a text. `typed` is the text as it stands in the field: a word is open until a space follows it. */
  const find = async (text, typed = text) => {
    const { asked, meant } = await understand(text, !/\s$/.test(typed));
    const parts = partsOf(asked);
    const wanted = parts.flatMap((part) => part.phrases.flatMap(({ stems }) => stems));
    await fetchPlaces(wanted);
    const totals = new Map();
    for (const part of parts) {
      for (const [id, score] of scoresOf(part)) {
        const known = totals.get(id);
        if (known) { known.score += score; known.n += 1; } else totals.set(id, { score, n: 1 });
      }
    }
    const shown = new Set(wanted);
    return {
      meant,
      isIdle: parts.length === 0,
      /** The texts that answer best: all parts of the question, or as many as any text answers; the best first. */
      ids: (suits, isStrict = false) => {
        const all = [...totals].filter(([id]) => suits(id));
        const most = isStrict ? parts.length : Math.max(0, ...all.map(([, { n }]) => n));
        const kept = all.filter(([, { n }]) => n === most && n > 0);
        return kept.sort(([one, a], [other, b]) => b.score - a.score || one - other).map(([id]) => id);
      },
      /** The sentence of a text that has most of what was asked, in pieces: [words, whether they were asked for]. */
      excerpt: (body) => excerptOf(body, (word) => (forms.get(plain(word))?.stems ?? []).filter((stem) => shown.has(stem))),
    };
  };
  return { find };
}

const ROOM = 200;
const excerptOf = (body, stemsOf) => {
  let best = null;
  for (const sentence of body.split(/\n|(?<=[.!?…])\s+/u)) {
    const found = new Set();
    let first = -1;
    for (const match of sentence.matchAll(LETTERS)) {
      const stems = stemsOf(match[0]);
      if (stems.length && first < 0) first = match.index;
      stems.forEach((stem) => found.add(stem));
    }
    if (found.size > (best?.n ?? 0)) best = { n: found.size, sentence, first };
  }
  if (!best) return [];
  let { sentence, first } = best;
  if (sentence.length > ROOM) {
    const from = first > ROOM / 2 ? sentence.indexOf(" ", first - ROOM / 2) + 1 : 0;
    const cut = sentence.slice(from, from + ROOM);
    const to = from + ROOM < sentence.length ? cut.lastIndexOf(" ") : cut.length;
    sentence = (from > 0 ? "… " : "") + cut.slice(0, to) + (from + ROOM < sentence.length ? " …" : "");
  }
  const pieces = [];
  let done = 0;
  for (const match of sentence.matchAll(LETTERS)) {
    if (!stemsOf(match[0]).length) continue;
    if (match.index > done) pieces.push([sentence.slice(done, match.index), false]);
    pieces.push([match[0], true]);
    done = match.index + match[0].length;
  }
  if (done < sentence.length) pieces.push([sentence.slice(done), false]);
  return pieces;
};
