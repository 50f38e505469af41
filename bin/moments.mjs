// Moments that a page comes to by what somebody does: what keys open, what a form refuses, what two people do at once.
// Each is [person, name, what to do with a fresh page]; what it changed it takes back where the pages can.

/** In the order they are taken; `around` holds the origin, the way to a page of nobody's, and what was looked up before. */
export const MOMENTS = [
  ["seller", "palette", async (page) => {
    await start(page, "/");
    await page.keyboard.press("Control+k");
    await page.waitForSelector(".palette__option");
  }],
  ["seller", "palette-words", async (page) => {
    await start(page, "/");
    await page.keyboard.press("Control+k");
    await page.keyboard.type("ka");
    await page.waitForTimeout(600);
  }],
  ["seller", "help", async (page) => {
    await start(page, "/");
    await page.keyboard.press("?");
    await page.waitForSelector("dialog.help");
  }],
  ["seller", "logging", async (page) => {
    await start(page, "/");
    await page.keyboard.press("c");
    await page.keyboard.type("oy");
    await page.locator("#log-any [role=option]").first().waitFor();
  }],
  ["seller", "doing", (page) => opensAnswer(page, "do")],
  ["seller", "scheduling", (page) => opensAnswer(page, "schedule")],
  ["seller", "more-answers", (page) => opensAnswer(page, "more")],
  ["seller", "factors", async (page) => {
    await start(page, "/");
    await page.locator("details[id$=-factors] summary").first().click();
  }],
  ["seller", "receipt", async (page) => {
    await start(page, "/");
    await page.locator("article.proposal details [data-act=do]").first().click();
    await page.locator(".answer[open] textarea").fill("Sovittiin tarjouksesta / Agreed on a quote");
    await page.locator(".answer[open] .form__acts button").first().click();
    await page.waitForSelector(".receipt");
  }, undone],
  ["seller", "toast", async (page) => {
    await opensAnswer(page, "more");
    await page.locator(".answer[open] [data-act=dismiss]").click();
    await page.waitForSelector("#toast, .answer[open] .field__fault");
  }, undone],
  ["seller", "peek-panel", async (page) => {
    await start(page, "/accounts?scope=me");
    await page.locator("[data-row-link]").first().focus();
    await page.keyboard.press("Space");
    await page.waitForSelector(".peek #peek, .peek__body > *");
  }],
  ["seller", "filter-menu", (page) => opensMenu(page, "/accounts?scope=all", "#tools-filter")],
  ["seller", "filter-refused", (page) => start(page, "/accounts?scope=all&q=oy&value_min=paljon")],
  ["seller", "columns-menu", (page) => opensMenu(page, "/accounts?scope=all", "#tools-columns")],
  ["seller", "views-menu", (page) => opensMenu(page, "/accounts?scope=all", "#tools-views")],
  ["seller", "view-to-remove", async (page) => {
    await opensMenu(page, "/accounts?scope=all&segment=growth", "#tools-views");
    await page.locator("#tools-views form input[type=text]").fill("Kasvavat / Growing");
    await page.locator("#tools-views form button").click();
    await page.waitForLoadState("networkidle");
    await start(page, "/accounts/views");
    await page.locator(".kept-view__removal summary").first().click();
  }, async (page) => {
    await page.locator(".kept-view__removal[open] button").first().click();
    await page.waitForLoadState("networkidle");
  }],
  ["seller", "caller", async (page, around) => {
    await start(page, around.account);
    const number = await page.locator("a[href^='tel:']").first().getAttribute("href");
    await page.keyboard.press("Control+k");
    await page.keyboard.type(number.replace("tel:+358", "0"));
    await page.waitForTimeout(900);
  }],
  ["seller", "note-with-links", async (page, around) => {
    await start(page, around.account);
    await page.locator("#log textarea[name=note]").fill(
      "Toimitus viikolla 49, ks. https://example.com/toimitukset/2026-49.\n\n- kartta: www.example.com/kartta?alue=itä\n- [tarjous](https://example.com/t/1)",
    );
    await page.locator("#log .form__acts button").first().click();
    await page.waitForSelector(".receipt");
    await page.locator(".event a[href^='https://example.com']").first().scrollIntoViewIfNeeded();
  }, undone],
  ["manager", "area-refused", async (page) => {
    await start(page, "/base?scope=all&value_min=paljon&potential_max=1%20000");
    await page.locator("#area-value_min").scrollIntoViewIfNeeded();
  }],
  ["manager", "stayed-accounts", async (page) => {
    await start(page, "/base?scope=all&moved=efficiency-efficiency");
    const next = page.locator(".pager [rel=next]");
    if (await next.count() > 0) await next.click();
    await page.waitForLoadState("networkidle");
    await page.locator(".moved").evaluate((moved) => moved.scrollIntoView({ block: "end" }));
  }],
  ["manager", "selection-bar", async (page) => {
    await start(page, "/accounts?scope=all");
    for (const pick of [0, 2, 3]) await page.locator("[data-pick]").nth(pick).check();
  }],
  ["manager", "selection-of-many", async (page) => {
    await start(page, "/accounts?scope=all&sort=name");
    for (const pick of [0, 1, 2]) await page.locator("[data-pick]").nth(pick).check();
    await page.locator(".picked .button--filled").click();
    await page.waitForURL(/selection/);
    await page.waitForLoadState("networkidle");
  }],
  ["seller", "nothing-found", (page) => start(page, "/accounts?scope=all&q=qqqq")],
  ["seller", "new-account", (page) => start(page, "/accounts/new")],
  ["seller", "new-account-refused", async (page) => {
    await start(page, "/accounts/new");
    await page.locator("main form button.button--filled").click();
    await page.waitForSelector("[aria-invalid=true]");
  }],
  ["seller", "estimate-editor", async (page, around) => {
    await start(page, around.account);
    await page.locator("main details[data-editor] summary").first().click();
  }],
  ["seller", "fact-refused", async (page, around) => {
    await start(page, around.account);
    await page.locator("#fact-business_id-editor summary, #fact-business-id-editor summary").first().click();
    await page.locator("details.editor[open] input[type=text]:visible, details.editor[open] input:not([type]):visible").first().fill("123");
    await page.locator("details.editor[open] .form__acts button:visible").first().click();
    await page.waitForSelector("[aria-invalid=true]");
  }],
  ["seller", "conflict", async (page, around) => {
    await start(page, around.account);
    const editor = page.locator("#fact-industry-editor");
    await editor.locator("summary").click();
    await editor.locator("input[name=industry]").fill("Piharakentaminen");
    around.written = (around.written ?? 0) + 1;
    await page.evaluate(async (written) => {
      const form = new FormData(document.querySelector("#fact-industry-editor form"));
      form.set("industry", `Vesirakentaminen ${written}`);
      form.set("request", crypto.randomUUID());
      await fetch(document.querySelector("#fact-industry-editor form").action, { method: "POST", body: new URLSearchParams(form) });
    }, around.written);
    await editor.locator("button").click();
    await page.waitForSelector("#fact-industry-industry-now");
  }],
  ["seller", "expired", async (page, around) => {
    await start(page, around.account);
    await page.locator("#log textarea[name=note]").fill("Sovittiin toimituksesta viikolle 49.\nHinta pitää.");
    await page.context().clearCookies({ name: "luotsi" });
    await page.locator("#log .form__acts button").first().click();
    await page.waitForSelector(".message__written");
  }],
  ["seller", "print-account", async (page, around) => {
    await start(page, around.account);
    await page.emulateMedia({ media: "print" });
  }],
  ["seller", "print-day", async (page) => {
    await start(page, "/");
    await page.emulateMedia({ media: "print" });
  }],
  ["manager", "print-base", async (page) => {
    await start(page, "/base?scope=all");
    await page.emulateMedia({ media: "print" });
  }],
  ["administrator", "person-refused", async (page) => {
    await start(page, "/settings/people/new");
    await page.locator("main form button.button--filled").click();
    await page.waitForSelector("[aria-invalid=true]");
  }],
  ["administrator", "thresholds-refused", async (page) => {
    await start(page, "/settings/strategy?current=abc&potential=-5");
  }],
  ["nobody", "log-in", (page) => start(page, "/login")],
  ["nobody", "log-in-refused", async (page, around) => {
    await start(page, "/login");
    around.tried = (around.tried ?? 0) + 1;
    await page.locator("input[name=email]").fill(`nobody.${around.tried}@example.com`);
    await page.locator("input[name=password]").fill("three random words");
    await page.locator("main form button").click();
    await page.waitForLoadState("networkidle");
  }],
  ["nobody", "invitation", (page, around) => page.goto(around.invitation, { waitUntil: "networkidle" })],
  ["nobody", "invitation-refused", async (page, around) => {
    await page.goto(around.invitation, { waitUntil: "networkidle" });
    await page.locator("input[name=password]").fill("short");
    await page.locator("input[name=password_again]").fill("other");
    await page.locator("main form button").click();
    await page.waitForSelector("[aria-invalid=true]");
  }],
  ["nobody", "used-link", (page, around) => page.goto(around.used, { waitUntil: "networkidle" })],
  ["nobody", "set-up", (page, around) => page.goto(around.setUp, { waitUntil: "networkidle" })],
  ["nobody", "set-up-refused", async (page, around) => {
    await page.goto(around.setUp, { waitUntil: "networkidle" });
    await page.locator("main form button").click();
    await page.waitForSelector("[aria-invalid=true]");
  }],
];

async function start(page, path) {
  await page.goto(page.origin + path, { waitUntil: "networkidle" });
}

async function opensAnswer(page, act) {
  await start(page, "/");
  await page.locator(`article.proposal details [data-act=${act}]`).first().click();
}

async function opensMenu(page, path, menu) {
  await start(page, path);
  await page.locator(`${menu} > summary`).click();
}

/** Takes the newest answer back, so that the next picture shows the same day. */
async function undone(page) {
  await page.evaluate(() => document.activeElement?.blur());
  await page.keyboard.press("z");
  await page.waitForLoadState("networkidle");
}
