// Stories of a day's work: a seller's morning, a manager who hands work on, and hands that are too quick.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startCompany } from './company.js';
import { loggedIn, looksRight, open } from './page.js';

let company;
let seller;
let manager;

before(async () => {
  company = await startCompany();
  seller = await loggedIn(company, company.links[0]);
  manager = await loggedIn(company, company.links[1]);
});

after(async () => {
  await company?.stop();
});

const proposals = (page) => page.locator('article.proposal');
const openCount = async (page) => Number(await page.locator('.navigation__count').innerText());

/** What leads the day: for whom and for how many euros. */
const lead = async (page) => {
  const first = proposals(page).first();
  return [await first.locator('[data-row-link]').innerText(), await first.locator('.stake__amount').first().innerText()];
};
const leads = (page, name) => page.waitForFunction(
  (name) => document.querySelector('article.proposal [data-row-link]')?.textContent === name, name,
);

test("a seller's morning: what is worth most is done in two moves, the next best moves up, and z takes it back", async () => {
  await open(company, seller, '/', async (page) => {
    const [name, euros] = await lead(page);
    const next = await proposals(page).nth(1).locator('[data-row-link]').innerText();
    const count = await openCount(page);
    assert.match(euros, /\d.*€/);

    await proposals(page).first().locator('[data-act=do]').click();
    await page.keyboard.type('Tilaus siirtyi tammikuulle');
    await page.keyboard.press('Enter');

    await page.waitForSelector('.receipt');
    assert.equal(new URL(page.url()).pathname, '/', 'the page was left');
    assert.ok((await page.locator('.receipt').innerText()).includes(name));
    await leads(page, next);
    assert.equal(await openCount(page), count - 1);
    assert.equal(await page.locator('.results dd').first().innerText(), '1');
    await looksRight(page);

    await page.locator('main h1').click();
    await page.keyboard.press('z');
    await leads(page, name);
    assert.deepEqual(await lead(page), [name, euros]);
    assert.equal(await openCount(page), count);
    assert.equal(await page.locator('.receipt').count(), 0);
  });
});

test('what came of itself is logged from my day with c, a piece of the name and a line', async () => {
  await open(company, seller, '/', async (page) => {
    await page.keyboard.press('c');
    await page.keyboard.type('kaup');
    await page.locator('#log-any [role=option]').first().waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.locator('#log-any [name=contact]').selectOption({ index: 1 });
    await page.locator('#log-any textarea').fill('Kysyi hintaa');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.receipt');
    assert.equal(new URL(page.url()).pathname, '/');
    assert.equal(await page.locator('#log-any[open]').count(), 0);
  });
});

test('a plan is logged where it stands, with what it covers', async () => {
  await open(company, seller, '/', async (page) => {
    const plan = page.locator('.plan').first();
    const id = await plan.getAttribute('id');
    await plan.locator('.plan__log').click();
    await page.locator(`#${id} textarea`).waitFor();
    await page.waitForFunction(() => document.activeElement.matches('textarea'));
    await looksRight(page);
    await page.keyboard.press('Enter');
    await page.waitForSelector('.receipt');
    assert.equal(await page.locator(`#${id}`).count(), 0, 'a plan that is done still waits');
  });
});

test('a manager sees whose care falls behind, gives a proposal to somebody else and takes it back', async () => {
  await open(company, manager, '/?scope=team', async (page) => {
    const others = page.locator('section[aria-labelledby=people] th a');
    assert.match(await page.locator('section[aria-labelledby=people] tbody').innerText(), /€/);
    await others.first().click();
    await page.waitForURL((url) => (url.searchParams.get('scope') ?? '').length === 36);

    const proposal = proposals(page).filter({ has: page.locator('form[action$=delegation]') }).first();
    const [id, name] = [await proposal.getAttribute('id'), await proposal.locator('[data-row-link]').innerText()];
    await proposal.locator('[data-act=more]').click();
    const form = proposal.locator('form[action$=delegation]');
    const to = await form.locator('select').inputValue();
    await form.locator('button').click();

    await page.waitForSelector('#toast');
    assert.ok((await page.locator('#toast').innerText()).includes(name));
    assert.equal(await page.locator(`#${id}`).count(), 0);
    const theirs = await page.context().newPage();
    await theirs.goto(new URL(`/?scope=${to}&behind=0`, page.url()).href);
    assert.equal(await theirs.locator(`#${id}`).count(), 1, 'it did not come to the other');
    await theirs.close();

    await page.keyboard.press('z');
    await page.locator(`#${id}`).waitFor();
  });
});

test('a manager gives many accounts to somebody else in four moves', async () => {
  await open(company, manager, '/accounts?scope=all&sort=name', async (page) => {
    await page.locator('[data-pick-all]').check();
    await page.locator('.picked .button--filled').click();
    await page.waitForURL(/\/accounts\/selection/);
    const change = page.locator('form', { has: page.locator('select[name=owner]') });
    await change.locator('select[name=owner]').selectOption({ label: 'Hanna Koskinen' });
    await change.locator('button').click();
    const told = page.locator('.notice--done');
    await told.waitFor();
    const [, changed, same] = /Muutettu: (\d+)\sasiakkuutta\. Jo ennestään samoin: (\d+)\./.exec(await told.innerText());
    assert.equal(Number(changed) + Number(same), 50);
    await looksRight(page);
  });
});

test('the menu of filters closes over what it found and stays open over what it could not read', async () => {
  await open(company, manager, '/accounts?scope=all', async (page) => {
    const [menu, limit] = [page.locator('#tools-filter'), page.locator('#filter-value_min')];
    await menu.locator('> summary').click();
    await limit.fill('paljon');
    await page.keyboard.press('Enter');
    await page.locator('#filter-value_min-error').waitFor();
    assert.equal(await limit.inputValue(), 'paljon');
    await limit.fill('40 000');
    await page.keyboard.press('Enter');
    await page.locator('.chips').waitFor();
    assert.equal(await menu.getAttribute('open'), null);
  });
});

test('a double click has one effect, and so has a form that is sent twice', async () => {
  await open(company, seller, '/accounts?scope=me', async (page) => {
    await page.locator('[data-row-link]').first().click();
    const line = page.locator('form.log-line').first();
    await line.waitFor();
    const twice = 'Kaksi klikkausta';
    await line.locator('textarea').fill(twice);
    await line.locator('button').dblclick();
    await page.waitForSelector('.receipt');
    const told = () => page.locator('.timeline').getByText(twice).count();
    await page.reload();
    assert.equal(await told(), 1);

    const answers = await page.evaluate(async () => {
      const form = document.querySelector('form.log-line');
      form.querySelector('textarea').value = 'Sama lomake kahdesti';
      const send = () => fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form)) });
      return (await Promise.all([send(), send()])).map((answer) => answer.url);
    });
    assert.equal(answers[0], answers[1], 'each sending wrote something down');
  });
});
