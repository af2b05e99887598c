// Opens a report in Chromium and uses it as a reader does: node report.mjs REPORT-FOLDER [many]
import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {join, resolve} from 'node:path';
import {pathToFileURL} from 'node:url';
import {chromium} from 'playwright-core';

const [folder, part] = process.argv.slice(2);
const page_ = pathToFileURL(resolve(join(folder, 'report.html'))).href;
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const ARGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
let failures = 0;

const check = (holds, what, found = '') => {
  if (holds) return;
  failures += 1;
  console.error(`browser: ${what}${found === '' ? '' : `: ${typeof found === 'string' ? found : JSON.stringify(found)}`}`);
};

const browser = await chromium.launch({executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ARGS});

// A page on which nothing may be fetched, run or complained of.
const opened = async (hash, options = {}) => {
  const context = await browser.newContext({viewport: {width: 1280, height: 900}, ...options});
  const page = await context.newPage();
  page.setDefaultTimeout(120_000); // a machine may have other work to do
  page.on('console', (message) => check(!['error', 'warning'].includes(message.type()), `the console says at ${hash}`, message.text()));
  page.on('pageerror', (error) => check(false, `a script fails at ${hash}`, error.message));
  page.on('dialog', (dialog) => { check(false, 'a dialog opens'); dialog.dismiss(); });
  page.on('request', (request) => check(request.url().startsWith('file:'), 'the page asks for', request.url()));
  await page.goto(page_ + hash);
  return page;
};
const text = (page, selector) => page.locator(selector).first().innerText();
const count = (page, selector) => page.locator(selector).count();
const field = (page, view, label) => page.locator(`#${view} label`, {hasText: new RegExp(`^${label}`)}).locator('input, select');

// Serious and critical faults of accessibility. The page's policy forbids foreign scripts, so axe runs where the policy is set aside.
const accessible = async (hash, options) => {
  const page = await opened(hash, {...options, bypassCSP: true});
  await page.waitForTimeout(800);
  await page.evaluate(axe);
  const {violations} = await page.evaluate(() => globalThis.axe.run());
  for (const {id, impact, nodes} of violations.filter(({impact}) => ['serious', 'critical'].includes(impact))) {
    check(false, `axe finds ${id} (${impact}) at ${hash}`, nodes.slice(0, 3).map(({html}) => html.slice(0, 160)));
  }
  await page.context().close();
};

const overview = async () => {
  const page = await opened('');
  check(await page.locator('#overview').isVisible() && !(await page.locator('#articles').isVisible()), 'the page opens with the overview alone');
  check(Number((await text(page, '.totals dd')).replace(',', '')) > 3, 'the totals count articles');
  await page.locator('figure').nth(1).scrollIntoViewIfNeeded();
  await page.waitForSelector('figure .living svg');
  await page.locator('figure[data-chart="speakers"]').scrollIntoViewIfNeeded();
  await page.waitForSelector('figure[data-chart="speakers"] .living svg');
  await page.locator('figure[data-chart="speakers"] .living .mark-rect path').first().click();
  await page.waitForSelector('#quotations table');
  check(new URL(page.url()).hash.startsWith('#quotations?'), 'a click on a bar lists its quotations', page.url());
  await page.context().close();
};

const lists = async () => {
  const page = await opened('#quotations');
  const found = async () => Number((await text(page, '#quotations .status')).replace(/,/g, '').match(/^\d+/)[0]);
  const all = await found();
  check(all > 100 && await count(page, '#quotations tbody tr') === 50, 'fifty quotations stand on a page', all);
  await field(page, 'quotations', 'Quoted').selectOption('0');
  const direct = await found();
  check(direct > 0 && direct < all, 'a kind leaves some', [direct, all]);
  check((await page.locator('#quotations tbody td:nth-child(3)').allInnerTexts()).every((kind) => kind === 'direct'), 'all of them of that kind');
  await field(page, 'quotations', 'Words').fill('goats eat it');
  await page.waitForFunction(() => document.querySelector('#quotations .status').textContent.startsWith('1 '));
  await page.reload();
  check(await found() === 1, 'the address keeps what was asked');
  await page.goto(`${page_}#speakers`);
  await page.waitForSelector('#speakers table');
  const quotations = await page.locator('#speakers tbody td:nth-child(4)').allInnerTexts();
  const numbers = quotations.map((each) => Number(each.replace(/,/g, '')));
  check(numbers.every((each, at) => at === 0 || numbers[at - 1] >= each), 'speakers with most quotations come first', numbers);
  await page.locator('#speakers th button').first().click();
  check(await page.locator('#speakers th').first().getAttribute('aria-sort') === 'ascending', 'a column sorts');
  await page.context().close();
};

const articles = async () => {
  const page = await opened('#articles');
  check(await count(page, '#article-list tbody tr') > 3, 'articles are listed');
  const link = await page.evaluate(() => [...document.querySelectorAll('a.m')].at(4).id);
  const deep = await opened(`#${link}`);
  check(await deep.locator(`[id="${link}"]`).isVisible() && await deep.locator('#detail').isVisible(), 'a deep link shows its quotation', link);
  check(await count(deep, '.article.current') === 1, 'and its article alone');
  check((await text(deep, '#detail dl')).includes('Why'), 'and says why');
  const first = await text(deep, '#detail h3');
  await deep.keyboard.press('j');
  check(await text(deep, '#detail h3') !== first, 'the keyboard goes on to the next quotation', first);
  await deep.keyboard.press('Escape');
  check(!(await deep.locator('#detail').isVisible()), 'Escape closes it');
  await deep.locator('.article.current button[data-s]').first().click();
  check(await count(deep, '.article.current .hushed') > 0, 'one speaker’s words alone');
  await deep.locator('.article.current .text span.c').last().click();
  check(await deep.locator('#detail').isVisible(), 'a click on a quotation shows it');
  await deep.locator('input[data-layer="e"]').check();
  check(!(await deep.locator('#articles').getAttribute('class')).includes('off-e'), 'a mark can be switched on');
  await deep.context().close();
  await page.context().close();
};

const hostile = async () => {
  for (const id of ['script', 'bidi']) { // the long one is read past the budget
    const page = await opened(`#a-${id}`);
    await page.waitForTimeout(300);
    check(await page.locator(`[id="a-${id}"]`).isVisible(), `the hostile article ${id} is shown`);
    for (const each of await page.locator('.article.current button').all()) await each.click();
    check(await page.evaluate(() => window.hacked) === undefined, `the hostile article ${id} does nothing`);
    const foreign = await page.evaluate(() => document.querySelectorAll('img, iframe, object, embed, link, base, form[action], svg[onload], [onclick], [onerror]').length);
    check(foreign === 0, `the hostile article ${id} makes no elements`, foreign);
    check(!(await page.evaluate(() => document.body.innerText)).match(/[\u202A-\u202E\u2066-\u2069]/), `${id} turns no text around`);
    await page.context().close();
  }
};

const unscripted = async () => {
  const page = await opened('', {javaScriptEnabled: false});
  check(await page.locator('#overview figure svg').first().isVisible(), 'without scripts charts are pictures');
  check(await page.locator('.article').last().isVisible(), 'without scripts articles can be read');
  check(await page.locator('#articles noscript a, #articles ol.plain a').count() > 3, 'without scripts articles are listed');
  await page.context().close();
};

// A run so large that its articles stand beside the page.
const many = async () => {
  const started = Date.now();
  const page = await opened('#quotations');
  await page.waitForSelector('#quotations tbody tr');
  const shown = Date.now() - started;
  const asked = Date.now();
  await field(page, 'quotations', 'Words').fill('zzz');
  await page.waitForFunction(() => document.querySelector('#quotations .status').textContent.startsWith('0 '));
  const filtered = Date.now() - asked;
  console.log(`browser: a large report opens its quotations in ${shown} ms and searches them in ${filtered} ms`);
  check(shown < 15000 && filtered < 5000, 'a large report answers', [shown, filtered]);
  check((await page.locator('#overview .note').first().textContent()).includes('report-files'), 'the page says where its articles are');
  await page.goto(`${page_}#articles`);
  await page.locator('#article-list tbody a').first().click();
  await page.waitForSelector('.article');
  check(page.url().includes('report-files/'), 'an article opens in its file', page.url());
  await page.locator('a.m').first().click();
  check(await page.locator('#detail').isVisible(), 'and shows its quotations');
  await page.context().close();
};

if (part === 'many') {
  await many();
} else {
  for (const [hash, options] of [
    ['#overview', {}], ['#overview', {colorScheme: 'dark'}], ['#quotations', {}], ['#speakers', {colorScheme: 'dark'}], ['#articles', {}],
    ['#a-script', {}], ['#a-bidi', {colorScheme: 'dark', viewport: {width: 390, height: 844}}],
  ]) await accessible(hash, options);
  await overview();
  await lists();
  await articles();
  await hostile();
  await unscripted();
}
await browser.close();
console.log(failures === 0 ? 'browser: all holds' : `browser: ${failures} of the checks fail`);
process.exit(failures === 0 ? 0 : 1);
