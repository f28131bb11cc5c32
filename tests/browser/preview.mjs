// Checks the preview the way its author meets it: a browser that is never touched, and files that are saved.
//
//   node preview.mjs PROGRAM SITE_DIR [--shots DIR]
//
// PROGRAM is the finished program, SITE_DIR the folder of a site, which is copied. --shots DIR keeps pictures of what the
// author sees. Exit code: 0 all passed, 1 something failed.

import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { launch, openPage, settle, visit } from './lib/browser.mjs';
import { axe, sideways } from './lib/pages.mjs';
import { follow } from './lib/preview.mjs';
import { Report } from './lib/report.mjs';

const shots = process.argv.includes('--shots') ? process.argv.at(-1) : null;
const [program, root] = process.argv.slice(2).map((path) => resolve(path));
if (!root) {
  console.error('usage: node preview.mjs PROGRAM SITE_DIR [--shots DIR]');
  process.exit(2);
}
if (shots) await mkdir(shots, { recursive: true });

const FILE = 'content/modules/accompagner-prise-de-poste-pair.md';
const ADDRESS = '/modules/accompagner-prise-de-poste-pair/';
const OTHER = 'content/modules/aller-vers-module-1-une-necessaire-preparation.md';
const SCSS = 'themes/essai/styles/_footer.scss';
// A page that is loaded anew lets go of what it was loading and listening to.
const LETS_GO = /request failed \(net::ERR_ABORTED\)|request failed \(net::ERR_INCOMPLETE_CHUNKED_ENCODING\)/;

const report = new Report();
const browser = await launch();
const preview = await follow(program, root);
const heard = (noise) => noise.filter((line) => !LETS_GO.test(line));
const picture = async (page, name) => shots && page.screenshot({ path: `${shots}/${name}.png` });
const overlay = (page) => page.locator('#brochure-preview');

/** A page with a mark on it that a reload would take away. */
async function open(address, options) {
  const opened = await openPage(browser, preview.origin, options);
  let loads = 0;
  opened.page.on('load', () => (loads += 1));
  await visit(opened.page, preview.origin + address);
  await opened.page.evaluate(() => (window.mark = true));
  return { ...opened, loads: () => loads, isMarked: () => opened.page.evaluate(() => window.mark === true) };
}

await report.check('what is saved is seen, at the same place of the page', async () => {
  const { page, context, noise, loads, isMarked } = await open(ADDRESS);
  await page.evaluate(() => scrollTo(0, 500));
  await page.waitForTimeout(300);
  const before = await page.evaluate(() => scrollY);
  await preview.write(FILE, `${await preview.read(FILE)}\nUn mot que voici.\n`);
  await page.getByText('Un mot que voici.').first().waitFor({ state: 'attached' });
  await settle(page);
  const after = await page.evaluate(() => scrollY);
  const faults = heard(noise);
  if (await isMarked()) faults.push('the page was not loaded anew');
  if (Math.abs(after - before) > 2) faults.push(`it stood at ${before} and stands at ${after}`);
  await page.waitForTimeout(1500);
  if (loads() !== 2) faults.push(`it was loaded ${loads()} times`);
  await context.close();
  return faults;
});

await report.check('a slip is told over the page, which stays, and goes when it is mended', async () => {
  const { page, context, noise } = await open(ADDRESS);
  const good = await preview.read(FILE);
  const title = await page.locator('main h1').innerText();
  const faults = [];
  await preview.write(FILE, good.replace(/^(titre|title): .*$/m, 'titre: ['));
  const told = overlay(page).locator('pre').first();
  await told.waitFor();
  const text = await told.innerText();
  if (!text.includes(`${FILE}:2`)) faults.push(`file and line are not told:\n${text}`);
  if (!/erreur/.test(text)) faults.push(`it is not told in French:\n${text}`);
  if ((await page.locator('main h1').innerText()) !== title) faults.push('the page did not stay');
  await settle(page);
  faults.push(...(await axe(page, 'with the slip told')));
  await picture(page, 'slip');
  await page.setViewportSize({ width: 320, height: 640 });
  faults.push(...(await sideways(page, 'with the slip told, 320 px')));
  await picture(page, 'slip-320');
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.emulateMedia({ media: 'print' });
  if (await overlay(page).isVisible()) faults.push('the slip stands on paper');
  await page.emulateMedia({ media: 'screen' });
  // Another page goes on, and tells the slip as well.
  const other = await open('/modules/aller-vers-module-1-une-necessaire-preparation/');
  await overlay(other.page).locator('pre').first().waitFor();
  await preview.write(OTHER, `${await preview.read(OTHER)}\nCette page suit.\n`);
  await other.page.getByText('Cette page suit.').first().waitFor({ state: 'attached' });
  faults.push(...heard(other.noise));
  await other.context.close();
  // Folded with the keyboard, it stays folded.
  await told.focus();
  await page.keyboard.press('Escape');
  await told.waitFor({ state: 'hidden' });
  await overlay(page).getByRole('button').filter({ visible: true }).waitFor();
  await preview.write(FILE, good);
  await overlay(page).waitFor({ state: 'detached' });
  faults.push(...heard(noise));
  await context.close();
  return faults;
});

await report.check('a colour changes without a reload', async () => {
  const { page, context, noise, isMarked, loads } = await open(ADDRESS);
  const colour = () => page.evaluate(() => getComputedStyle(document.querySelector('#pied')).outlineColor);
  const faults = [];
  if ((await colour()) !== 'rgb(1, 2, 3)') faults.push(`the site's own style is not there: ${await colour()}`);
  for (const fresh of ['rgb(200, 30, 40)', 'rgb(20, 130, 40)']) {
    await preview.write(SCSS, `#pied { outline: 0 solid ${fresh}; }\n`);
    await page.waitForFunction((wanted) => getComputedStyle(document.querySelector('#pied')).outlineColor === wanted, fresh);
  }
  const sheets = await page.evaluate(() => document.querySelectorAll('link[rel="stylesheet"]').length);
  await page.waitForTimeout(400);
  const left = await page.evaluate(() => document.querySelectorAll('link[rel="stylesheet"]').length);
  if (left > sheets) faults.push(`${left} style sheets are left of ${sheets}`);
  if (!(await isMarked()) || loads() !== 1) faults.push('the page was loaded anew');
  faults.push(...heard(noise));
  await context.close();
  return faults;
});

await report.check('a broken style is told, and the last good one stays', async () => {
  const { page, context, noise, isMarked } = await open(ADDRESS);
  const good = await preview.read(SCSS);
  const colour = () => page.evaluate(() => getComputedStyle(document.querySelector('#pied')).outlineColor);
  const before = await colour();
  const faults = [];
  await preview.write(SCSS, '#pied { outline: 0 solid red; ');
  const told = overlay(page).locator('pre').first();
  await told.waitFor();
  if (!(await told.innerText()).includes(`${SCSS}:1`)) faults.push(await told.innerText());
  if ((await colour()) !== before) faults.push('the last good style is gone');
  await preview.write(SCSS, good);
  await overlay(page).waitFor({ state: 'detached' });
  if (!(await isMarked())) faults.push('the page was loaded anew');
  faults.push(...heard(noise));
  await context.close();
  return faults;
});

await report.check('warnings of the page stand in a corner, until they are opened', async () => {
  const { page, context, noise } = await open(ADDRESS);
  const good = await preview.read(FILE);
  const faults = [];
  await preview.write(FILE, good.replace('---\n', '---\ncle-inconnue: 1\n'));
  const pill = overlay(page).getByRole('button').filter({ visible: true });
  await pill.waitFor();
  await settle(page);
  faults.push(...(await axe(page, 'with a warning folded')));
  await picture(page, 'warning-folded');
  await pill.click();
  const told = overlay(page).locator('pre').first();
  await told.waitFor();
  if (!(await told.innerText()).includes('cle-inconnue')) faults.push(await told.innerText());
  faults.push(...(await axe(page, 'with a warning open')));
  await picture(page, 'warning-open');
  await preview.write(FILE, good);
  await overlay(page).waitFor({ state: 'detached' });
  faults.push(...heard(noise));
  await context.close();
  return faults;
});

await report.check('a page that is not there yet appears when its file does', async () => {
  const address = '/modules/tout-neuf/';
  const { page, context, noise } = await open(address, { expected404: preview.origin + address });
  await preview.write('content/modules/tout-neuf.md', '---\ntitre: Tout neuf\n---\nBonjour.\n');
  await page.getByRole('heading', { name: 'Tout neuf' }).waitFor();
  const faults = heard(noise);
  await context.close();
  return faults;
});

await browser.close();
await report.check('Ctrl-C ends it cleanly', async () => {
  const code = await preview.close();
  return code === 0 ? [] : [`exit code ${code}`, preview.said()];
});
process.exitCode = report.finish();
