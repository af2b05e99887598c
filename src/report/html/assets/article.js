// Reading an article: which marks are shown, whose words, why a quotation is one. Runs in report.html and in the files beside it.
// Text of others reaches the page as text nodes only; the page's policy forbids anything else.
'use strict';

// Makes an element: el('a', {href: '#x'}, 'words', other).
const el = (name, attributes = {}, ...children) => {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === 'on') for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
    else if (value === true) node.setAttribute(key, '');
    else if (value !== false && value != null) node.setAttribute(key, value);
  }
  node.append(...children.filter((child) => child != null));
  return node;
};

// The data in a block of JSON, read when it is needed first.
const parsed = new WeakMap();
const json = (block) => {
  if (!parsed.has(block)) parsed.set(block, JSON.parse(block.textContent));
  return parsed.get(block);
};

const reading = (() => {
  document.documentElement.classList.add('js');
  const articles = document.getElementById('articles');
  const panel = document.getElementById('detail');
  let marker = null; // of the quotation whose details are shown

  const details = (article) => json(article.querySelector('script.details'));
  const percent = (share) => `${Math.round(share * 100)} %`;
  const sure = (share) => (share == null ? 'not said' : `${percent(share)} sure`);

  // Marks the pieces of one quotation, and of no other.
  const choose = (article, at) => {
    for (const piece of articles.querySelectorAll('.chosen')) piece.classList.remove('chosen');
    if (at == null) return;
    for (const piece of article.querySelectorAll('[data-q]')) {
      piece.classList.toggle('chosen', piece.dataset.q.split(' ').includes(String(at)));
    }
  };

  const show = (article, at) => {
    const {quotes, speakers, themes, id} = details(article);
    const quote = quotes[at];
    if (!quote) return;
    const speaker = speakers[quote.speaker];
    marker = article.querySelector(`a.m[data-q="${at}"]`);
    choose(article, at);
    const link = `#q-${encodeURIComponent(id)}:${quote.id}`;
    const row = (name, ...value) => [el('dt', {}, name), el('dd', {}, ...value)];
    panel.replaceChildren(
      el('button', {type: 'button', class: 'close', 'aria-label': 'Close', on: {click: close}}, '×'),
      el('h3', {}, `Quotation ${at + 1}`),
      el('dl', {},
        ...row('Speaker', el('bdi', {}, speaker ? speaker.name : 'unknown'), speaker?.role ? el('span', {class: 'role'}, ` ${speaker.role}`) : null),
        ...row('Words', quote.kind, ` · ${sure(quote.confidence)}`),
        ...(speaker ? row('That speaker', `${sure(quote.speaker_confidence)} · ${speaker.kind}`) : []),
        ...(quote.themes.length ? row('Themes', quote.themes.map((theme) => themes[theme]).join(', ')) : []),
        ...row('Why', el('ul', {}, ...quote.why.map((reason) => el('li', {}, reason)))),
        ...row('Link', el('a', {href: link}, `${id}:${quote.id}`))));
    panel.hidden = false;
  };

  const close = () => {
    if (panel.hidden) return;
    panel.hidden = true;
    choose(null, null);
    marker?.focus({preventScroll: true});
  };

  // Leaves only one speaker's quotations, or all again.
  const only = (article, speaker) => {
    const {quotes} = details(article);
    const chosen = article.dataset.voice === speaker ? null : speaker;
    if (chosen == null) delete article.dataset.voice; else article.dataset.voice = chosen;
    for (const button of article.querySelectorAll('button[data-s]')) button.setAttribute('aria-pressed', button.dataset.s === chosen);
    for (const piece of article.querySelectorAll('.text [data-q], h3 [data-q]')) {
      const ours = piece.dataset.q.split(' ').some((at) => String(quotes[at]?.speaker) === chosen);
      piece.classList.toggle('hushed', chosen != null && !ours);
    }
  };

  // Shows where the article speaks of a theme, or nowhere again.
  const about = (article, theme) => {
    const chosen = article.dataset.about === theme ? null : theme;
    if (chosen == null) delete article.dataset.about; else article.dataset.about = chosen;
    for (const button of article.querySelectorAll('button[data-theme]')) {
      button.setAttribute('aria-pressed', button.dataset.theme === chosen);
    }
    for (const sentence of article.querySelectorAll('.s')) {
      sentence.classList.toggle('on', chosen != null && sentence.dataset.t.split(' ').includes(chosen));
    }
  };

  // Finds what a link names: an article or a quotation in one. Gives its article.
  const find = (hash) => {
    let name = hash.slice(1);
    try { name = decodeURIComponent(name); } catch { /* a stray percent sign stands for itself */ }
    const target = /^[aq]-/.test(name) ? document.getElementById(name) : null;
    return {target, article: target?.closest('.article')};
  };

  const open = (hash) => {
    const {target, article} = find(hash);
    if (!article) return;
    if (target === article) {
      article.focus({preventScroll: true});
      article.scrollIntoView();
    } else {
      target.focus({preventScroll: true});
      target.scrollIntoView({block: 'center'});
      show(article, Number(target.dataset.q));
    }
  };

  const step = (by) => {
    const markers = [...articles.querySelectorAll('a.m')].filter((each) => each.getClientRects().length > 0);
    if (!markers.length) return;
    const from = markers.indexOf(marker ?? document.activeElement);
    const next = markers[(from + by + markers.length + (from < 0 && by < 0 ? 1 : 0)) % markers.length];
    next.focus({preventScroll: true});
    next.scrollIntoView({block: 'center'});
    show(next.closest('.article'), Number(next.dataset.q));
  };

  for (const box of document.querySelectorAll('input[data-layer]')) {
    const set = () => articles.classList.toggle(`off-${box.dataset.layer}`, !box.checked);
    box.addEventListener('change', set);
    set();
  }
  articles.addEventListener('click', (event) => {
    const article = event.target.closest('.article');
    const button = event.target.closest('button[data-s], button[data-theme]');
    const piece = event.target.closest('[data-q]');
    if (!article) return;
    if (button?.dataset.s != null) only(article, button.dataset.s);
    else if (button) about(article, button.dataset.theme);
    else if (piece && !String(document.getSelection()).trim()) show(article, Number(piece.dataset.q.split(' ').at(-1)));
  });
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
    if (event.key === 'Escape') close();
    else if (event.key === 'j') step(1);
    else if (event.key === 'k') step(-1);
  });
  return {find, open, close};
})();

// A file beside the report has no other script: it follows links itself.
if (!document.getElementById('lists')) {
  addEventListener('hashchange', () => reading.open(location.hash));
  reading.open(location.hash);
}
