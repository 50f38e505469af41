// Starts the sample company for a browser story: a database of its own, a free port, a browser; all end together.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';

const program = join(process.env.CARGO_TARGET_DIR || join(import.meta.dirname, '../../target'), 'debug/luotsi');
const browsers = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

export async function startCompany() {
  const folder = mkdtempSync(join(tmpdir(), 'luotsi-browser-'));
  const database = `sqlite:${join(folder, 'demo.db')}`;
  const server = spawn(program, [
    'demo', '--database', database, '--accounts', '120', '--on', '2026-11-20', '--listen', '127.0.0.1:0',
  ], { stdio: ['ignore', 'pipe', 'inherit'] });
  const links = await readLinks(server);
  const browser = await chromium.launch({
    executablePath: browsers.find(existsSync),
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync'],
  });

  return {
    browser,
    links,
    /** A link that logs in the person of this external id. */
    linkFor: (person) => execFileSync(program, ['login', person, '--database', database, '--at', new URL(links[0]).origin], { encoding: 'utf8' }).trim(),
    async stop() {
      await browser.close();
      server.kill('SIGTERM');
      await new Promise((resolve) => server.once('exit', resolve));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The log-in links that the program prints, in its order: a seller's, a manager's. */
function readLinks(server) {
  const links = [];
  return new Promise((resolve, reject) => {
    server.once('exit', (code) => reject(new Error(`luotsi demo ended with ${code}`)));
    createInterface({ input: server.stdout }).on('line', (line) => {
      const link = line.match(/http:\S+\/login\/\S+/);
      if (link) links.push(link[0]);
      if (links.length === 2) resolve(links);
    });
  });
}
