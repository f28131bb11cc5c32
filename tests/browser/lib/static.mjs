// Checks of every built page, from its text alone.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

export async function staticChecks(report, site) {
  const pages = site.pages.filter((page) => !page.refresh);
  await report.check(`links: ${site.pages.length} pages`, () => links(site));
  await report.check('links: addresses in style sheets', () => styleLinks(site));
  await report.check('ids are unique in each page', () => repeatedIds(site.pages));
  await report.check('titles are present and unique', () => titles(pages));
  await report.check('one h1, no heading level skipped', () => headings(pages));
  await report.check('lang is present', () => site.pages.filter((p) => !/^[a-z]{2}/.test(p.lang)).map((p) => p.file));
  await report.check('no inline script, style or handler', () =>
    site.pages.flatMap((page) => page.inline.map((fault) => `${page.file}: ${fault}`)),
  );
  await report.check('nothing is fetched from another host', () => otherHosts(site));
}

/** The file that answers an address inside the site, or null. */
function fileAt(files, path) {
  if (path === '' || path.endsWith('/')) return files.has(`${path}index.html`) ? `${path}index.html` : null;
  if (files.has(path)) return path;
  return files.has(`${path}/index.html`) ? `${path}/index.html` : null;
}

const encoded = (address) => address.split('/').map(encodeURIComponent).join('/');

/** What an address points at: another site, a fault, or a file of this one and a fragment. */
function resolveLink(site, files, page, url) {
  const here = site.baseUrl ?? 'http://localhost/';
  if (!URL.canParse(url, here)) return { fault: 'not an address' };
  const target = new URL(url, new URL(encoded(page), here));
  if (target.protocol === 'javascript:') return { fault: 'a script as an address' };
  if (target.origin !== new URL(here).origin) return { elsewhere: true };
  if (!target.pathname.startsWith(site.basePath)) {
    // Another site of the same host, given in full, is a legitimate neighbour; a path that leaves ours is not.
    return /^https?:/i.test(url) ? { elsewhere: true } : { fault: 'leads out of the site' };
  }
  try {
    const path = decodeURIComponent(target.pathname.slice(site.basePath.length));
    const file = fileAt(files, path);
    return file ? { file, fragment: decodeURIComponent(target.hash.slice(1)) } : { fault: 'no such file' };
  } catch {
    return { fault: 'a percent sign that encodes nothing' };
  }
}

function links(site) {
  const files = new Set(site.files);
  const targets = new Map(site.pages.map((page) => [page.file, new Set([...page.ids, ...page.names])]));
  const faults = [];
  for (const page of site.pages) {
    for (const { url, where } of page.links) {
      const say = (fault) => faults.push(`${page.file}: <${where}> “${url}”: ${fault}`);
      // Every page has to work below any path; the 404 page has to work at any depth instead.
      if (page.file !== '404.html' && url.startsWith('/')) say('starts from the root of the host');
      if (page.file === '404.html' && !/^([/#]|[a-z][a-z+.-]*:)/i.test(url)) say('relative, on a page served at any depth');
      const found = resolveLink(site, files, page.address, url);
      if (found.fault) say(found.fault);
      // `#top` and text fragments are the browser's own.
      else if (found.fragment && found.fragment !== 'top' && !found.fragment.startsWith(':~:') && targets.has(found.file)) {
        if (!targets.get(found.file).has(found.fragment)) say(`no such place in ${found.file}`);
      }
    }
  }
  return faults;
}

async function styleLinks(site) {
  const files = new Set(site.files);
  const faults = [];
  for (const file of site.files.filter((name) => name.endsWith('.css'))) {
    const text = await readFile(join(site.folder, file), 'utf8');
    for (const [, , url] of text.matchAll(/(?:url\(|@import)\s*(["']?)(?!data:|#)([^"')\s;]+)\1/g)) {
      const found = resolveLink(site, files, file, url);
      if (found.fault) faults.push(`${file}: “${url}”: ${found.fault}`);
      if (found.elsewhere) faults.push(`${file}: “${url}”: another host`);
      if (url.startsWith('/')) faults.push(`${file}: “${url}”: starts from the root of the host`);
    }
  }
  return faults;
}

function repeatedIds(pages) {
  return pages.flatMap((page) => {
    const seen = new Set();
    return page.ids.filter((id) => seen.has(id) || !seen.add(id)).map((id) => `${page.file}: “${id}”`);
  });
}

function titles(pages) {
  const first = new Map();
  const faults = [];
  for (const page of pages) {
    if (page.title === '') faults.push(`${page.file}: no title`);
    else if (first.has(page.title)) faults.push(`${page.file} and ${first.get(page.title)}: “${page.title}”`);
    else first.set(page.title, page.file);
  }
  return faults;
}

function headings(pages) {
  const faults = [];
  for (const page of pages) {
    const count = page.headings.filter((h) => h.level === 1).length;
    if (count !== 1) faults.push(`${page.file}: ${count} h1`);
    let above = 1;
    for (const { level, text } of page.headings) {
      if (level > above + 1) faults.push(`${page.file}: h${level} “${text}” under h${above}`);
      above = level;
    }
  }
  return faults;
}

function otherHosts(site) {
  const home = new URL(site.baseUrl ?? 'http://localhost/').origin;
  return site.pages.flatMap((page) =>
    page.links
      .filter(({ url, fetched }) => fetched && /^(https?:)?\/\//i.test(url))
      .map(({ url, where }) => `${page.file}: <${where}> “${url}”${url.startsWith(home) ? ' (absolute: breaks when moved)' : ''}`),
  );
}
