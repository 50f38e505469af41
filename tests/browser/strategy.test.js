// The strategy in a browser: the process owner changes a threshold and sees who moves, edits a care line and sees whose
// hours it takes, and decides; a seller only looks.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startCompany } from './company.js';
import { loggedIn, looksRight, open as openIn } from './page.js';

const PROCESS_OWNER = '109';
let company;
let owner;
let seller;

before(async () => {
  company = await startCompany();
  owner = await loggedIn(company, company.linkFor(PROCESS_OWNER));
  seller = await loggedIn(company, company.links[0]);
});

after(async () => {
  await company?.stop();
});

const open = (context, path, story) => openIn(company, context, path, story);

test('the process owner types another threshold, sees who moves, and decides', async () => {
  await open(owner, '/settings/strategy', async (page) => {
    await page.locator('#strategy-why').fill('Ohjausryhmä');
    await page.locator('#strategy-current').fill('10000');
    await page.locator('.strategy__moved--some').waitFor();

    const counted = Number((await page.locator('.strategy__moved').innerText()).match(/\d+/)[0]);
    const moves = page.locator('.strategy__move');
    const each = await moves.locator('summary strong').evaluateAll((counts) => counts.map((count) => parseInt(count.textContent, 10)));
    assert.equal(each.reduce((sum, count) => sum + count, 0), counted, 'the moves do not add up');
    assert.equal(await page.locator('#strategy-why').inputValue(), 'Ohjausryhmä', 'what was typed is gone');
    assert.match(page.url(), /current=10000/);
    assert.doesNotMatch(page.url(), /request=/);
    await moves.first().locator('summary').click();
    const mover = await moves.first().locator('tbody a').first().getAttribute('href');
    const becomes = await moves.first().locator('.segment').nth(1).innerText();
    await looksRight(page);

    await page.locator('form.strategy .button--filled').click();
    await page.waitForURL((url) => url.pathname === '/settings/strategy' && url.search === '?saved=yes');
    await page.locator('.notice--done').waitFor();
    await page.locator('.decisions > li', { hasText: 'Ohjausryhmä' }).waitFor();
    assert.match((await page.locator('#strategy-current').inputValue()).replace(/\s/g, ''), /^10000$/);
    await looksRight(page);

    // The look at all accounts runs behind; the page of the account tells when it has been there.
    await page.waitForFunction(async ([mover, becomes]) => (await (await fetch(mover)).text()).includes(`${becomes}</span>`), [mover, becomes], { timeout: 60_000, polling: 1000 });
  });
});

test('a care line is edited, looked at with its hours, and decided on', async () => {
  await open(owner, '/care-models', async (page) => {
    await looksRight(page);
    await page.locator('#model-retention a[href="/care-models/retention"]').click();
    await page.locator('#line-0').waitFor();
    await page.locator('[name=line-0-times]').fill('9');
    await page.locator('[name=act][value=look]:visible').click();
    await page.locator('#changes li', { hasText: '9' }).waitFor();
    assert.ok((await page.locator('#changes .strategy__change').count()) > 0, 'nobody works more');
    assert.equal(await page.locator('[name=line-0-times]').inputValue(), '9');
    await looksRight(page);

    await page.locator('[name=act][value=decide]').click();
    await page.waitForURL((url) => url.pathname === '/care-models');
    await page.locator('#model-retention .models__lines', { hasText: '9' }).waitFor();
  });
});

test('a line comes and goes by its buttons', async () => {
  await open(owner, '/care-models/efficiency', async (page) => {
    const lines = await page.locator('.care-line').count();
    await page.locator('[name=act][value=add]').click();
    await page.locator(`#line-${lines}`).waitFor();
    await page.locator(`[name=act][value=remove-${lines}]`).click();
    await page.waitForFunction((lines) => document.querySelectorAll('.care-line').length === lines, lines);
  });
});

test('it works without JavaScript', async () => {
  const plain = await company.browser.newContext({ javaScriptEnabled: false, locale: 'fi-FI' });
  await plain.addCookies(await owner.cookies());
  await open(plain, '/settings/strategy', async (page) => {
    await page.locator('#strategy-potential').fill('1000');
    await page.locator('[data-looks]').click();
    assert.ok((await page.locator('.strategy__move').count()) > 0);
  });
  await open(plain, '/care-models/growth', async (page) => {
    const lines = await page.locator('.care-line').count();
    await page.locator('[name=act][value=add]').click();
    assert.equal(await page.locator('.care-line').count(), lines + 1);
    await page.locator(`[name=act][value=remove-${lines}]`).click();
    await page.locator('[name=line-0-minutes]').fill('45');
    await page.locator('[name=line-0-minutes]').press('Enter');
    assert.equal(await page.locator('#changes li').count(), 1, 'Enter looks and does not decide');
  });
});

test('a seller looks and does not decide', async () => {
  await open(seller, '/settings/strategy', async (page) => {
    assert.equal(await page.locator('form.strategy .button--filled').count(), 0);
  });
  await open(seller, '/care-models', async (page) => {
    assert.equal(await page.locator('a[href="/care-models/growth"]').count(), 0);
    await page.keyboard.press('g');
    await page.keyboard.press('d');
    await page.waitForURL((url) => url.pathname === '/');
    await page.keyboard.press('g');
    await page.keyboard.press('h');
    await page.waitForURL((url) => url.pathname === '/care-models');
  });
});
