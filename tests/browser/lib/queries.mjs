// Questions and answers.

import { openPage, visit } from './browser.mjs';

/** Types a question, and waits for its answer: how long it took, how many there are, and the first of them. */
export const ask = (page, question) =>
  page.evaluate(
    (question) =>
      new Promise((resolve) => {
        const field = document.getElementById('q');
        const meant = document.querySelector('[data-find-meant]');
        const began = performance.now();
        document.addEventListener(
          'brochure:found',
          ({ detail }) => {
            const links = [...document.querySelectorAll('[data-find-list] h3 a')];
            resolve({
              time: performance.now() - began,
              count: detail.results.length,
              said: document.querySelector('[data-find-count]').textContent,
              slugs: links.map((a) => a.getAttribute('href').split('/').filter(Boolean).pop()),
              titles: links.map((a) => a.textContent),
              meant: meant.hidden ? null : meant.textContent,
            });
          },
          { once: true },
        );
        field.value = question;
        field.dispatchEvent(new Event('input', { bubbles: true }));
      }),
    question,
  );

/** Opens the catalogue and begins to search: what a search needs is fetched from here on. */
export async function openCatalogue(browser, server, options) {
  const opened = await openPage(browser, server.origin, options);
  await visit(opened.page, new URL('catalogue/', server.base).href);
  return opened;
}

const begin = async (page) => {
  await page.focus('#q');
  await ask(page, 'zzz');
};

const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];

export async function askAll(report, browser, server, questions) {
  await report.check(`${questions.length} questions have the answers that are expected`, async () => {
    const { page, context, noise } = await openCatalogue(browser, server);
    await begin(page);
    const faults = [];
    for (const { query, first, meant } of questions) {
      const answer = await ask(page, query);
      if (String(answer.slugs.slice(0, 3)) !== String(first)) faults.push(`“${query}”: ${answer.slugs.slice(0, 3).join(', ') || 'nothing'}`);
      if (Boolean(answer.meant) !== Boolean(meant) || (meant && !answer.meant.includes(meant))) faults.push(`“${query}” is taken for ${answer.meant}`);
    }
    await context.close();
    return [...faults, ...noise];
  });
  await report.check('a word is found in its sentence, an unknown one is answered, one that says nothing chooses nothing', async () => {
    const { page, context, noise } = await openCatalogue(browser, server);
    await begin(page);
    const faults = [];
    await ask(page, 'pair-aidance');
    await page.waitForSelector('[data-find-list] .extrait mark');
    const marks = await page.locator('[data-find-list] .extrait mark').allTextContents();
    if (!marks.some((mark) => /^aidance$/i.test(mark))) faults.push(`marked: ${marks.join(', ')}`);
    const unknown = await ask(page, 'xyzzyx');
    if (unknown.count !== 0 || !(await page.isVisible('[data-find-empty]'))) faults.push('an unknown word finds something');
    const idle = await ask(page, 'de la ');
    const all = Number(await page.getAttribute('[data-find]', 'data-count'));
    if (idle.count !== all) faults.push(`“de la” finds ${idle.count} of ${all}`);
    await context.close();
    return [...faults, ...noise];
  });
  await report.check('nothing that a search needs is fetched before a visitor begins', async () => {
    const { page, context } = await openPage(browser, server.origin);
    const asked = [];
    page.on('request', (request) => asked.push(request.url()));
    await visit(page, new URL('catalogue/', server.base).href);
    await page.waitForLoadState('networkidle');
    const early = asked.filter((url) => /recherche|find-|search-|stems/.test(url) && !url.endsWith('.css'));
    await page.focus('#q');
    await page.waitForFunction(() => performance.getEntriesByType('resource').some(({ name }) => name.includes('modules.bin')));
    await context.close();
    return early;
  });
}

// Ways in which people write what they look for.
const plain = (text) => text.normalize('NFD').replace(/\p{M}/gu, '');
const slip = (text) => {
  const words = text.split(' ');
  const long = words.reduce((best, word) => (word.length > best.length ? word : best), '');
  // A letter left out of the middle.
  const middle = long.length >> 1;
  return words.map((word) => (word === long && long.length > 6 ? word.slice(0, middle) + word.slice(middle + 1) : word)).join(' ');
};
const WAYS = [(text) => text, plain, (text) => text.toUpperCase(), slip, (text) => text.replace(/^(les?|la|une?) /, '').replaceAll("'", '’')];

export async function askTitles(report, browser, server, phrases) {
  await report.check(`${phrases.length} phrases of titles, written in ${WAYS.length} ways, bring such titles first`, async () => {
    const { page, context, noise } = await openCatalogue(browser, server);
    await begin(page);
    const faults = [];
    const times = [];
    const fold = (text) => plain(text).toLowerCase().replaceAll('’', "'");
    for (const [n, phrase] of phrases.entries()) {
      const question = WAYS[n % WAYS.length](phrase);
      const answer = await ask(page, question);
      times.push(answer.time);
      const first = answer.titles.slice(0, 3);
      if (first.length < 3 || !first.every((title) => fold(title).includes(fold(phrase)))) faults.push(`“${question}”: ${first.join(' | ')}`);
    }
    report.note(`from key to results, each question new: median ${median(times).toFixed(0)} ms, most ${Math.max(...times).toFixed(0)} ms`);
    await context.close();
    return [...faults, ...noise];
  });
}

export async function costs(report, browser, server, phrases, budget) {
  await report.check(`a first search fetches ${budget} bytes at most`, async () => {
    const sizes = [];
    const times = [];
    for (const phrase of phrases) {
      const { page, context } = await openPage(browser, server.origin);
      const bodies = [];
      page.on('response', (response) => {
        if (/recherche|find-.*js|search-.*js|stems/.test(response.url())) bodies.push(response.body().catch(() => Buffer.alloc(0)));
      });
      await visit(page, new URL('catalogue/', server.base).href);
      await page.focus('#q');
      times.push((await ask(page, phrase)).time);
      await page.waitForLoadState('networkidle');
      sizes.push((await Promise.all(bodies)).reduce((sum, body) => sum + body.length, 0));
      await context.close();
    }
    report.note(`a first search fetches: median ${median(sizes)} bytes, most ${Math.max(...sizes)}, in ${median(times).toFixed(0)} ms`);
    return Math.max(...sizes) > budget ? [`${Math.max(...sizes)} bytes`] : [];
  });
}
