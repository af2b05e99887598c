// What the program draws with, in an engine without a page: draw(Vega-Lite specification, configuration) promises the Vega specification it
// compiles to, which report.html holds, and its picture as SVG.
import './host.js';
import {expressionInterpreter} from 'vega-interpreter';
import {compile} from 'vega-lite';
import {parse, SVGStringRenderer, textMetrics, View} from './core.js';

// There is no font to measure with here. Widths of Helvetica's letters in thousandths of its size (Adobe's metrics), by groups; digits
// and lower-case letters are 556 where nothing else is said, whatever stands outside ASCII as wide as a capital. A tenth is added, as a
// reader's font may be wider than Helvetica.
const NARROW = {222: "ijl'", 278: ' !,./:;It[]\\f|', 333: '()-`r', 500: 'cksvxyzJ', 722: 'wCDHNRUKG&', 667: 'ABEPSVXY', 611: 'FTZ', 778: 'GOQ', 833: 'mM', 944: 'W', 889: '%'};
const WIDTHS = new Map(Object.entries(NARROW).flatMap(([width, letters]) => [...letters].map((letter) => [letter, Number(width)])));
const width = (letter) => WIDTHS.get(letter) ?? (letter.charCodeAt(0) < 128 ? 556 : 667);
textMetrics.canvas(false);
textMetrics.width = (item, text) => {
  const shown = String(text ?? item.text ?? '');
  const size = Number(item.fontSize ?? 11);
  const bold = item.fontWeight === 'bold' || Number(item.fontWeight) >= 600;
  const whole = ([...shown].reduce((sum, letter) => sum + width(letter), 0) / 1000) * size * (bold ? 1.17 : 1.1);
  return item.limit > 0 ? Math.min(whole, item.limit) : whole; // longer text is cut off
};

globalThis.draw = async (text, config) => {
  const spec = compile(JSON.parse(text), {config: JSON.parse(config), logger: {level() {}, warn() {}, info() {}, debug() {}, error() {}}}).spec;
  const view = new View(parse(spec, undefined, {ast: true}), {renderer: 'none', expr: expressionInterpreter, logLevel: 0});
  await view.runAsync(); // where it is laid out to its width, after what a first pass has measured
  const {top, right, bottom, left} = view.padding();
  const [x, y] = view._origin;
  const [wide, high] = [view._viewWidth + left + right, view._viewHeight + top + bottom];
  const renderer = new SVGStringRenderer().initialize(null, wide, high, [x + left, y + top], 1);
  return JSON.stringify({vega: spec, svg: renderer.render(view.scenegraph().root).svg()});
};
