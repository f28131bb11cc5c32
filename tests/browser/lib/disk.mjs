// The site opened from a folder on disk, where no server makes a page of a folder: a click has to lead to a page all the same.

import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openPage, visit } from './browser.mjs';

/** Where a page stands on disk. */
export function fileOf(folder, address) {
  const path = address === '' || address.endsWith('/') ? `${address}index.html` : address;
  return pathToFileURL(resolve(folder, path)).href;
}

/** From one page to the next, by clicking what a visitor would click. `targets` are addresses, the first one is opened. */
export async function diskCheck(report, browser, folder, targets) {
  await report.check(`from the disk, links lead to pages: ${targets.map((target) => `/${target}`).join(' → ')}`, async () => {
    const { context, page } = await openPage(browser, 'file://');
    await visit(page, fileOf(folder, targets[0]));
    const faults = [];
    for (const target of targets.slice(1)) {
      const wanted = fileOf(folder, target);
      const link = page.locator('main a[href], footer a[href]').filter({ visible: true });
      const at = await link.evaluateAll((all, url) => all.findIndex((a) => a.href.split('#')[0] === url), wanted);
      if (at < 0) {
        faults.push(`no link of ${page.url()} leads to ${wanted}`);
        break;
      }
      await link.nth(at).click();
      await page.waitForURL((url) => url.href.split('#')[0] === wanted);
      const shown = await page.evaluate(() => ({
        heading: document.querySelector('main h1')?.textContent.trim() ?? '',
        styled: getComputedStyle(document.querySelector('.wrap') ?? document.body).maxWidth !== 'none',
        drawn: [...document.querySelectorAll('use')].every((use) => document.querySelector(use.getAttribute('href'))),
      }));
      if (shown.heading === '') faults.push(`${wanted} shows no heading`);
      if (!shown.styled) faults.push(`${wanted} has lost its style`);
      if (!shown.drawn) faults.push(`${wanted} has lost its drawings`);
    }
    const folders = await page.evaluate(() => [...document.querySelectorAll('a[href]')].map((a) => a.href).filter((url) => url.startsWith('file:') && url.split('#')[0].endsWith('/')));
    if (folders.length > 0) faults.push(`links to folders: ${folders.slice(0, 3).join(', ')}`);
    await context.close();
    return faults;
  });
}
