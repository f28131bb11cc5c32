// Choices: by script, by plain links, by keyboard, by address; the same answers each way.

import { readdir } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { openPage, settle, visit } from './browser.mjs';
import { ask, openCatalogue } from './queries.mjs';
import { axe, sideways } from './pages.mjs';

/** Waits for the answer to what `act` does. */
async function answered(page, act) {
  // Listening first, and only then acting: an answer may come at once.
  await page.evaluate(() => {
    window.answer = new Promise((resolve) => document.addEventListener('brochure:found', ({ detail }) => resolve(detail), { once: true }));
  });
  await act();
  return page.evaluate(() => window.answer);
}

/** The crossings that the site has, by what stands at their addresses: [[facet, value], [facet, value]]. */
async function crossings(folder) {
  const kinds = { themes: 'theme', publics: 'public', regions: 'region' };
  const files = await readdir(folder, { recursive: true });
  const found = files.map((file) => file.match(/^(themes|publics)\/([^/]+)\/(publics|regions)\/([^/]+)\/index\.html$/)).filter(Boolean);
  return found.map(([file, one, first, other, second]) => ({
    address: file.replace(/index\.html$/, ''),
    chosen: [[kinds[one], first], [kinds[other], second]],
  }));
}

/** The cards of a page that is read and not opened. */
const cardsAt = (page, url) =>
  page.evaluate(async (url) => {
    const other = new DOMParser().parseFromString(await (await fetch(url)).text(), 'text/html');
    return [...other.querySelectorAll('.cartes h3 a')].map((a) => a.getAttribute('href').split('/').filter(Boolean).pop());
  }, url);

const cardsOf = (page) => page.evaluate(() => [...document.querySelectorAll('.cartes h3 a')].map((a) => a.getAttribute('href').split('/').filter(Boolean).pop()));

export async function choiceChecks(report, browser, server, folder) {
  const at = (address) => new URL(address, server.base).href;

  await report.check('every crossing shows what the two choices find', async () => {
    const { page, context, noise } = await openCatalogue(browser, server);
    const order = await cardsOf(page);
    await answered(page, () => page.locator('[data-find] [type=checkbox]').first().check());
    const faults = [];
    const pairs = await crossings(folder);
    if (pairs.length < 20) faults.push(`${pairs.length} crossings only`);
    for (const { address, chosen } of pairs) {
      const { results } = await answered(page, () =>
        page.evaluate((chosen) => {
          const form = document.querySelector('[data-find]');
          form.querySelectorAll('[type=checkbox]').forEach((box) => { box.checked = chosen.some(([name, value]) => box.name === name && box.value === value); });
          form.dispatchEvent(new Event('change', { bubbles: true }));
        }, chosen),
      );
      const shown = await cardsAt(page, at(address));
      if (String(results.map((entry) => order[entry])) !== String(shown)) faults.push(`/${address}: ${shown.length} there, ${results.length} by script`);
    }
    report.note(`${pairs.length} crossings compared`);
    await context.close();
    return [...faults, ...noise];
  });

  await report.check('counts are what choosing gives, the address says it, Back goes back, chips take away', async () => {
    const { page, context, noise } = await openCatalogue(browser, server);
    const faults = [];
    const boxes = page.locator('[data-find] [type=checkbox]');
    await answered(page, () => boxes.first().check());
    const n = await boxes.count();
    for (let i = 1; i < Math.min(n, 20); i += 3) {
      const label = page.locator('[data-find] label').nth(i);
      const group = await boxes.nth(i).getAttribute('name');
      if (group === (await boxes.first().getAttribute('name'))) continue;
      const promised = Number(await label.locator('.nb').textContent());
      const { results } = await answered(page, () => boxes.nth(i).evaluate((box) => box.click()));
      if (results.length !== promised) faults.push(`${await label.textContent()}: ${promised} promised, ${results.length} found`);
      await answered(page, () => boxes.nth(i).evaluate((box) => box.click()));
    }
    const address = page.url();
    const { results } = await answered(page, () => boxes.nth(n - 1).evaluate((box) => box.click()));
    if (page.url() === address) faults.push('the address does not say what is chosen');
    await answered(page, () => page.goBack());
    if (page.url() !== address || (await boxes.nth(n - 1).isChecked())) faults.push('Back does not go back');
    const shared = await openPage(browser, server.origin);
    await visit(shared.page, address);
    await shared.page.waitForSelector('[data-find-chips] button');
    const said = await page.textContent('[data-find-count]');
    await shared.page.waitForFunction((said) => document.querySelector('[data-find-count]').textContent === said, said);
    await answered(shared.page, () => shared.page.locator('[data-find-chips] button').first().click());
    if (await shared.page.locator('[data-find-chips] button').count()) faults.push('the chip stays');
    await shared.page.waitForFunction(() => document.activeElement?.id === 'q');
    await shared.context.close();
    await context.close();
    return [...faults, ...noise, ...(results ? [] : ['no answer'])];
  });

  await report.check('what is free in a region is free there', async () => {
    const { page, context, noise } = await openCatalogue(browser, server);
    const faults = [];
    const price = page.locator('[data-find] [value=free_here]');
    const everywhere = await answered(page, () => price.evaluate((box) => { box.checked = true; box.dispatchEvent(new Event('change', { bubbles: true })); }));
    const order = await cardsAt(page, at('catalogue/'));
    const region = page.locator('[data-find] [name=region][value=hauts-de-france]');
    const here = await answered(page, () => region.evaluate((box) => { box.checked = true; box.dispatchEvent(new Event('change', { bubbles: true })); }));
    const elsewhere = await answered(page, () =>
      page.evaluate(() => {
        const form = document.querySelector('[data-find]');
        form.querySelector('[value=hauts-de-france]').checked = false;
        form.querySelector('[name=region][value=bretagne]').checked = true;
        form.dispatchEvent(new Event('change', { bubbles: true }));
      }),
    );
    const names = ({ results }) => results.map((entry) => order[entry]);
    const leaflet = 'retablissement-et-pair-aidance-professionnelle';
    if (!names(here).includes(leaflet)) faults.push(`not free in its region: ${names(here).join(', ')}`);
    if (names(elsewhere).includes(leaflet)) faults.push('free in another region than its own');
    if (everywhere.results.length < here.results.length) faults.push('fewer anywhere than in one region');
    await context.close();
    return [...faults, ...noise];
  });

  await report.check('from a question to a date by the keyboard alone', async () => {
    const { page, context, noise } = await openCatalogue(browser, server);
    const faults = [];
    const tabTo = async (wanted, most = 200) => {
      for (let i = 0; i < most; i += 1) {
        if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), wanted)) return true;
        await page.keyboard.press('Tab');
      }
      faults.push(`${wanted} is not reached`);
      return false;
    };
    await tabTo('#q');
    await page.keyboard.type('initiation');
    await page.waitForSelector('[data-find-list] .card');
    await tabTo('[data-find] [type=checkbox]');
    await answered(page, () => page.keyboard.press('Space'));
    await answered(page, () => page.keyboard.press('Space'));
    await tabTo('[data-find-list] h3 a');
    await Promise.all([page.waitForURL(/modules\//), page.keyboard.press('Enter')]);
    await page.waitForLoadState('load');
    await tabTo('main a[href$=".ics"]');
    await context.close();
    return [...faults, ...noise];
  });

  await report.check('axe and scroll with results, chips, nothing found, and sessions chosen', async () => {
    const faults = [];
    for (const width of [320, 1280]) {
      for (const colorScheme of ['light', 'dark']) {
        const { page, context, noise } = await openPage(browser, server.origin, { width, colorScheme });
        const look = async (where) => {
          await settle(page);
          faults.push(...(await axe(page, `${where}, ${width} px, ${colorScheme}`)), ...(await sideways(page, where)));
        };
        await visit(page, at('catalogue/?theme=pair-aidance&q=pair'));
        await page.waitForSelector('[data-find-list] .extrait');
        await look('results');
        await ask(page, 'xyzzyx');
        await look('nothing found');
        await ask(page, 'pair-aidence');
        await look('another word meant');
        await visit(page, at('sessions/?region=hauts-de-france'));
        await page.waitForSelector('[data-find-list] .session');
        await look('sessions');
        await context.close();
        faults.push(...noise);
      }
    }
    return faults;
  });

  await report.check('without a script, and from a disk, the panel gives way to plain links that lead to crossings', async () => {
    const faults = [];
    const plain = await openPage(browser, server.origin, { javaScriptEnabled: false });
    await plain.page.goto(at('catalogue/'));
    if (await plain.page.isVisible('[data-find]')) faults.push('the panel shows without a script');
    if (await plain.page.isVisible('#q')) faults.push('the field shows without a script');
    const theme = plain.page.locator('[data-without-find] a[href*="themes/"]').nth(1);
    await Promise.all([plain.page.waitForURL(/themes\/[^/]+\/$/), theme.click()]);
    const way = plain.page.locator('a[href*="/regions/"].puce').first();
    await Promise.all([plain.page.waitForURL(/themes\/[^/]+\/regions\/[^/]+\/$/), way.click()]);
    if ((await plain.page.locator('.cartes h3 a').count()) === 0) faults.push('a crossing without modules');
    await plain.context.close();
    const disk = await browser.newContext();
    const page = await disk.newPage();
    await page.goto(pathToFileURL(join(folder, 'catalogue/index.html')).href);
    if (await page.isVisible('#q')) faults.push('the field shows on a disk');
    if (!(await page.isVisible('[data-without-find]'))) faults.push('no plain links on a disk');
    await disk.close();
    return faults;
  });
}

