// Search, choice and selection, the way visitors meet them: in a browser.
//
//   node find.mjs PUBLIC_DIR [--queries FILE] [--titles FILE] [--budget BYTES]
//
// --queries FILE  questions with the first three answers that are expected: `queries.json` for the shipped brochure
// --titles FILE   phrases, a line each, of which titles are made: who asks for one must meet such titles first
// --budget BYTES  what the first search may fetch
// Exit code: 0 all passed, 1 something failed, 2 wrong usage.

import { readFile, stat } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { launch } from './lib/browser.mjs';
import { askAll, askTitles, costs } from './lib/queries.mjs';
import { choiceChecks } from './lib/choices.mjs';
import { selectionChecks } from './lib/selection.mjs';
import { Report } from './lib/report.mjs';
import { serve } from './serve.mjs';

function usage(why) {
  console.error(`${why}\nusage: node find.mjs PUBLIC_DIR [--queries FILE] [--titles FILE] [--budget BYTES]`);
  process.exit(2);
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { queries: { type: 'string' }, titles: { type: 'string' }, budget: { type: 'string' } },
});
const [folder] = positionals;
if (positionals.length !== 1 || !(await stat(folder).catch(() => null))?.isDirectory()) usage('one folder, please');

const report = new Report();
const browser = await launch();
// Below a path, as on many hosts: nothing may be asked for outside of it.
const server = await serve(folder, '/sous/chemin/');
if (values.queries) {
  const questions = JSON.parse(await readFile(values.queries, 'utf8'));
  await askAll(report, browser, server, questions);
  await choiceChecks(report, browser, server, folder);
  await selectionChecks(report, browser, server);
}
if (values.titles) {
  const phrases = (await readFile(values.titles, 'utf8')).trim().split('\n');
  await askTitles(report, browser, server, phrases);
  await costs(report, browser, server, phrases.slice(0, 12), Number(values.budget));
}
await server.close();
await browser.close();
process.exitCode = report.finish();
