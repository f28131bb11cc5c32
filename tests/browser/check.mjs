// Checks a built site the way its visitors meet it: in a browser.
//
//   node check.mjs PUBLIC_DIR [--only GROUP,GROUP] [--kind KIND] [--lighthouse] [--shots DIR]
//
// Groups: vnu, static, calendars, pages, opened, noscript, keyboard, print, subpath, disk, scores. All of them without --only.
// --kind KIND   of the group “pages”, only this kind of page
// --lighthouse  all four categories, the median of five runs on four kinds of page (some three minutes)
// --shots DIR   only takes pictures of each kind of page, unless --only names groups as well
// Exit code: 0 all passed, 1 something failed, 2 wrong usage. Chromium is looked for in the usual places or in $CHROMIUM.

import { stat } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { launch } from './lib/browser.mjs';
import { calendarChecks } from './lib/calendars.mjs';
import { diskCheck } from './lib/disk.mjs';
import { focusCheck, skipLinkCheck } from './lib/keyboard.mjs';
import { noScriptChecks, openedChecks, pageChecks, subPathChecks } from './lib/pages.mjs';
import { printCheck, shots } from './lib/paper.mjs';
import { Report } from './lib/report.mjs';
import { scoreChecks } from './lib/scores.mjs';
import { pickKinds, readSite, someModule } from './lib/site.mjs';
import { staticChecks } from './lib/static.mjs';
import { validate } from './lib/vnu.mjs';
import { serve } from './serve.mjs';

const GROUPS = ['vnu', 'static', 'calendars', 'pages', 'opened', 'noscript', 'keyboard', 'print', 'subpath', 'disk', 'scores'];

function usage(why) {
  console.error(`${why}\nusage: node check.mjs PUBLIC_DIR [--only ${GROUPS.join(',')}] [--kind KIND] [--lighthouse] [--shots DIR]`);
  process.exit(2);
}

function options() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { only: { type: 'string' }, kind: { type: 'string' }, lighthouse: { type: 'boolean' }, shots: { type: 'string' } },
    });
    if (positionals.length !== 1) usage('one folder, please');
    const groups = values.only?.split(',') ?? (values.shots ? [] : GROUPS);
    const unknown = groups.filter((group) => !GROUPS.includes(group));
    if (unknown.length > 0) usage(`no such group: ${unknown.join(', ')}`);
    return { folder: positionals[0], groups: new Set(groups), ...values };
  } catch (error) {
    return usage(error.message);
  }
}

/** Without these, half of the checks would pass for want of anything to look at. */
function missingKinds(kinds) {
  const missing = ['home', 'catalogue', 'not found'].filter((kind) => !kinds.has(kind));
  if (!someModule(kinds)) missing.push('module');
  return missing.map((kind) => `no page of the kind “${kind}”`);
}

const { folder, groups, kind: wanted, lighthouse, shots: pictures } = options();
if (!(await stat(folder).catch(() => null))?.isDirectory()) usage(`no such folder: ${folder}`);

const report = new Report();
const browser = await launch();
const site = await readSite(folder, browser);
const kinds = pickKinds(site);
const only = (...names) => names.filter((name) => kinds.has(name)).map((name) => [name, kinds.get(name)]);
const modules = only('module with sessions', 'module without sessions');

await report.check('the site has its main kinds of page', () => missingKinds(kinds));
for (const [kind, page] of kinds) report.note(`${kind}: /${page.address}`);

// Java works on the other core while the browser works on this one.
const validation = groups.has('vnu') ? validate(site) : null;
validation?.catch(() => {}); // heard below, where it is awaited

// 404.html starts from the path of base_url: the site is served where it says that it lives.
const server = await serve(folder, site.basePath);

if (groups.has('static')) await staticChecks(report, site);
if (groups.has('calendars')) await calendarChecks(report, site);
if (groups.has('pages')) {
  if (wanted && !kinds.has(wanted)) await report.check(`a page of the kind “${wanted}”`, () => ['there is none']);
  for (const [kind, page] of wanted ? only(wanted) : kinds) await pageChecks(report, browser, server, kind, page);
}
if (groups.has('opened')) {
  for (const [kind, page] of only('home', 'catalogue', 'module with sessions')) await openedChecks(report, browser, server, kind, page);
}
if (groups.has('noscript')) {
  for (const [kind, page] of [...only('home', 'catalogue', 'sessions'), ...modules.slice(0, 1)]) {
    await noScriptChecks(report, browser, server, kind, page);
  }
}
if (groups.has('keyboard')) {
  for (const [kind, page] of [...only('home', 'catalogue'), ...modules.slice(0, 1)]) {
    await skipLinkCheck(report, browser, server, kind, page);
  }
  for (const [kind, page] of modules) await focusCheck(report, browser, server, kind, page);
}
if (groups.has('print')) for (const [kind, page] of modules) await printCheck(report, browser, server, kind, page);
if (groups.has('subpath')) {
  const elsewhere = await serve(folder, '/sous/chemin/');
  await subPathChecks(report, browser, elsewhere, [...only('home', 'theme'), ...modules.slice(0, 1)]);
  await elsewhere.close();
}
if (groups.has('disk')) {
  const steps = ['home', 'catalogue', 'theme'].filter((kind) => kinds.has(kind)).map((kind) => kinds.get(kind).address);
  await diskCheck(report, browser, folder, steps);
  const module = someModule(kinds);
  if (module) await diskCheck(report, browser, folder, [kinds.get('catalogue').address, module.address]);
}
if (pictures) await report.check(`pictures in ${pictures}`, () => shots(browser, server, kinds, pictures));
await browser.close();

if (validation) {
  await report.check('vnu: pages, style sheets and drawings', async () => {
    const { count, errors, warnings } = await validation;
    report.note(`vnu: ${count} files, ${errors.length} errors, ${warnings.length} warnings`);
    for (const warning of new Set(warnings.slice(0, 10))) report.note(`warning: ${warning}`);
    return errors;
  });
}
if (groups.has('scores') || lighthouse) {
  const pages = lighthouse ? [...only('home', 'catalogue'), ...modules.slice(0, 1), ...only('article')] : [...only('home'), ...modules.slice(0, 1)];
  await scoreChecks(report, server, pages, lighthouse);
}
await server.close();
process.exitCode = report.finish();
