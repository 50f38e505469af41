// Stories of the customer base: its picture is drawn at once, told when pointed at, selected by mouse, touch and keys.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startCompany } from './company.js';
import { loggedIn, looksRight, open } from './page.js';

const BASE = '/base?scope=all';
const MANY = 100_000;
const DRAWN_WITHIN = 250;

let company;
let manager;

before(async () => {
  company = await startCompany();
  manager = await loggedIn(company, company.links[1]);
});

after(async () => {
  await company?.stop();
});

const drawn = (page) => page.waitForFunction(() => performance.getEntriesByName('matrix-drawn').length > 0);

/** How many pixels of the picture are coloured. */
const coloured = (page) => page.evaluate(() => {
  const canvas = document.querySelector('luotsi-matrix canvas');
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  return data.reduce((count, value, at) => count + (at % 4 === 3 && value > 0), 0);
});

const sum = (page) => page.locator('.selection__sum').innerText();

for (const colorScheme of ['light', 'dark']) {
  test(`the picture has its points and is accessible: ${colorScheme}`, async () => {
    await open(company, manager, BASE, async (page) => {
      await drawn(page);
      assert.ok((await coloured(page)) > 500, 'an empty canvas');
      await looksRight(page);
    }, { colorScheme });
  });
}

test('a hundred thousand accounts are drawn within a quarter of a second', async () => {
  await open(company, manager, '/keys', async (page) => {
    const bytes = Buffer.alloc(MANY * 5);
    for (let n = 0; n < MANY; n += 1) {
      bytes.writeUInt16LE((n * 7_919) % 65_536, n * 2);
      bytes.writeUInt16LE((n * 104_729) % 65_536, MANY * 2 + n * 2);
      bytes[MANY * 4 + n] = n % 5;
    }
    await page.route('**/base/points**', (route) => route.fulfill({ body: bytes, contentType: 'application/octet-stream' }));
    await page.goto(new URL(BASE, company.links[0]).href);
    await drawn(page);

    const took = await page.evaluate(() => performance.getEntriesByName('matrix-drawn')[0].duration);
    assert.ok((await coloured(page)) > MANY / 4);
    assert.ok(took <= DRAWN_WITHIN, `${took} ms`);
  });
});

test('an area is selected by dragging, and its link lists exactly those accounts', async () => {
  await open(company, manager, BASE, async (page) => {
    await drawn(page);
    const box = await page.locator('luotsi-matrix').boundingBox();
    await page.mouse.move(box.x + 1, box.y + 1);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.6, box.y + box.height * 0.7, { steps: 4 });
    await page.mouse.up();
    await page.waitForURL(/value_max=/);
    await page.waitForSelector('.selection__sum');
    await looksRight(page);

    const selected = await sum(page);
    await page.locator('.selection__ways a').first().click();
    await page.waitForURL(/\/accounts\?/);
    await page.waitForFunction((text) => document.querySelector('.head__line')?.innerText.includes(text), selected);
  });
});

test('an area is selected with the keyboard alone, and Escape takes it away', async () => {
  await open(company, manager, BASE, async (page) => {
    await drawn(page);
    await page.locator('luotsi-matrix').focus();
    for (const key of ['ArrowRight', 'Space', 'Shift+ArrowRight', 'Shift+ArrowRight', 'Shift+ArrowUp', 'Space']) await page.keyboard.press(key);
    await page.waitForSelector('.selection__sum');
    assert.match(page.url(), /value_min=\d+&value_max=\d+&potential_min=\d+&potential_max=\d+/);
    assert.ok(await page.evaluate(() => document.activeElement.matches('luotsi-matrix')), 'the focus has gone');

    await page.keyboard.press('Escape');
    await page.waitForFunction(() => !document.querySelector('.selection__sum'));
  });
});

test('pointing at an account tells it, and a click opens it', async () => {
  await open(company, manager, `${BASE}&segment=strategic`, async (page) => {
    await drawn(page);
    const at = await page.evaluate(() => {
      const { points } = document.querySelector('luotsi-matrix');
      return { right: points.right[0] / 65_535, up: points.up[0] / 65_535 };
    });
    const box = await page.locator('luotsi-matrix').boundingBox();
    await page.mouse.move(box.x + box.width * at.right + 2, box.y + box.height * (1 - at.up) + 2);
    const card = page.locator('.matrix__card a');
    await card.waitFor();
    const name = await card.innerText();
    await page.mouse.down();
    await page.mouse.up();
    await page.waitForFunction((name) => document.querySelector('main h1')?.textContent.includes(name), name);
  });
});

test('a finger drags sideways to select and taps to ask', async () => {
  const touched = await company.browser.newContext({
    locale: 'fi-FI', viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, storageState: await manager.storageState(),
  });
  await open(company, touched, BASE, async (page) => {
    await drawn(page);
    await page.evaluate(() => {
      const matrix = document.querySelector('luotsi-matrix');
      matrix.setPointerCapture = () => {};
      const box = matrix.getBoundingClientRect();
      const send = (type, x, y) => matrix.dispatchEvent(new PointerEvent(type, {
        pointerType: 'touch', pointerId: 7, button: 0, bubbles: true, clientX: box.left + box.width * x, clientY: box.top + box.height * y,
      }));
      send('pointerdown', 0.05, 0.95);
      send('pointermove', 0.3, 0.6);
      send('pointermove', 0.6, 0.3);
      send('pointerup', 0.6, 0.3);
    });
    await page.waitForSelector('.selection__sum');
  });
  await touched.close();
});

test('without scripts the table and the form of the area carry it all', async () => {
  const state = await manager.storageState();
  const plain = await company.browser.newContext({ locale: 'fi-FI', javaScriptEnabled: false, storageState: state });
  await open(company, plain, BASE, async (page) => {
    assert.ok((await page.locator('.base-table tbody tr').count()) >= 5);
    await page.locator('#selection-exact summary').click();
    await page.locator('#area-value_min').fill('1 000');
    await page.locator('#selection-form button').click();
    await page.waitForURL(/value_min=/);
    assert.match(await sum(page), /asiakkuu/);
  });
  await plain.close();
});
