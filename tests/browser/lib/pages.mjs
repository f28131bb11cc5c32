// What a browser sees on one page of each kind: accessibility, reflow, silence.

import AxeBuilder from '@axe-core/playwright';
import { openPage, settle, visit } from './browser.mjs';

const AXE = {
  runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] },
  // The design promises 7:1 for every text (DESIGN.md, section 11, item 4).
  rules: { 'color-contrast-enhanced': { enabled: true } },
};
const CONTRAST = { runOnly: { type: 'rule', values: ['color-contrast', 'color-contrast-enhanced'] } };
const NARROW = 320;
const WIDTHS = [NARROW, 768, 1280];

// WCAG 1.4.12, Text Spacing.
const SPACING = `
  * { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
  p { margin-bottom: 2em !important; }
`;

export async function axe(page, where, options = AXE) {
  // Legacy mode keeps to this page; the other one opens a second page to gather frames, and no page of ours has any.
  const { violations } = await new AxeBuilder({ page }).options(options).setLegacyMode(true).analyze();
  return violations.flatMap((violation) =>
    violation.nodes.slice(0, 5).map((node) => {
      const why = node.failureSummary.split('\n').slice(1).map((line) => line.trim()).join('; ');
      return `${where}: ${violation.id} at ${node.target.join(' ')}: ${why.slice(0, 240)}`;
    }),
  );
}

/** Faults if the page scrolls sideways, with the outermost blocks that stick out. */
export async function sideways(page, where) {
  const found = await page.evaluate(() => {
    const room = window.innerWidth;
    const width = document.documentElement.scrollWidth;
    if (width <= room) return null;
    const all = [...document.body.querySelectorAll('*')];
    const out = all.filter((e) => e.getBoundingClientRect().right > room + 0.5);
    let blocks = out.filter((e) => !out.includes(e.parentElement));
    if (blocks.length === 0) {
      // No block sticks out, so it is a text that does not wrap: the innermost block that holds it.
      const full = all.filter((e) => e.getBoundingClientRect().left + e.scrollWidth > room + 0.5);
      blocks = full.filter((e) => !full.some((inner) => inner !== e && e.contains(inner)));
    }
    return { width, room, blocks: blocks.slice(0, 3).map((e) => e.cloneNode(false).outerHTML.slice(0, 80)) };
  });
  return found ? [`${where}: ${found.width} px in ${found.room}: ${found.blocks.join(' ')}`] : [];
}

async function resize(page, width) {
  await page.setViewportSize({ width, height: width < 600 ? 640 : 900 });
  await settle(page);
}

/** The address of a page; the 404 page is what answers where there is nothing, as deep as that may be. */
export function locate(server, page) {
  const missing = page.file === '404.html';
  const url = new URL(missing ? 'adresse/qui/manque' : page.address.split('/').map(encodeURIComponent).join('/'), server.base).href;
  return { url, expected404: missing ? url : undefined };
}

/** All checks of one page. One load serves both palettes and all widths: only the medium changes, as for a visitor. */
export async function pageChecks(report, browser, server, kind, target) {
  const { url, expected404 } = locate(server, target);
  const label = `${kind} (/${target.address})`;
  const { context, page, noise } = await openPage(browser, server.origin, { width: NARROW, expected404, colorScheme: 'light' });
  const wide = [];

  await report.check(`axe, light and dark, 320 and 1280 px: ${label}`, async () => {
    const faults = [];
    const response = await visit(page, url);
    if (response.status() !== (expected404 ? 404 : 200)) faults.push(`answered ${response.status()}`);
    for (const width of WIDTHS) {
      await resize(page, width);
      wide.push(...(await sideways(page, `${width} px`)));
      if (width === 768) continue;
      for (const colorScheme of ['light', 'dark']) {
        await page.emulateMedia({ colorScheme });
        await settle(page);
        faults.push(...(await axe(page, `${colorScheme}, ${width} px`)));
      }
    }
    // Images that load late load now, so that what they ask for is heard.
    await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
    await page.waitForLoadState('networkidle');
    return faults;
  });
  await context.close();

  await report.check(`no sideways scroll at ${WIDTHS.join(', ')} px and with wide text spacing: ${label}`, async () => {
    // The policy of the site rightly refuses an injected style: this context sets it aside.
    const spaced = await openPage(browser, server.origin, { width: NARROW, expected404, bypassCSP: true });
    await visit(spaced.page, url);
    await spaced.page.addStyleTag({ content: SPACING });
    await settle(spaced.page);
    wide.push(...(await sideways(spaced.page, `${NARROW} px with text spacing`)));
    await spaced.context.close();
    return wide;
  });
  await report.check(`silent: no other host, no console error, no failed request: ${label}`, () => noise);
}

/**
 * Runs in the page: hides all but the open popover, or shows all again. axe knows nothing of the top layer: where a
 * popover covers texts of the page, it takes its contrasts for undecidable and passes them over.
 */
function aloneInView(again = false) {
  const panel = document.querySelector('[popover]:popover-open');
  if (!panel) return;
  document.body.style.visibility = again ? '' : 'hidden';
  panel.style.visibility = again ? '' : 'visible';
}

/** Menus, filter panels and folded blocks opened, on a narrow screen. */
export async function openedChecks(report, browser, server, kind, target) {
  const { context, page, noise } = await openPage(browser, server.origin, { width: NARROW });
  await report.check(`axe with panels open at 320 px: ${kind}`, async () => {
    const faults = [];
    await visit(page, locate(server, target).url);
    const openers = page.locator(
      'button[popovertarget]:not([popovertargetaction="hide"]):visible, button[aria-expanded="false"]:visible, header summary:visible',
    );
    const count = await openers.count();
    if (count === 0) faults.push('no button that opens the menu');
    for (let n = 0; n < count; n += 1) {
      const opener = openers.nth(n);
      const name = (await opener.innerText()).trim();
      await opener.click();
      await settle(page);
      if (n === 0 && !(await page.locator('header nav a:visible').count())) faults.push(`“${name}” shows no menu`);
      faults.push(...(await axe(page, `“${name}” open`)), ...(await sideways(page, `“${name}” open`)));
      await page.evaluate(aloneInView);
      faults.push(...(await axe(page, `“${name}” open`, CONTRAST)));
      await page.evaluate(aloneInView, true);
      await page.keyboard.press('Escape');
      // What Escape does not close, a second use of the button does.
      if ((await opener.getAttribute('aria-expanded')) === 'true' || (await opener.evaluate((e) => e.parentElement.open === true))) {
        await opener.click();
      }
    }
    await page.evaluate(() => document.querySelectorAll('details').forEach((block) => (block.open = true)));
    await settle(page);
    faults.push(...(await axe(page, 'all details open')), ...(await sideways(page, 'all details open')));
    return [...faults, ...noise];
  });
  await context.close();
}

export async function noScriptChecks(report, browser, server, kind, target) {
  await report.check(`axe, scroll and silence without JavaScript: ${kind}`, async () => {
    const { context, page, noise } = await openPage(browser, server.origin, { width: NARROW });
    const faults = [];
    // Off while the page is read, so that it stays as it is without scripts; on again for axe, which needs timers.
    // (`javaScriptEnabled: false` cannot be lifted, and axe would wait for ever.)
    const session = await context.newCDPSession(page);
    await session.send('Emulation.setScriptExecutionDisabled', { value: true });
    await page.goto(locate(server, target).url, { waitUntil: 'load' });
    await session.send('Emulation.setScriptExecutionDisabled', { value: false });
    for (const width of [NARROW, 1280]) {
      await resize(page, width);
      faults.push(...(await axe(page, `${width} px`)), ...(await sideways(page, `${width} px`)));
    }
    await context.close();
    return [...faults, ...noise];
  });
}

/** The same files below another path: nothing may be asked for outside of it. */
export async function subPathChecks(report, browser, server, kinds) {
  for (const [kind, target] of kinds) {
    await report.check(`below ${server.prefix}: ${kind}`, async () => {
      const { context, page, noise } = await openPage(browser, server.origin);
      const response = await visit(page, locate(server, target).url);
      await page.waitForLoadState('networkidle');
      await context.close();
      return response.status() === 200 ? noise : [`answered ${response.status()}`, ...noise];
    });
  }
}
