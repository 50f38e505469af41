// The browser story: a seller logs in to the sample company, sees what to do today and why, and opens an account.
// What automatic eyes can see is looked at on every page: axe, sideways scroll, errors on the console.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startCompany } from './company.js';
import { fitsWithoutSidewaysScroll, looksRight, open as openIn } from './page.js';

let company;
/** A browser profile in which the seller is logged in. */
let seller;

before(async () => {
  company = await startCompany();
  seller = await company.browser.newContext({ locale: 'fi-FI', viewport: { width: 1280, height: 900 } });
});

after(async () => {
  await company?.stop();
});

const open = (context, path, story, media) => openIn(company, context, path, story, media);

test('the link logs the seller in, once', async () => {
  const link = company.links[0];
  await open(seller, link, async (page) => {
    await looksRight(page);
    await page.locator('main form button').click();
    await page.waitForURL((url) => url.pathname === '/');
    assert.ok((await page.context().cookies()).some((cookie) => cookie.httpOnly), 'no session');
  });

  const stranger = await company.browser.newContext();
  const page = await stranger.newPage();
  await page.goto(link);
  assert.equal(await page.locator('main form button').count(), 0, 'a used link still offers a log-in');
  await stranger.close();
});

test('my day says what to do, for whom, why and for how many euros', async () => {
  await open(seller, '/', async (page) => {
    const first = page.locator('article.proposal').first();
    assert.ok((await first.locator('h3').innerText()).length > 3);
    assert.match(await first.locator('.stake').first().innerText(), /\d.*€/);
    assert.ok((await first.locator('.proposal__why li').count()) > 0, 'a proposal without a reason');
    assert.ok((await first.locator('.proposal__for a[href^="/accounts/"]').count()) === 1, 'a proposal without an account');
  });
});

test('a proposal leads to its account, with values, care and what is open', async () => {
  await open(seller, '/', async (page) => {
    const link = page.locator('article.proposal a[href^="/accounts/"]').first();
    const name = await link.innerText();
    await link.click();
    await page.waitForURL(/\/accounts\//);

    await page.waitForFunction((name) => document.querySelector('main h1')?.textContent.includes(name), name);
    await page.waitForFunction(() => document.activeElement?.matches('main h1'), null, { timeout: 5000 });
    assert.ok((await page.locator('.values .value').count()) >= 3);
    await page.goBack();
    await page.waitForFunction(() => document.querySelector('article.proposal'));
  });
});

test('accounts are filtered and sorted in the address', async () => {
  await open(seller, '/accounts', async (page) => {
    const all = await page.locator('table.accounts tbody tr').count();
    assert.ok(all > 10, `${all} accounts`);

    const sort = page.locator('table.accounts thead a.sort').nth(1);
    await sort.click();
    await page.waitForURL(/sort=/);
    await page.locator('input[name=q]').fill('qqqqqq');
    await page.keyboard.press('Enter');
    await page.waitForURL(/q=qqqqqq/);
    await page.waitForFunction(() => document.querySelectorAll('table.accounts tbody tr').length === 0);
  });
});

test('the keyboard goes everywhere', async () => {
  await open(seller, '/', async (page) => {
    await page.locator('article.proposal').first().waitFor();
    await page.keyboard.press('Tab');
    assert.match(await page.evaluate(() => document.activeElement.getAttribute('href') ?? ''), /^#main$/, 'the skip link comes first');
    for (let step = 0; step < 12; step += 1) {
      await page.keyboard.press('Tab');
      const seen = await page.evaluate(() => {
        const focused = document.activeElement;
        const style = getComputedStyle(focused);
        return focused === document.body || style.outlineStyle !== 'none' || style.boxShadow !== 'none';
      });
      assert.ok(seen, 'focus cannot be seen');
    }
  });
});

for (const scheme of ['light', 'dark']) {
  for (const language of ['fi', 'en']) {
    test(`every page is accessible and fits a phone: ${language}, ${scheme}`, async () => {
      await seller.addCookies([{ name: 'luotsi_language', value: language, url: new URL('/', company.links[0]).href }]);
      let account;
      await open(seller, '/', async (page) => {
        account = await page.locator('article.proposal a[href^="/accounts/"]').first().getAttribute('href');
      });
      for (const path of ['/', '/accounts', account, '/base?scope=all', '/base?scope=all&colour=owner', '/search?q=o', '/keys']) {
        await open(seller, path, async (page) => {
          assert.equal(await page.locator('html').getAttribute('lang'), language);
          await looksRight(page);
          await fitsWithoutSidewaysScroll(page, 320);
          await looksRight(page);
        }, { colorScheme: scheme, reducedMotion: 'reduce' });
      }
    });
  }
}

test('it all works without JavaScript', async () => {
  const plain = await company.browser.newContext({ javaScriptEnabled: false });
  await open(plain, company.links[1], async (page) => {
    await page.locator('main form button').click();
    await page.waitForURL((url) => url.pathname === '/');
    await page.locator('a[href^="/accounts"]').first().click();
    await page.waitForURL(/\/accounts/);
    assert.ok((await page.locator('main h1').innerText()).length > 0);
  });
  await plain.close();
});
