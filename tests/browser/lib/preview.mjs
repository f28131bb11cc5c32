// A preview under way: a copy of a site, and the program that serves and follows it.

import { spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Starts the program on a copy of the site in `root`, with a look of its own beside it. */
export async function follow(program, root) {
  const folder = await mkdtemp(join(tmpdir(), 'brochure-preview-'));
  for (const part of ['brochure.yaml', 'content', 'assets']) await cp(join(root, part), join(folder, part), { recursive: true });
  const at = (path) => join(folder, path);
  const read = (path) => readFile(at(path), 'utf8');
  const write = async (path, text) => {
    await mkdir(dirname(at(path)), { recursive: true });
    await writeFile(at(path), text);
  };
  await write('brochure.yaml', `${await read('brochure.yaml')}\nlook: essai\n`);
  await write('themes/essai/styles/_footer.scss', '#pied { outline: 0 solid rgb(1, 2, 3); }\n');

  const child = spawn(program, ['serve', '--watch', '--port', '0', '--root', folder, '--lang', 'fr', '--date', '2026-11-22'], {
    env: { ...process.env, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const origin = await new Promise((found, failed) => {
    const hear = (data) => {
      said += data;
      const url = /http:\/\/[0-9.:]+/.exec(said);
      if (url) found(url[0]);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('exit', () => failed(new Error(`the program ended:\n${said}`)));
    child.on('error', failed);
  });
  return {
    origin,
    read,
    write,
    said: () => said,
    edit: async (path, old, fresh) => {
      const text = await read(path);
      if (!text.includes(old)) throw new Error(`${path} has no ${old}`);
      await write(path, text.replace(old, fresh));
    },
    async close() {
      child.removeAllListeners('exit');
      const ended = new Promise((done) => child.on('exit', done));
      child.kill('SIGINT');
      const code = await ended;
      await rm(folder, { recursive: true, force: true });
      return code;
    },
  };
}
