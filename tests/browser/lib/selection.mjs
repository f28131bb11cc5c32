// What a visitor picks: side by side, on paper, in a letter; in the address and nowhere else.

import { openPage, settle, visit } from './browser.mjs';
import { axe, sideways } from './pages.mjs';
import { openCatalogue } from './queries.mjs';

export async function selectionChecks(report, browser, server) {
  await report.check('modules are picked, compared as their sheets say, asked for in a letter, and nothing is stored', async () => {
    const { page, context, noise } = await openCatalogue(browser, server);
    const faults = [];
    await page.focus('#q');
    await page.waitForSelector('.choisir input');
    const picks = page.locator('.choisir input');
    const slugs = [await picks.nth(0).inputValue(), await picks.nth(2).inputValue()];
    await picks.nth(0).check();
    await picks.nth(2).check();
    if (!page.url().includes(slugs.join('%2C'))) faults.push(`the address does not name what is picked: ${page.url()}`);
    await Promise.all([page.waitForURL(/selection\//), page.locator('[data-find-picked] a').click()]);
    await page.waitForSelector('.comparaison');
    const heads = await page.locator('.comparaison thead a').allTextContents();
    const sheet = await context.newPage();
    for (const [n, slug] of slugs.entries()) {
      await visit(sheet, new URL(`modules/${slug}/`, server.base).href);
      const words = (text) => text.replace(/\s+/g, ' ').trim();
      if (words(heads[n]) !== words(await sheet.textContent('h1'))) faults.push(`${slug} is called ${heads[n]}`);
      const facts = await sheet.evaluate(() => [...document.querySelectorAll('.faits > div')].map((row) => [row.querySelector('dt').textContent.trim(), row.querySelectorAll('dd > *')[0]?.textContent.replace(/\s+/g, ' ').trim()]));
      for (const [name, first] of facts.filter(([, first]) => first)) {
        const row = page.locator('.comparaison tbody tr', { has: page.locator('th', { hasText: new RegExp(`^${name}$`) }) });
        const said = words((await row.locator('td').nth(n).textContent()) ?? '');
        if (!said.includes(first)) faults.push(`${slug}, ${name}: “${said}”, and the sheet says “${first}”`);
      }
    }
    const mail = decodeURIComponent((await page.getAttribute('[data-selection-mail]', 'href')) ?? '');
    if (!slugs.every((slug) => mail.includes(`/modules/${slug}/`))) faults.push(`the letter: ${mail}`);
    for (const width of [320, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      await settle(page);
      faults.push(...(await axe(page, `selection, ${width} px`)), ...(await sideways(page, `selection, ${width} px`)));
    }
    await page.emulateMedia({ media: 'print' });
    if (!(await page.isVisible('.comparaison td')) || (await page.isVisible('[data-selection-mail]'))) faults.push('paper shows the wrong things');
    await page.emulateMedia({ media: 'screen' });
    await page.locator('[data-selection-chips] button').first().click();
    await page.waitForFunction(() => document.querySelectorAll('.comparaison thead a').length === 1);
    const stored = await page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie]);
    if (String(stored) !== '0,0,') faults.push(`stored: ${stored}`);
    await context.close();
    return [...faults, ...noise];
  });
  await report.check('a selection without a name, or of names that mean nothing, leads to the catalogue', async () => {
    const faults = [];
    for (const query of ['', '?choix=', '?choix=rien-de-tel', '?choix=../../secret', '?choix=%3Cscript%3E']) {
      const { page, context } = await openPage(browser, server.origin);
      await visit(page, new URL(`selection/${query}`, server.base).href);
      await page.waitForLoadState('networkidle');
      if (!(await page.isVisible('[data-selection-none] a')) || (await page.isVisible('.comparaison'))) faults.push(query || 'nothing');
      await context.close();
    }
    return faults;
  });
}
