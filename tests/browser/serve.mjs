// A small static server, for tests only: it answers as a plain static host would, with the strictest headers,
// so that what passes here passes on any host.
//
//   node serve.mjs DIR [PREFIX]        for instance: node serve.mjs ../../public /sous/chemin/

import { createServer } from 'node:http';
import { readFile, stat } from 'node:fs/promises';
import { extname, join, normalize, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';

// DESIGN.md, section 11, item 7. `connect-src` is 'self' and not 'none': without it Lighthouse cannot read robots.txt.
export const CSP = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "font-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const TYPES = {
  '.atom': 'application/atom+xml; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ics': 'text/calendar; charset=utf-8',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.pdf': 'application/pdf',
  '.png': 'image/png',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.xml': 'application/xml; charset=utf-8',
};

function typeOf(file) {
  if (file.endsWith(`${sep}flux.xml`)) return 'application/rss+xml; charset=utf-8';
  return TYPES[extname(file).toLowerCase()] ?? 'application/octet-stream';
}

/** What stands at this path: a file, a folder to be redirected to its slash, or nothing. */
async function find(root, path) {
  const file = normalize(join(root, path));
  if (file !== root && !file.startsWith(root + sep)) return { missing: true };
  try {
    const info = await stat(file);
    if (!info.isDirectory()) return path.endsWith('/') ? { missing: true } : { file };
    if (!path.endsWith('/')) return { redirect: true };
    const index = join(file, 'index.html');
    return (await stat(index)).isFile() ? { file: index } : { missing: true };
  } catch {
    return { missing: true };
  }
}

function decoded(path) {
  try {
    const text = decodeURIComponent(path);
    return text.includes('\0') ? null : text;
  } catch {
    return null;
  }
}

async function send(request, response, status, file) {
  const type = typeOf(file);
  let body = await readFile(file);
  const headers = {
    'Content-Type': type,
    'Content-Security-Policy': CSP,
    'X-Content-Type-Options': 'nosniff',
    // The same address may serve another build a minute later.
    'Cache-Control': 'no-cache',
    Vary: 'Accept-Encoding',
  };
  const text = /^text\/|xml|json|javascript|manifest/.test(type);
  if (text && /\bgzip\b/.test(request.headers['accept-encoding'] ?? '')) {
    body = gzipSync(body);
    headers['Content-Encoding'] = 'gzip';
  }
  headers['Content-Length'] = body.length;
  response.writeHead(status, headers);
  response.end(request.method === 'HEAD' ? undefined : body);
}

async function answer(root, prefix, request, response) {
  if (!['GET', 'HEAD'].includes(request.method)) {
    response.writeHead(405, { Allow: 'GET, HEAD' });
    return response.end();
  }
  const { pathname, search } = new URL(request.url, 'http://localhost');
  const inside = pathname.startsWith(prefix) ? decoded(pathname.slice(prefix.length - 1)) : null;
  const found = inside === null ? { missing: true } : await find(root, inside);
  if (found.redirect) {
    response.writeHead(301, { Location: `${pathname}/${search}` });
    return response.end();
  }
  if (found.file) return send(request, response, 200, found.file);
  const notFound = join(root, '404.html');
  try {
    await stat(notFound);
  } catch {
    response.writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8' });
    return response.end('404\n');
  }
  return send(request, response, 404, notFound);
}

/** Serves `folder` at `prefix` on a free port of this machine only. */
export async function serve(folder, prefix = '/') {
  const root = resolve(folder);
  const server = createServer((request, response) => {
    answer(root, prefix, request, response).catch((error) => {
      console.error(error);
      response.destroy();
    });
  });
  await new Promise((ready, fail) => {
    server.once('error', fail);
    server.listen(0, '127.0.0.1', ready);
  });
  const origin = `http://127.0.0.1:${server.address().port}`;
  const close = () =>
    new Promise((done) => {
      server.close(done);
      server.closeAllConnections();
    });
  return { origin, prefix, base: origin + prefix, close };
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [folder, prefix] = process.argv.slice(2);
  if (!folder) {
    console.error('usage: node serve.mjs DIR [PREFIX]');
    process.exit(2);
  }
  console.log((await serve(folder, prefix)).base);
}
