// Every page of those who set Luotsi up, seen by automatic eyes: axe in both themes, 320 pixels, room for fingers.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startCompany } from './company.js';
import { fitsWithoutSidewaysScroll, hasRoomForFingers, loggedIn, looksRight, open } from './page.js';

const ADMIN = '110';
const PAGES = [
  '/', '/?scope=all', '/proposals?scope=all', '/changes', '/accounts?scope=all', '/accounts?scope=all&q=oy&segment=growth&columns=name.city.business_id.owner&sort=city',
  '/accounts/views', '/base?scope=all', '/activities/new', '/substitutions', '/search?q=o', '/keys', '/settings/me',
  '/settings/people', '/settings/people/new', '/settings/company', '/start', '/settings/strategy/numbers',
  '/settings/strategy?current=5000&potential=1000&strategic_current=90000&strategic_potential=20000', '/care-models',
  '/care-models/acquisition',
];

let company;
let admin;

before(async () => {
  company = await startCompany();
  admin = await loggedIn(company, company.linkFor(ADMIN));
});

after(async () => {
  await company?.stop();
});

for (const [colorScheme, widths] of [['light', [320]], ['dark', [800, 1024, 1280]]]) {
  test(`the pages of an administrator are accessible and fit their window: ${colorScheme}, ${widths}`, async () => {
    for (const path of PAGES) {
      await open(company, admin, path, async (page) => {
        for (const width of widths) await fitsWithoutSidewaysScroll(page, width);
        await looksRight(page);
      }, { colorScheme, reducedMotion: 'reduce' });
    }
  });
}

for (const locale of ['fi-FI', 'en-GB']) {
  test(`fingers have room on every page: ${locale}`, async () => {
    const touched = await company.browser.newContext({
      locale, viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, storageState: await admin.storageState(),
    });
    for (const path of PAGES) await open(company, touched, path, hasRoomForFingers);
    await touched.close();
  });
}

test('the log-in and what leads nowhere are accessible too', async () => {
  const stranger = await company.browser.newContext({ locale: 'fi-FI' });
  for (const path of ['/login', '/nowhere', '/login/none']) {
    const page = await stranger.newPage();
    await page.goto(new URL(path, company.links[0]).href);
    assert.ok((await page.locator('h1').innerText()).length > 0);
    await looksRight(page);
    await fitsWithoutSidewaysScroll(page, 320);
    await page.close();
  }
  await stranger.close();
});
