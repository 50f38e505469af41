// What every browser story does with a page: open it watchfully, look at it with automatic eyes.
import assert from 'node:assert/strict';
import AxeBuilder from '@axe-core/playwright';

/** A new page that fails the story when anything goes wrong in it but answers of the `refused` kinds, which it is about. */
export async function open(company, context, path, story, media = {}, refused = []) {
  const page = await context.newPage();
  await page.emulateMedia(media);
  const errors = [];
  const isRefusal = (text) => refused.some((status) => text.includes(`status of ${status}`));
  page.on('console', (message) => message.type() === 'error' && !isRefusal(message.text()) && errors.push(message.text()));
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('response', (answer) => answer.status() >= 400 && !refused.includes(answer.status()) && errors.push(`${answer.status()} ${answer.url()}`));
  await page.goto(new URL(path, company.links[0]).href);
  await story(page);
  assert.deepEqual(errors, []);
  await page.close();
}

/** A browser profile in which the owner of the link is logged in. */
export async function loggedIn(company, link, options = {}) {
  const context = await company.browser.newContext({ locale: 'fi-FI', viewport: { width: 1280, height: 900 }, ...options });
  await open(company, context, link, async (page) => {
    await page.locator('main form button').click();
    await page.waitForURL((url) => url.pathname === '/');
  });
  return context;
}

export async function looksRight(page) {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze();
  const told = violations.map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.target).join(', ')}`);
  assert.deepEqual(told, [], `axe on ${page.url()}`);
}

/** What a finger aims at is 44 pixels high. */
export async function hasRoomForFingers(page) {
  const small = await page.evaluate(() => {
    const aims = '.button, .switch__choice, .navigation__item, .tabs__tab, .menu__item, select, textarea, summary, input:not([type=hidden], [type=checkbox], [type=radio])';
    return [...document.querySelectorAll(aims)]
      .filter((aim) => aim.checkVisibility() && !aim.closest('.only-read-out'))
      .map((aim) => [aim, aim.getBoundingClientRect()])
      .filter(([, box]) => box.width > 0 && box.height < 43.5)
      .map(([aim, box]) => `${aim.tagName} ${aim.className} ${aim.textContent.trim().slice(0, 30)}: ${box.height}`);
  });
  assert.deepEqual(small, [], `too small to be touched on ${page.url()}`);
}

export async function fitsWithoutSidewaysScroll(page, width) {
  await page.setViewportSize({ width, height: 800 });
  const wide = await page.evaluate(() => document.scrollingElement.scrollWidth);
  assert.ok(wide <= width, `${page.url()} is ${wide} px wide in a window of ${width}`);
}
