// The printed page, and pictures for people.

import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openPage, visit } from './browser.mjs';
import { locate } from './pages.mjs';

const run = promisify(execFile);
const MOST_PAGES = 3;

async function printed(page) {
  return page.pdf({ format: 'A4', preferCSSPageSize: true, printBackground: true });
}

/** The share of light pixels in a binary PPM, the one picture format that needs no library. */
function lightShare(ppm) {
  const header = /^P6\s+(\d+)\s+(\d+)\s+255\s/.exec(ppm.subarray(0, 40).toString('latin1'));
  const pixels = ppm.subarray(header[0].length);
  let light = 0;
  for (let i = 0; i + 2 < pixels.length; i += 3) {
    if (0.2126 * pixels[i] + 0.7152 * pixels[i + 1] + 0.0722 * pixels[i + 2] > 200) light += 1;
  }
  return light / (pixels.length / 3);
}

/** A module's sheet on A4, printed from the dark palette, backgrounds included: few pages, and light ones. */
export async function printCheck(report, browser, server, kind, target) {
  let count = 0;
  await report.check(`print from dark mode, at most ${MOST_PAGES} A4 pages, light: ${kind}`, async () => {
    const { context, page } = await openPage(browser, server.origin, { colorScheme: 'dark' });
    const folder = await mkdtemp(join(tmpdir(), 'brochure-print-'));
    try {
      await visit(page, locate(server, target).url);
      const pdf = join(folder, 'page.pdf');
      await writeFile(pdf, await printed(page));
      const { stdout } = await run('pdfinfo', [pdf]);
      count = Number(/^Pages:\s+(\d+)/m.exec(stdout)[1]);
      const faults = count > MOST_PAGES ? [`${count} pages: /${target.address}`] : [];
      if (!/^Page size:.*\(A4\)/m.test(stdout)) faults.push(`not A4: ${/^Page size:.*/m.exec(stdout)}`);
      await run('pdftoppm', ['-r', '40', pdf, join(folder, 'p')]);
      for (let n = 1; n <= count; n += 1) {
        const name = `p-${String(n).padStart(String(count).length, '0')}.ppm`;
        const share = lightShare(await readFile(join(folder, name)));
        if (share < 0.7) faults.push(`page ${n}: only ${Math.round(share * 100)} % of it is light`);
      }
      return faults;
    } finally {
      await context.close();
      await rm(folder, { recursive: true });
    }
  });
  report.note(`${count} printed pages: /${target.address}`);
}

/** Pictures of each kind of page: desktop, mobile, dark, and the first printed page. */
export async function shots(browser, server, kinds, folder) {
  await mkdir(folder, { recursive: true });
  for (const [kind, target] of kinds) {
    const { url, expected404 } = locate(server, target);
    const path = (what) => join(folder, `${kind.replace(/\W+/g, '-')}-${what}`);
    const { context, page } = await openPage(browser, server.origin, { expected404, colorScheme: 'light' });
    await visit(page, url);
    await page.screenshot({ path: path('desktop.png'), fullPage: true });
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.screenshot({ path: path('dark.png'), fullPage: true });
    await writeFile(path('print.pdf'), await printed(page));
    await run('pdftoppm', ['-png', '-r', '70', path('print.pdf'), path('print')]);
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize({ width: 320, height: 640 });
    await page.screenshot({ path: path('mobile.png'), fullPage: true });
    await context.close();
  }
}
