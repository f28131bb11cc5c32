// The page without a mouse: the skip link, a focus that can be seen on everything, a way out at the end.

import { openPage, visit } from './browser.mjs';
import { locate } from './pages.mjs';

export async function skipLinkCheck(report, browser, server, kind, target) {
  await report.check(`keyboard, the skip link is first and works: ${kind}`, async () => {
    const { context, page } = await openPage(browser, server.origin);
    await visit(page, locate(server, target).url);
    await page.keyboard.press('Tab');
    const first = await page.evaluate(() => {
      const link = document.activeElement;
      const box = link.getBoundingClientRect();
      const seen = box.width > 1 && box.height > 1 && box.bottom > 0 && box.right > 0 && box.top < innerHeight;
      return { skips: link.matches('a[href^="#"]'), seen, html: link.outerHTML.slice(0, 100) };
    });
    if (!first.skips) {
      await context.close();
      return [`the first stop is no link into the page: ${first.html}`];
    }
    const faults = first.seen ? [] : ['the skip link stays hidden when focused'];
    await page.keyboard.press('Enter');
    const moved = await page.evaluate(() => {
      const main = document.querySelector('main');
      const target = location.hash.length > 1 ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
      return main !== null && target !== null && (target === main || main.contains(target));
    });
    if (!moved) faults.push('Enter on the skip link does not lead to main');
    // Where the focus really is shows at the next Tab: it has to come after the start of main.
    await page.keyboard.press('Tab');
    const beyond = await page.evaluate(() => {
      const main = document.querySelector('main');
      const where = main?.compareDocumentPosition(document.activeElement) ?? 0;
      return (where & (Node.DOCUMENT_POSITION_FOLLOWING | Node.DOCUMENT_POSITION_CONTAINED_BY)) !== 0;
    });
    if (!beyond) faults.push('after the skip link, Tab goes back before main');
    await context.close();
    return faults;
  });
}

/** Installed in the page: how an element looks, with what a style may draw its focus on instead. */
function installLook() {
  window.lookOf = (element) => {
    const looks = [];
    const add = (target, pseudo) => {
      const style = getComputedStyle(target, pseudo);
      const outline = style.outlineStyle === 'none' || parseFloat(style.outlineWidth) === 0 ? '' : `${style.outlineStyle} ${style.outlineWidth} ${style.outlineColor}`;
      const shadow = style.boxShadow === 'none' ? '' : style.boxShadow;
      looks.push(`${outline}|${shadow}`);
    };
    add(element);
    // A link that covers its card draws the ring on its ::after; a text field often on the block around it.
    add(element, '::before');
    add(element, '::after');
    for (let n = 0, e = element.parentElement; n < 2 && e; n += 1, e = e.parentElement) add(e);
    return looks;
  };
  const focusable = 'a[href], button, input, select, textarea, summary, [tabindex], area[href]';
  window.atRest = new Map([...document.querySelectorAll(focusable)].map((e) => [e, window.lookOf(e)]));
  window.stops = [];
}

/** One stop of the Tab key: what has the focus, whether it shows, whether it was there before. */
function inspectStop() {
  const element = document.activeElement;
  if (!element || element === document.body || element === document.documentElement) return { end: true };
  const before = window.stops.indexOf(element);
  if (before >= 0) return { end: before === 0, trap: before !== 0, html: element.outerHTML.slice(0, 100) };
  window.stops.push(element);
  const rest = window.atRest.get(element) ?? [];
  const shows = window.lookOf(element).some((look, n) => look !== '|' && look !== rest[n]);
  return { shows, html: element.outerHTML.slice(0, 100) };
}

export async function focusCheck(report, browser, server, kind, target) {
  await report.check(`keyboard, every focus shows and Tab comes to an end: ${kind}`, async () => {
    const { context, page } = await openPage(browser, server.origin);
    await visit(page, locate(server, target).url);
    await page.evaluate(installLook);
    const faults = [];
    const most = 1000;
    let stops = 0;
    for (; stops < most; stops += 1) {
      await page.keyboard.press('Tab');
      const stop = await page.evaluate(inspectStop);
      if (stop.trap) faults.push(`Tab does not get past ${stop.html}`);
      if (stop.end || stop.trap) break;
      if (!stop.shows) faults.push(`the focus does not show: ${stop.html}`);
    }
    if (stops === most) faults.push(`Tab does not end after ${most} stops`);
    if (stops < 3) faults.push(`only ${stops} stops: the page cannot be used from the keyboard`);
    await context.close();
    return faults;
  });
}
