// Lighthouse. Its performance varies with the machine: printed when asked for, never a reason to fail.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as chromeLauncher from 'chrome-launcher';
import lighthouse from 'lighthouse';
import { LIGHTHOUSE_FLAGS, PATIENCE, chromiumPath } from './browser.mjs';
import { locate } from './pages.mjs';

const GUARDED = { accessibility: 100, seo: 95 };
const ALL = ['performance', 'accessibility', 'best-practices', 'seo'];

async function runOnce(chrome, url, categories) {
  const result = await lighthouse(url, {
    port: chrome.port,
    onlyCategories: categories,
    locale: 'fr',
    logLevel: 'silent',
    maxWaitForLoad: PATIENCE,
  });
  const { lhr } = result;
  if (lhr.runtimeError) throw new Error(lhr.runtimeError.message);
  const lost = Object.values(lhr.categories).flatMap((category) =>
    category.auditRefs
      .filter(({ id, weight }) => weight > 0 && lhr.audits[id].score !== null && lhr.audits[id].score < 0.9)
      .map(({ id }) => `${category.id}/${id}`),
  );
  return {
    scores: Object.fromEntries(Object.values(lhr.categories).map(({ id, score }) => [id, Math.round(score * 100)])),
    metrics: Object.fromEntries(
      [['LCP', 'largest-contentful-paint'], ['CLS', 'cumulative-layout-shift'], ['TBT', 'total-blocking-time']]
        .filter(([, id]) => lhr.audits[id])
        .map(([name, id]) => [name, lhr.audits[id].numericValue]),
    ),
    lost,
  };
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const shown = (runs, key) =>
  Object.keys(runs[0][key]).map((name) => `${name} ${Number(median(runs.map((r) => r[key][name])).toFixed(3))}`).join(', ');

/** One guarded run for a gate; five in all categories, with the medians, for `--lighthouse`. */
export async function scoreChecks(report, server, kinds, full) {
  // A profile of our own: a shared one would bring its cache and its extensions.
  const userDataDir = await mkdtemp(join(tmpdir(), 'brochure-lighthouse-'));
  const chrome = await chromeLauncher.launch({ chromePath: chromiumPath(), chromeFlags: LIGHTHOUSE_FLAGS, userDataDir, logLevel: 'silent' });
  for (const [kind, target] of kinds) {
    await report.check(`lighthouse, accessibility 100 and SEO 95: ${kind}`, async () => {
      const runs = [];
      for (let n = 0; n < (full ? 5 : 1); n += 1) {
        runs.push(await runOnce(chrome, locate(server, target).url, full ? ALL : Object.keys(GUARDED)));
      }
      report.note(`${kind}: ${shown(runs, 'scores')}${full ? `; ${shown(runs, 'metrics')}` : ''}`);
      const lost = [...new Set(runs.flatMap((r) => r.lost))].join(', ') || 'nothing below 0.9';
      return Object.entries(GUARDED)
        .filter(([name, least]) => median(runs.map((r) => r.scores[name])) < least)
        .map(([name]) => `${name}: ${runs.map((r) => r.scores[name]).join(', ')} (${lost})`);
    }, 900);
  }
  await chrome.kill();
  // Chromium may still be writing its last file.
  await rm(userDataDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
}
