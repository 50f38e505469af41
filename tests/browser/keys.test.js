// Stories of going about without a mouse: the palette, the keys, the help that tells them, drafts that outlive a window.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startCompany } from './company.js';
import { fitsWithoutSidewaysScroll, loggedIn, looksRight, open } from './page.js';

let company;
let seller;

before(async () => {
  company = await startCompany();
  seller = await loggedIn(company, company.links[0]);
});

after(async () => {
  await company?.stop();
});

const headed = (page, text) => page.waitForFunction((text) => document.querySelector('main h1')?.textContent.includes(text), text);

test('the palette goes to a page named in the other language, and to an account', async () => {
  await open(company, seller, '/', async (page) => {
    await page.keyboard.press('Control+k');
    await page.waitForSelector('.palette__option');
    await looksRight(page);
    await page.keyboard.type('customer b');
    await page.waitForFunction(() => document.querySelectorAll('.palette__option').length === 1);
    await page.keyboard.press('Enter');
    await headed(page, 'Asiakaskanta');

    await page.locator('[data-opens-palette]').click();
    await page.keyboard.type('oy');
    await page.waitForFunction(() => document.querySelectorAll('.palette__option').length > 2);
    await page.keyboard.press('ArrowDown');
    const name = await page.locator('.palette__option[aria-selected=true] .palette__label').innerText();
    assert.equal(await page.locator('.palette__field').getAttribute('aria-activedescendant'), 'palette-1');
    await page.keyboard.press('Enter');
    await headed(page, name);
  });
});

test('what is not there is said, and Escape closes', async () => {
  await open(company, seller, '/accounts', async (page) => {
    await page.keyboard.press('Control+k');
    await page.keyboard.type('qqqqq');
    await page.waitForFunction(() => document.querySelector('.palette__hint').textContent.includes('ei löytynyt'));
    await page.keyboard.press('Escape');
    assert.equal(await page.locator('dialog[open]').count(), 0);
  });
});

test('g and a letter go to a page, j and k through its rows, / to its search', async () => {
  await open(company, seller, '/', async (page) => {
    await page.keyboard.press('g');
    await page.keyboard.press('a');
    await headed(page, 'Asiakkuudet');
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    const first = await page.locator('[data-row-link]').first().getAttribute('href');
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute('href')), first);
    await page.keyboard.press('/');
    assert.ok(await page.evaluate(() => document.activeElement.matches('input[type=search]')));
    await page.keyboard.type('gk');
    assert.match(page.url(), /\/accounts/, 'a letter that is typed goes nowhere');
  });
});

test('? tells the keys, and one switch turns them off in this browser', async () => {
  await open(company, seller, '/accounts', async (page) => {
    await page.keyboard.press('?');
    await page.waitForSelector('dialog.help[open]');
    await looksRight(page);
    await fitsWithoutSidewaysScroll(page, 320);
    await page.locator('.help__switch input').uncheck();
    await page.keyboard.press('Escape');
    await page.keyboard.press('j');
    assert.ok(await page.evaluate(() => !document.activeElement.matches('[data-row-link]')));

    await page.locator('[data-opens-keys]').click();
    await page.locator('.help__switch input').check();
    await page.keyboard.press('Escape');
    await page.locator('main h1').click();
    await page.keyboard.press('j');
    assert.ok(await page.evaluate(() => document.activeElement.matches('[data-row-link]')));
  });
});

test('unsent text outlives the window it was typed in', async () => {
  let account;
  await open(company, seller, '/', async (page) => {
    account = await page.locator('a[href^="/accounts/"][data-row-link]').first().getAttribute('href');
  });
  await open(company, seller, account, async (page) => {
    await page.locator('form[data-draft] textarea:visible').first().fill('Hinnasta puhuttiin');
  });
  await open(company, seller, account, async (page) => {
    assert.equal(await page.locator('form[data-draft] textarea:visible').first().inputValue(), 'Hinnasta puhuttiin');
  });
});

test('s, d and e open the answers of the row one stands on', async () => {
  await open(company, seller, '/', async (page) => {
    const second = page.locator('article.proposal', { has: page.locator('summary[data-key=e]') }).first();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    for (const key of ['s', 'd', 'e']) {
      await second.locator('[data-row-link]').focus();
      await page.keyboard.press(key);
      const isThere = await second.evaluate((row) => row.contains(document.activeElement) && document.activeElement.matches('input, textarea, select, button, summary, a'));
      assert.ok(isThere, `${key} led away`);
    }
    assert.ok((await second.locator('details.answer[open]').count()) > 0);
  });
});

test('Space looks at an account beside the list, j steps on, Escape closes', async () => {
  await open(company, seller, '/accounts?scope=all', async (page) => {
    await page.keyboard.press('j');
    await page.keyboard.press('Space');
    await page.waitForSelector('.peek #peek h1');
    await looksRight(page);
    const first = await page.locator('.peek h1').innerText();
    await page.keyboard.press('j');
    await page.waitForFunction((first) => document.querySelector('.peek h1')?.innerText !== first, first);
    await page.keyboard.press('Escape');
    assert.equal(await page.locator('.peek').count(), 0);
  });
});
