// The built folder as data: its files, its pages with what a parser finds in them, and one page of each kind.

import { readFile, readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { facts } from './facts.mjs';

/** All files below `folder`, as addresses with `/`, in a stable order. */
async function walk(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)).split(sep).join('/'))
    .sort();
}

/** The address of a page file, from the root of the site and without a leading slash: `` for the home page. */
const addressOf = (file) => file.replace(/(^|\/)index\.html$/, '$1');

/**
 * Reads the site. The pages are parsed by the browser itself: a real HTML parser, and no further dependency.
 * `basePath` is the path of `base_url`, which only 404.html depends on; the home page's canonical link tells it.
 */
export async function readSite(folder, browser) {
  const files = await walk(folder);
  const htmlFiles = files.filter((file) => file.endsWith('.html'));
  const context = await browser.newContext();
  const parser = await context.newPage();
  const pages = [];
  // In portions: one message for the whole of a large site would not fit, one a page would be slow.
  const portion = 25;
  for (let i = 0; i < htmlFiles.length; i += portion) {
    const names = htmlFiles.slice(i, i + portion);
    const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
    const found = await parser.evaluate(facts, texts);
    names.forEach((file, n) => pages.push({ file, address: addressOf(file), bytes: texts[n].length, ...found[n] }));
  }
  await context.close();
  const canonical = pages.find((page) => page.address === '')?.canonical;
  const baseUrl = canonical && URL.canParse(canonical) ? new URL('./', canonical).href : null;
  const basePath = baseUrl ? new URL(baseUrl).pathname : '/';
  return { folder, files, pages, baseUrl, basePath };
}

// CONTENT.md, section 4; the first that fits names the kind.
const KINDS = [
  ['home', /^$/],
  ['not found', /^404\.html$/],
  ['paged list', /(^|\/)page\/\d+\/$/],
  ['catalogue', /^catalogue\/$/],
  ['module', /^modules\/[^/]+\/$/],
  ['themes index', /^themes\/$/],
  ['theme', /^themes\/[^/]+\/$/],
  ['audiences index', /^publics\/$/],
  ['audience', /^publics\/[^/]+\/$/],
  ['regions index', /^regions\/$/],
  ['region', /^regions\/[^/]+\/$/],
  ['crossing', /^(themes|publics)\/[^/]+\/(regions|publics)\/[^/]+\/$/],
  ['sessions', /^sessions\/$/],
  ['news list', /^actualites\/$/],
  ['article', /^actualites\/[^/]+\/$/],
  ['organisations index', /^organismes\/$/],
  ['organisation', /^organismes\/[^/]+\/$/],
  ['pathways', /^parcours\/$/],
  ['report', /^qualite\/rapport\/$/],
  ['site map', /^plan-du-site\/$/],
  ['plain page', /^[^/]+\/$/],
  ['other', /./],
];

/** Of each kind the page with the most bytes: it has the most that can go wrong. Redirections are no kind. */
export function pickKinds(site) {
  const chosen = new Map();
  for (const page of site.pages) {
    if (page.refresh) continue;
    let kind = KINDS.find(([, pattern]) => pattern.test(page.address))[0];
    // The part with dates and places has this id in every language.
    if (kind === 'module') kind += page.ids.includes('sessions') ? ' with sessions' : ' without sessions';
    if (!chosen.has(kind) || chosen.get(kind).bytes < page.bytes) chosen.set(kind, page);
  }
  const order = KINDS.flatMap(([kind]) => (kind === 'module' ? ['module with sessions', 'module without sessions'] : [kind]));
  return new Map(order.filter((kind) => chosen.has(kind)).map((kind) => [kind, chosen.get(kind)]));
}

/** A module, the one with sessions if there is one. */
export const someModule = (kinds) => kinds.get('module with sessions') ?? kinds.get('module without sessions');
