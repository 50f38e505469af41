// Takes pictures of every page and moment: wide and on a phone, light and dark, in Finnish and in English.
// Usage: node screenshots.mjs OUT PATTERN NAME=LINK..., where a LINK logs somebody in once, that of `setup` into an empty
// database, and only pictures whose name matches the pattern are taken (`.` takes all).
import { mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { MOMENTS } from "./moments.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const { chromium } = createRequire(join(root, "tests/browser/package.json"))("playwright-core");
const [out, pattern, ...links] = process.argv.slice(2);
const wanted = new RegExp(pattern);
const WIDTHS = { wide: { width: 1440, height: 900 }, phone: { width: 390, height: 844 }, narrow: { width: 320, height: 640 } };
/** Moments whose page is looked at from head to foot; of the others, what the window shows. */
const WHOLE = /^nobody-|-print-|-new-account|-refused/;

mkdirSync(out, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
  ],
});
let overflows = 0;
let missing = 0;
/** What the moments need to know beside the person's own cookies. */
const around = {};
const people = {};
try {
  for (const link of links) await logIn(...split(link));
  around.invitation = await invite(people.administrator);
  for (const [name, person] of Object.entries(people)) {
    const isWanted = (way) => Object.keys(person.pages).some((what) => wanted.test(`${name}-${what}-${way}`));
    await everyWay(person.cookies, isWanted, (page, way) => pagesOf(page, name, person, way));
  }
  for (const [name, what, act, after] of MOMENTS) {
    const person = people[name] ?? people.seller;
    const titled = (way) => `${name}-${what}-${way}`;
    const cookies = name === "nobody" ? [] : person.cookies;
    await everyWay(cookies, (way) => wanted.test(titled(way)), (page, way) => moment(page, person, titled(way), act, after));
  }
} finally {
  await browser.close();
}
if (overflows + missing > 0) process.exitCode = 1;

function split(link) {
  const at = link.indexOf("=");
  return [link.slice(0, at), link.slice(at + 1)];
}

/** Makes somebody known by a log-in link; the link into an empty database is kept as it is. */
async function logIn(name, link) {
  if (name === "setup") {
    around.setUp = link;
    return;
  }
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(link);
  await picture(page, `${name}-log-in`);
  await Promise.all([page.waitForURL((url) => url.pathname === "/"), page.click("main button")]);
  const origin = new URL(link).origin;
  people[name] = { cookies: await context.cookies(), origin, pages: await addresses(page, origin) };
  around.used ??= link;
  around.account ??= people[name].pages.account;
  await context.close();
}

/** A link that invites somebody who has not logged in. */
async function invite({ cookies, origin, pages }) {
  const context = await browser.newContext();
  await context.addCookies(cookies);
  const page = await context.newPage();
  await page.goto(origin + pages.person);
  await page.locator("form[action$=invitation] button").click();
  const link = await page.locator(".secret__text").innerText();
  await context.close();
  return link;
}

/** Lets a page be looked at in each language, colour and size. */
async function everyWay(cookies, isWanted, look) {
  for (const locale of ["fi", "en"]) {
    for (const colorScheme of ["light", "dark"]) {
      for (const [size, viewport] of Object.entries(WIDTHS)) {
        if (size === "narrow" && colorScheme === "dark") continue;
        const way = `${size}-${colorScheme}-${locale}`;
        if (!isWanted(way)) continue;
        const isTouched = size !== "wide";
        const context = await browser.newContext({ locale, colorScheme, viewport, hasTouch: isTouched, isMobile: isTouched });
        await context.addCookies(cookies);
        const page = await context.newPage();
        page.usual = viewport;
        await look(page, way);
        await context.close();
      }
    }
  }
}

async function pagesOf(page, name, { origin, pages }, way) {
  for (const [what, address] of Object.entries(pages)) {
    if (!wanted.test(`${name}-${what}-${way}`)) continue;
    await page.goto(origin + address, { waitUntil: "networkidle" });
    await picture(page, `${name}-${what}-${way}`);
    await checkWidth(page, `${what} ${way}`);
  }
}

async function moment(page, { origin }, name, act, after) {
  page.origin = origin;
  page.setDefaultTimeout(8000);
  try {
    await act(page, around);
    if (WHOLE.test(name)) await picture(page, name);
    else await page.screenshot({ path: join(out, `${name}.png`) });
    await checkWidth(page, name);
    await after?.(page);
  } catch (error) {
    missing += 1;
    console.error(`${name}: ${error.message.split("\n")[0]}`);
  }
}

/** The pages there are for this person; an account with proposals where there is one. */
async function addresses(page, origin) {
  const href = (selector) => page.locator(selector).first().getAttribute("href", { timeout: 2000 }).catch(() => null);
  const account = await href(".proposal__for a");
  const scopes = await page.locator(".switch__choice").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  await page.goto(`${origin}/accounts?scope=all`);
  const any = await href(".accounts__name a");
  await page.goto(`${origin}/`);
  const proposal = await page.locator("article.proposal").first().getAttribute("id", { timeout: 2000 }).catch(() => null);
  await page.goto(`${origin}/settings/people`);
  const person = await href("main th a");
  await page.goto(`${origin}/care-models`);
  const model = await href(".models a[href^='/care-models/']");
  const found = {
    day: "/",
    accounts: "/accounts?scope=all",
    filtered: "/accounts?scope=all&q=oy&segment=growth&sort=name",
    base: "/base?scope=all",
    owners: "/base?scope=all&colour=owner&segment=growth",
    area: "/base?scope=all&value_min=10000&potential_min=1000&moved=growth-retention",
    log: "/activities/new",
    views: "/accounts/views",
    substitutions: "/substitutions",
    search: "/search?q=o",
    keys: "/keys",
    settings: "/settings/me",
    people: "/settings/people",
    company: "/settings/company",
    start: "/start",
    strategy: "/settings/strategy?current=50000&potential=20000&strategic_current=400000&strategic_potential=100000",
    numbers: "/settings/strategy/numbers",
    models: "/care-models",
    lost: "/nowhere",
  };
  if (account ?? any) found.account = account ?? any;
  if (any) found.largest = any;
  const [path] = (any ?? "").split("?");
  if (any) found.selection = `/accounts/selection?account=${path.split("/").at(-1)}`;
  if (any) found.peek = `${path}/peek`;
  if (proposal) found.proposal = `/proposals/${proposal.replace("proposal-", "")}`;
  if (person) Object.assign(found, { person, newcomer: "/settings/people/new" });
  if (model) found.model = model;
  if (scopes.length > 1) found.team = scopes.at(-1);
  return found;
}

/** The whole page in a window of its height: a picture beyond the window would forget that a phone is touched. */
async function picture(page, name) {
  await page.evaluate(() => document.fonts.ready);
  const { width } = page.viewportSize();
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width, height: Math.min(Math.max(height, 640), 6000) });
  await page.screenshot({ path: join(out, `${name}.png`) });
  await page.setViewportSize(page.usual ?? { width, height: 900 });
}

async function checkWidth(page, what) {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (over > 0) {
    overflows += 1;
    console.error(`${what}: ${over} pixels wider than the screen`);
  }
}
