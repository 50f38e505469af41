// Stories of one account: two people edit it at once, a session ends while somebody writes, a list is gone through, a new
// account is made, and its page prints on one sheet.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startCompany } from './company.js';
import { fitsWithoutSidewaysScroll, hasRoomForFingers, loggedIn, looksRight, open } from './page.js';

const PASSWORD = 'kolme satunnaista sanaa';

let company;
let seller;
let manager;
/** One of the seller's, which the manager may edit too. */
let account;
let name;

before(async () => {
  company = await startCompany();
  seller = await loggedIn(company, company.links[0]);
  manager = await loggedIn(company, company.links[1]);
  await open(company, seller, '/accounts?scope=me', async (page) => {
    name = await page.locator('.accounts__name a').first().innerText();
    account = new URL(await page.locator('.accounts__name a').first().getAttribute('href'), page.url()).pathname;
  });
});

after(async () => {
  await company?.stop();
});

/** A name as the sample company's addresses write it. */
const plain = (name) => name.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replace(' ', '.');
const editor = (page, fact) => page.locator(`#fact-${fact}-editor`);

test('two people edit one account: the later sees both values and loses nothing typed', async () => {
  await open(company, seller, account, async (sellers) => {
    await editor(sellers, 'industry').locator('summary').click();
    await editor(sellers, 'industry').locator('input[name=industry]').fill('Piharakentaminen');

    await open(company, manager, account, async (managers) => {
      await editor(managers, 'industry').locator('summary').click();
      await editor(managers, 'industry').locator('input[name=industry]').fill('Vesirakentaminen');
      await managers.keyboard.press('Enter');
      await managers.waitForFunction(() => document.querySelector('#fact-industry-editor summary span').textContent === 'Vesirakentaminen');
    });

    await editor(sellers, 'industry').locator('button').click();
    await sellers.waitForSelector('#fact-industry-industry-now');
    assert.equal(await editor(sellers, 'industry').locator('input[name=industry]').inputValue(), 'Piharakentaminen');
    assert.match(await sellers.locator('#fact-industry-industry-now').innerText(), /Vesirakentaminen/);
    await looksRight(sellers);

    await editor(sellers, 'industry').locator('button').click();
    await sellers.waitForFunction(() => document.querySelector('#fact-industry-editor summary span').textContent === 'Piharakentaminen');
    assert.ok((await sellers.locator('.event__who').allInnerTexts()).some((line) => line.includes('Vesirakentaminen')), 'the timeline tells what it was');
  }, {}, [422]);
});

test('an ended session keeps what was typed until it is sent again', async () => {
  let email;
  await open(company, seller, '/settings/me', async (page) => {
    await page.locator('input[name=password]').fill(PASSWORD);
    await page.locator('input[name=password_again]').fill(PASSWORD);
    await page.locator('form:has(input[name=password]) button').click();
    await page.waitForSelector('input[name=current_password]');
    email = `${plain(await page.locator('.viewer__name').innerText())}@vuolteenbetoni.example`;
  });

  await open(company, seller, account, async (page) => {
    await page.locator('#log textarea[name=note]').fill('Sovittiin toimituksesta viikolle 49.\nHinta pitää.');
    await seller.clearCookies({ name: 'luotsi' });
    await page.locator('#log .form__acts button').click();
    await page.waitForSelector('.message__written');
    assert.match(await page.locator('.message__written').innerText(), /viikolle 49/);
    await looksRight(page);

    const [tab] = await Promise.all([seller.waitForEvent('page'), page.locator('.message a[target=_blank]').click()]);
    await tab.locator('input[name=email]').fill(email);
    await tab.locator('input[name=password]').fill(PASSWORD);
    await tab.locator('.message__form button').click();
    await tab.waitForURL((url) => url.pathname === '/');
    await tab.close();

    await page.locator('.message form button').click();
    await page.waitForSelector('.receipt');
    assert.equal(new URL(page.url()).pathname, account);
    assert.ok((await page.locator('.event__note').allInnerTexts()).some((note) => note.includes('viikolle 49')));
  }, {}, [401]);
});

test('j and k step through the list one came from', async () => {
  await open(company, manager, '/accounts?scope=all&sort=name', async (page) => {
    const names = await page.locator('.accounts__name a').allInnerTexts();
    await page.locator('.accounts__name a').first().click();
    const shows = (name) => page.waitForFunction((name) => document.querySelector('main h1')?.textContent === name, name);
    await shows(names[0]);
    await page.keyboard.press('j');
    await shows(names[1]);
    await page.keyboard.press('j');
    await shows(names[2]);
    await page.keyboard.press('k');
    await shows(names[1]);
  });
});

test('n makes a new account, and shows first what is there already', async () => {
  await open(company, seller, '/', async (page) => {
    await page.locator('main h1').click();
    await page.keyboard.press('n');
    await page.waitForURL(/accounts\/new/);
    await looksRight(page);
    await page.locator('#account-name').fill(name);
    await page.keyboard.press('Enter');
    await page.waitForSelector('.alike a');
    await looksRight(page);

    await page.locator('#account-name').fill('Kaukolan Sora Oy');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.querySelector('main h1')?.textContent === 'Kaukolan Sora Oy');
  }, {}, [422]);
});

for (const [language, scheme] of [['fi', 'light'], ['fi', 'dark'], ['en', 'light'], ['en', 'dark']]) {
  test(`the account and its timeline are accessible and fit a phone: ${language}, ${scheme}`, async () => {
    await manager.addCookies([{ name: 'luotsi_language', value: language, url: new URL('/', company.links[0]).href }]);
    for (const path of [`${account}?in=scope%3Dall&kind=activities&kind=steering`, '/accounts/new']) {
      await open(company, manager, path, async (page) => {
        await looksRight(page);
        await fitsWithoutSidewaysScroll(page, 320);
        await looksRight(page);
      }, { colorScheme: scheme, reducedMotion: 'reduce' });
    }
  });
}

test('the account has room for fingers', async () => {
  const phone = await company.browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  await phone.addCookies(await manager.cookies());
  await open(company, phone, `${account}?in=scope%3Dall`, hasRoomForFingers);
  await phone.close();
});

test('the busiest account prints on one sheet', async () => {
  await open(company, manager, '/accounts?scope=all&sort=-stake', async (page) => {
    const busiest = await page.locator('.accounts__name a').first().getAttribute('href');
    for (const path of [busiest, account]) {
      await page.goto(new URL(path, page.url()).href);
      const sheet = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
      assert.equal(sheet.match(/\/Type\s*\/Page\b/g).length, 1, path);
      assert.deepEqual(await cutEvents(page), [], path);
    }
  });
});

/** The events that a sheet shows in part: those of the two columns end above the line that tells there are more. */
async function cutEvents(page) {
  await page.setViewportSize({ width: 703, height: 1028 });
  await page.emulateMedia({ media: 'print' });
  const cut = await page.locator('.timeline').evaluate((timeline) => {
    const sheet = timeline.getBoundingClientRect();
    const foot = timeline.nextElementSibling.getBoundingClientRect().top;
    const shown = [...timeline.children].map((event) => [event.id, event.getBoundingClientRect()]).filter(([, at]) => at.left < sheet.right);
    return shown.filter(([, at]) => at.right > sheet.right || at.bottom > foot + 0.5 || at.height === 0).map(([id]) => id);
  });
  await page.emulateMedia({ media: null });
  return cut;
}
