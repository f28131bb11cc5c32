// The Nu HTML checker over every page, style sheet and drawing of the site.

import { spawn } from 'node:child_process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { resolve } from 'node:path';

const JAR = fileURLToPath(new URL('../node_modules/vnu-jar/build/dist/vnu.jar', import.meta.url));

function run(folder, files, options) {
  return new Promise((done, fail) => {
    // A deep page needs a deep stack.
    const java = spawn('java', ['-Xss2m', '-jar', JAR, '--format', 'json', '--exit-zero-always', ...options, ...files], { cwd: folder });
    let said = '';
    java.stdout.resume();
    java.stderr.setEncoding('utf8').on('data', (text) => (said += text));
    java.on('error', fail);
    java.on('close', (code) => {
      // Java itself may write lines before the answer (JAVA_TOOL_OPTIONS and the like).
      const start = said.indexOf('{"');
      if (start < 0) fail(new Error(`vnu ended with ${code} and no answer: ${said.slice(0, 400)}`));
      else done(JSON.parse(said.slice(start)).messages);
    });
  });
}

/** All messages, errors and warnings. One call a few thousand files: the command line has an end. */
export async function validate(site) {
  const files = site.files.filter((file) => /\.(html|css|svg)$/.test(file));
  const messages = [];
  for (let i = 0; i < files.length; i += 5000) {
    messages.push(...(await run(site.folder, files.slice(i, i + 5000), ['--also-check-css', '--also-check-svg'])));
  }
  const root = `${pathToFileURL(resolve(site.folder)).href}/`;
  const say = (m) =>
    `${decodeURI(m.url ?? '').replace(decodeURI(root), '').replace(/^file:/, '')}:${m.lastLine ?? 0}:${m.lastColumn ?? 0} ${m.message}` +
    (m.extract ? ` — ${m.extract.trim().replace(/\s+/g, ' ').slice(0, 100)}` : '');
  return {
    count: files.length,
    errors: messages.filter((m) => m.type === 'error' || m.type === 'non-document-error').map(say),
    warnings: messages.filter((m) => m.type === 'info' && m.subType === 'warning').map(say),
  };
}
