// Checks the report of `brochure check --format html`: one file, opened from the disk, that asks for nothing else.
//
//   node alone.mjs FILE
//
// Exit code: 0 all passed, 1 something failed, 2 wrong usage.

import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { launch } from './lib/browser.mjs';
import { axe, sideways } from './lib/pages.mjs';
import { Report } from './lib/report.mjs';

const [file] = process.argv.slice(2);
if (!file) {
  console.error('usage: node alone.mjs FILE');
  process.exit(2);
}

const report = new Report();
const browser = await launch();
const url = pathToFileURL(resolve(file)).href;

for (const colorScheme of ['light', 'dark']) {
  for (const width of [320, 1280]) {
    await report.check(`axe, sideways scroll and silence: ${colorScheme}, ${width} px`, async () => {
      const context = await browser.newContext({ colorScheme, viewport: { width, height: 800 } });
      const page = await context.newPage();
      const asked = [];
      page.on('request', (request) => asked.push(request.url()));
      await page.goto(url);
      const others = asked.filter((one) => one !== url).map((one) => `asks for ${one}`);
      const faults = [...others, ...(await axe(page, `${width} px`)), ...(await sideways(page, `${width} px`))];
      await context.close();
      return faults;
    });
  }
}

await report.check('prints on A4, across', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'brochure-report-'));
  const page = await browser.newPage();
  try {
    await page.goto(url);
    const pdf = join(folder, 'report.pdf');
    await writeFile(pdf, await page.pdf({ preferCSSPageSize: true }));
    const { stdout } = await promisify(execFile)('pdfinfo', [pdf]);
    const [, width, height] = /^Page size:\s+([\d.]+) x ([\d.]+)/m.exec(stdout).map(Number);
    const isA4 = Math.abs(width - 842) < 2 && Math.abs(height - 595) < 2;
    return isA4 ? [] : [`${width} x ${height} points`];
  } finally {
    await rm(folder, { recursive: true });
  }
});

await browser.close();
process.exitCode = report.finish();
