// The browser, and contexts that hear everything a page does wrong.

import { chromium } from 'playwright-core';
import { accessSync } from 'node:fs';

// The machine may be compiling at the same time: patience costs nothing when all goes well.
export const PATIENCE = 60_000;

const FLAGS = [
  // Tests often run as root in a container, where Chromium has no sandbox of its own.
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-quic',
  '--no-first-run',
  // A silent browser: a request seen in these tests is a request of the page.
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const LIGHTHOUSE_FLAGS = ['--headless', ...FLAGS];

export function chromiumPath() {
  const paths = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
  for (const path of paths.filter(Boolean)) {
    try {
      accessSync(path);
      return path;
    } catch {
      // the next one
    }
  }
  throw new Error('no Chromium: apt-get install chromium, or set CHROMIUM to its path');
}

export function launch() {
  return chromium.launch({ executablePath: chromiumPath(), args: FLAGS, timeout: PATIENCE });
}

/**
 * A fresh context and its one page. `noise` fills with what should not happen: a request to another host, a failed
 * request, a console error, a breach of the content security policy, an exception.
 * `expected404` is the one address that may, and must, answer 404.
 */
export async function openPage(browser, origin, { width = 1280, expected404, ...options } = {}) {
  const context = await browser.newContext({
    viewport: { width, height: width < 600 ? 640 : 900 },
    locale: 'fr-FR',
    // Colours in the middle of a transition would be measured as a contrast fault.
    reducedMotion: 'reduce',
    ...options,
  });
  context.setDefaultTimeout(PATIENCE);
  const noise = [];
  const local = (url) => url.startsWith(`${origin}/`) || /^(data|blob|about):/.test(url);

  // Other hosts are noted and refused, so that a test never depends on the network.
  await context.route(
    (url) => !local(url.href),
    (route) => {
      noise.push(`request to another host: ${route.request().url()}`);
      return route.abort();
    },
  );
  context.on('requestfailed', (request) => {
    if (local(request.url())) noise.push(`request failed (${request.failure()?.errorText}): ${request.url()}`);
  });
  context.on('response', (response) => {
    if (response.status() >= 400 && response.url() !== expected404) noise.push(`${response.status()}: ${response.url()}`);
  });
  context.on('console', (message) => {
    if (message.type() === 'error' && message.location().url !== expected404) noise.push(`console: ${message.text()}`);
  });
  context.on('weberror', (error) => noise.push(`exception: ${error.error().message}`));
  // Not every breach reaches the console; the event does.
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(`policy breach: ${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile ?? ''}:${event.lineNumber}`);
    });
  });

  const page = await context.newPage();
  page.on('websocket', (socket) => noise.push(`web socket: ${socket.url()}`));
  return { context, page, noise };
}

/** Goes to an address and waits until nothing more will move: fonts, images, running animations. */
export async function visit(page, url) {
  const response = await page.goto(url, { waitUntil: 'load', timeout: PATIENCE });
  await settle(page);
  return response;
}

export async function settle(page) {
  await page.evaluate(async () => {
    await document.fonts.ready;
    const finite = document.getAnimations().filter((a) => a.effect?.getComputedTiming().endTime !== Infinity);
    await Promise.all(finite.map((a) => a.finished.catch(() => {})));
  });
}
