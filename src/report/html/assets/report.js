// The page's views: charts that answer, lists that are searched, sorted and filtered, one article at a time.
'use strict';

(() => {
  const PAGE = 50;
  const KINDS = ['direct', 'indirect', 'mixed'];
  const VOICES = ['person', 'organization', 'document', 'unnamed', 'unknown'];
  const VIEWS = ['overview', 'quotations', 'speakers', 'articles'];
  const view = (name) => document.getElementById(name);
  const number = new Intl.NumberFormat('en');
  const counted = (count, one) => `${number.format(count)} ${one}${count === 1 ? '' : 's'}`;
  const collator = new Intl.Collator('en', {numeric: true});

  // The data, made ready when a list is opened first.
  let made = null;
  const data = () => {
    if (made) return made;
    const lists = json(view('lists'));
    const [speakers, articles] = [lists.speakers, lists.articles].map((rows) => rows.map((row, at) => ({row, at})));
    made = {
      ...lists,
      speakers: speakers.map(({row: [name, kind, role, person, quotes, words, articles], at}) =>
        ({at, name, kind, role, person, quotes, words, articles, folded: `${name} ${role}`.toLowerCase()})),
      articles: articles.map(({row: [id, title, outlet, date, month, words, quotes, speakers, file], at}) =>
        ({at, id, title, outlet, date, month, words, quotes, speakers, file, folded: title.toLowerCase()})),
      quotes: null,
    };
    return made;
  };
  const quotes = () => {
    const all = data();
    all.quotes ??= JSON.parse(view('rows').textContent).map(([article, n, kind, speaker, themes, sure, words]) =>
      ({article: all.articles[article], n, kind, speaker: all.speakers[speaker], themes, sure, words, folded: null}));
    return all.quotes;
  };

  const fileOf = (article) => (article.file ? `report-files/${String(article.file).padStart(3, '0')}.html` : '');
  const articleLink = (article) => `${fileOf(article)}#a-${encodeURIComponent(article.id)}`;
  const quoteLink = (quote) => `${fileOf(quote.article)}#q-${encodeURIComponent(quote.article.id)}:q${quote.n}`;

  // What is asked for, the same in both lists and in the address: #quotations?theme=3&kind=0.
  const FILTERS = ['text', 'speaker', 'theme', 'kind', 'voice', 'sure', 'outlet', 'month'];
  let asked = {};
  let sorting = {};
  let pageAt = 0;
  const address = (name, query) => {
    const known = Object.entries(query).filter(([, value]) => value !== '' && value != null);
    return `#${name}${known.length ? `?${new URLSearchParams(known)}` : ''}`;
  };

  const matching = () => {
    const text = (asked.text ?? '').toLowerCase();
    const speaker = (asked.speaker ?? '').toLowerCase();
    const is = (filter, value) => asked[filter] == null || asked[filter] === '' || Number(asked[filter]) === value;
    return quotes().filter((quote) =>
      is('kind', quote.kind) && is('voice', quote.speaker ? quote.speaker.kind : 4) && is('outlet', quote.article.outlet) &&
      is('month', quote.article.month) && quote.sure >= Number(asked.sure ?? 0) &&
      (!asked.theme || quote.themes.includes(Number(asked.theme))) &&
      (!speaker || (quote.speaker?.folded.includes(speaker) ?? false)) &&
      (!text || (quote.folded ??= quote.words.toLowerCase()).includes(text)));
  };

  // One list: controls, a count, a table a page at a time.
  const list = (name, {columns, rows, controls, count, section = view(name)}) => {
    const status = el('p', {class: 'status', role: 'status'});
    const place = el('div', {class: 'scroll', tabindex: '0', role: 'region', 'aria-label': `Table of ${name}`});
    const pager = el('nav', {class: 'pager', 'aria-label': `Pages of ${name}`});
    section.append(el('form', {class: 'controls', on: {submit: (event) => event.preventDefault()}}, ...controls), status, place, pager);
    const draw = () => {
      const found = rows();
      const sort = sorting[name];
      const column = columns.find((each) => each.name === sort?.by);
      if (column) {
        const sign = sort.down ? -1 : 1;
        const order = (a, b) => (typeof a === 'number' ? a - b : collator.compare(a, b));
        found.sort((a, b) => sign * order(column.sort(a), column.sort(b)));
      }
      const pages = Math.max(1, Math.ceil(found.length / PAGE));
      pageAt = Math.min(pageAt, pages - 1);
      status.textContent = count(found);
      const header = columns.map((each) => {
        const state = sort?.by === each.name ? (sort.down ? 'descending' : 'ascending') : null;
        const turn = () => { sorting[name] = {by: each.name, down: sort?.by === each.name ? !sort.down : Boolean(each.down)}; pageAt = 0; draw(); };
        const button = el('button', {type: 'button', on: {click: turn}}, each.name, state ? (sort.down ? ' ↓' : ' ↑') : '');
        return el('th', {scope: 'col', class: each.number ? 'n' : null, 'aria-sort': state}, button);
      });
      const body = found.slice(pageAt * PAGE, (pageAt + 1) * PAGE).map((row) => el('tr', {},
        ...columns.map((each) => el('td', {class: each.class ?? (each.number ? 'n' : null), 'data-label': each.name}, each.cell(row)))));
      place.replaceChildren(el('table', {class: 'list'}, el('thead', {}, el('tr', {}, ...header)), el('tbody', {}, ...body)));
      const go = (by) => () => { pageAt += by; draw(); place.scrollIntoView({block: 'nearest'}); };
      pager.replaceChildren(
        el('button', {type: 'button', disabled: pageAt === 0, on: {click: go(-1)}}, 'Previous'),
        el('span', {}, `Page ${number.format(pageAt + 1)} of ${number.format(pages)}`),
        el('button', {type: 'button', disabled: pageAt >= pages - 1, on: {click: go(1)}}, 'Next'));
    };
    return {draw};
  };

  // The controls of a list; they show what is asked for and ask for what they show.
  const inputs = new Map();
  const control = (name, filter, label, input) => {
    let wait = 0;
    const ask = () => {
      asked = {...asked, [filter]: input.value};
      history.replaceState(null, '', address(name, asked));
      pageAt = 0;
      drawn[name].draw();
    };
    input.addEventListener(input.tagName === 'SELECT' ? 'change' : 'input', () => {
      clearTimeout(wait);
      wait = setTimeout(ask, input.tagName === 'SELECT' ? 0 : 150);
    });
    inputs.set(`${name} ${filter}`, input);
    return el('label', {}, label, input);
  };
  const search = (name, filter, label) => control(name, filter, label, el('input', {type: 'search', autocomplete: 'off'}));
  const choice = (name, filter, label, options) => control(name, filter, label,
    el('select', {}, el('option', {value: ''}, 'all'), ...options.map(([value, shown]) => el('option', {value}, shown))));

  const filters = (name) => {
    const {themes, outlets, months} = data();
    const named = (names, from) => names.map((each, at) => [at + from, each]);
    const byName = (names, from) => named(names, from).sort((a, b) => collator.compare(a[1], b[1]));
    return [
      search(name, 'text', 'Words'),
      search(name, 'speaker', 'Speaker or role'),
      choice(name, 'theme', 'Theme', byName(themes, 0)),
      choice(name, 'kind', 'Quoted', named(KINDS, 0)),
      choice(name, 'voice', 'Kind of speaker', named(VOICES, 0)),
      choice(name, 'sure', 'Sure at least', [50, 60, 70, 80, 90, 95].map((each) => [each, `${each} %`])),
      ...(outlets.length ? [choice(name, 'outlet', 'Outlet', [...named(outlets, 1), [0, 'not said']])] : []),
      ...(months.length ? [choice(name, 'month', 'Month', [...named(months, 1), [0, 'not said']])] : []),
    ];
  };

  const quotationList = () => list('quotations', {
    controls: filters('quotations'),
    rows: matching,
    count: (found) => `${counted(found.length, 'quotation')} of ${number.format(quotes().length)}`,
    columns: [
      {name: 'quotation', class: 'words', sort: (quote) => quote.words,
        cell: (quote) => el('a', {href: quoteLink(quote)}, el('bdi', {}, quote.words || `quotation ${quote.n}`))},
      {name: 'speaker', sort: (quote) => quote.speaker?.name ?? '￿',
        cell: (quote) => el('span', {}, el('bdi', {}, quote.speaker?.name ?? 'unknown'),
          quote.speaker?.role ? el('span', {class: 'role'}, quote.speaker.role) : null)},
      {name: 'quoted', sort: (quote) => quote.kind, cell: (quote) => el('span', {class: `c ${'dix'[quote.kind]}`}, KINDS[quote.kind])},
      {name: 'themes', class: 'small', sort: (quote) => quote.themes.length, down: true,
        cell: (quote) => quote.themes.map((theme) => data().themes[theme]).join(', ')},
      {name: 'sure', number: true, sort: (quote) => quote.sure, cell: (quote) => `${quote.sure} %`},
      {name: 'article', class: 'small', sort: (quote) => quote.article.at, cell: (quote) => el('bdi', {}, quote.article.title)},
    ],
  });

  // Speakers with what they say among the quotations that are asked for.
  const speakerRows = () => {
    const rows = new Map();
    for (const quote of matching()) {
      if (!quote.speaker) continue;
      let row = rows.get(quote.speaker.at);
      if (!row) rows.set(quote.speaker.at, row = {speaker: quote.speaker, kinds: [0, 0, 0], total: 0, articles: new Set(), themes: new Map()});
      row.kinds[quote.kind] += 1;
      row.total += 1;
      row.articles.add(quote.article.at);
      for (const theme of quote.themes) row.themes.set(theme, (row.themes.get(theme) ?? 0) + 1);
    }
    return [...rows.values()].sort((a, b) => b.total - a.total || a.speaker.at - b.speaker.at);
  };
  const topThemes = (row) => [...row.themes].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, 3).map(([theme]) => data().themes[theme]);
  const speakerList = () => list('speakers', {
    controls: filters('speakers'),
    rows: speakerRows,
    count: (found) => `${counted(found.length, 'speaker')} with ${counted(found.reduce((sum, row) => sum + row.total, 0), 'quotation')}`,
    columns: [
      {name: 'speaker', sort: (row) => row.speaker.name, cell: (row) => el('a',
        {href: address('quotations', {...asked, speaker: row.speaker.name})}, el('bdi', {}, row.speaker.name))},
      {name: 'role', sort: (row) => row.speaker.role || '￿', cell: (row) => el('bdi', {}, row.speaker.role)},
      {name: 'kind', sort: (row) => row.speaker.kind, cell: (row) => VOICES[row.speaker.kind]},
      {name: 'quotations', number: true, down: true, sort: (row) => row.total, cell: (row) => number.format(row.total)},
      ...KINDS.map((kind, at) => ({name: kind, number: true, down: true, sort: (row) => row.kinds[at], cell: (row) => String(row.kinds[at])})),
      {name: 'articles', number: true, down: true, sort: (row) => row.articles.size, cell: (row) => String(row.articles.size)},
      {name: 'themes', class: 'small', down: true, sort: (row) => row.themes.size, cell: (row) => topThemes(row).join(', ')},
      {name: 'id', class: 'small', sort: (row) => row.speaker.person ?? Infinity, cell: (row) => (row.speaker.person ? `p${row.speaker.person}` : '')},
    ],
  });

  const articleList = () => {
    const {outlets, months} = data();
    const rows = () => {
      const text = (asked.text ?? '').toLowerCase();
      const is = (filter, value) => !asked[filter] || Number(asked[filter]) === value;
      return data().articles.filter((each) => (!text || each.folded.includes(text)) && is('outlet', each.outlet) && is('month', each.month));
    };
    const controls = [
      search('articles', 'text', 'Title'),
      ...(outlets.length ? [choice('articles', 'outlet', 'Outlet', outlets.map((each, at) => [at + 1, each]))] : []),
      ...(months.length ? [choice('articles', 'month', 'Month', months.map((each, at) => [at + 1, each]))] : []),
    ];
    return list('articles', {
      controls, rows, section: view('article-list'),
      count: (found) => counted(found.length, 'article'),
      columns: [
        {name: 'article', sort: (each) => each.title, cell: (each) => el('a', {href: articleLink(each)}, el('bdi', {}, each.title))},
        ...(outlets.length ? [{name: 'outlet', sort: (each) => outlets[each.outlet - 1] ?? '', cell: (each) => outlets[each.outlet - 1] ?? ''}] : []),
        ...(months.length ? [{name: 'date', sort: (each) => months[each.month - 1] ?? '', cell: (each) => each.date}] : []),
        {name: 'words', number: true, down: true, sort: (each) => each.words, cell: (each) => number.format(each.words)},
        {name: 'quotations', number: true, down: true, sort: (each) => each.quotes, cell: (each) => number.format(each.quotes)},
        {name: 'speakers', number: true, down: true, sort: (each) => each.speakers, cell: (each) => number.format(each.speakers)},
      ],
    });
  };

  const make = {quotations: quotationList, speakers: speakerList, articles: articleList};
  const drawn = {};

  // Charts that answer: Vega takes the place of the picture when it comes into view.
  const tip = el('div', {id: 'tip', hidden: true});
  document.body.append(tip);
  const tooltip = (handler, event, item, value) => {
    tip.hidden = value == null || value === '';
    if (tip.hidden) return;
    const lines = typeof value === 'object' ? Object.entries(value).filter(([key]) => key !== 'order') : [['', value]];
    tip.replaceChildren(...lines.map(([key, each]) => el('div', {}, key ? `${key}: ` : '', el('bdi', {}, String(each)))));
    const at = Math.min(event.clientX + 14, innerWidth - tip.offsetWidth - 8);
    tip.style.left = `${Math.max(8, at)}px`;
    tip.style.top = `${Math.min(event.clientY + 14, innerHeight - tip.offsetHeight - 8)}px`;
  };
  const follow = (datum) => {
    const {speakers, themes, outlets, months} = data();
    const at = (names, name) => { const found = names.indexOf(name); return found < 0 ? null : found; };
    const query = {
      theme: at(themes, datum.theme), kind: at(KINDS, datum.form), voice: at(VOICES, datum['speaker kind']),
      outlet: at(outlets, datum.outlet) == null ? null : at(outlets, datum.outlet) + 1,
      month: at(months, datum.month) == null ? null : at(months, datum.month) + 1,
      speaker: speakers.find((each) => [each.name, `${each.name}, ${each.role}`].includes(datum.speaker))?.name,
    };
    if (Object.values(query).some((value) => value != null)) location.hash = address('quotations', query);
  };
  const enliven = (figure) => {
    const place = figure.querySelector('.drawing');
    const block = document.querySelector(`script.chart[data-chart="${figure.dataset.chart}"]`);
    const canvas = el('div', {class: 'living', 'aria-hidden': 'true'}); // its place has the name, the table the numbers
    const room = () => Math.max(320, place.clientWidth);
    const spec = json(block);
    if (room() < 500) { // a phone: short names, legends one below the other
      for (const legend of spec.legends ?? []) legend.columns = 1;
      for (const axis of spec.axes ?? []) axis.labelLimit = 120;
    }
    const running = new vega.View(vega.parse(spec, null, {ast: true}), {renderer: 'svg', expr: vega.expressionInterpreter, logLevel: 1});
    running.tooltip(tooltip).width(room()).initialize(canvas).hover();
    running.addEventListener('click', (event, item) => { if (item?.datum) follow(item.datum); });
    running.runAsync().then(() => {
      place.replaceChildren(canvas);
      new ResizeObserver(() => { if (place.clientWidth && running.width() !== room()) running.width(room()).runAsync(); }).observe(place);
    });
  };
  const charts = new IntersectionObserver((seen) => {
    for (const {target, isIntersecting} of seen) if (isIntersecting) { charts.unobserve(target); enliven(target); }
  }, {rootMargin: '200px'});
  for (const figure of document.querySelectorAll('figure[data-chart]')) charts.observe(figure);

  // Which view the address names.
  const bar = el('nav', {class: 'turn', 'aria-label': 'Articles'});
  const turn = (article) => {
    const all = [...view('articles').querySelectorAll(':scope > .article')];
    const at = all.indexOf(article);
    const link = (to, words) => (to ? el('a', {href: `#${encodeURIComponent(to.id)}`}, words) : null);
    bar.replaceChildren(...[el('a', {href: '#articles'}, 'All articles'), link(all[at - 1], '← Previous'), link(all[at + 1], 'Next →')].filter(Boolean));
    article.before(bar);
  };
  const follows = () => {
    const {target, article} = reading.find(location.hash);
    const [name, query] = location.hash.slice(1).split('?');
    const wanted = target ? 'articles' : VIEWS.includes(name) ? name : 'overview';
    reading.close();
    for (const each of VIEWS) view(each).classList.toggle('current', each === wanted);
    for (const link of document.querySelectorAll('header.top nav a')) {
      if (link.hash === `#${wanted}`) link.setAttribute('aria-current', 'page'); else link.removeAttribute('aria-current');
    }
    for (const each of document.querySelectorAll('.article.current')) each.classList.remove('current');
    view('articles').classList.toggle('one', Boolean(target));
    tip.hidden = true;
    if (target) {
      article.classList.add('current');
      turn(article);
      reading.open(location.hash);
      return;
    }
    if (make[wanted]) {
      asked = Object.fromEntries([...new URLSearchParams(query ?? '')].filter(([key]) => FILTERS.includes(key)));
      pageAt = 0;
      drawn[wanted] ??= make[wanted]();
      for (const filter of FILTERS) {
        const input = inputs.get(`${wanted} ${filter}`);
        if (input) input.value = asked[filter] ?? '';
      }
      drawn[wanted].draw();
    }
    scrollTo(0, 0);
  };
  addEventListener('hashchange', follows);
  follows();
})();
