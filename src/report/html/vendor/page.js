// What report.html draws with: Vega, and its expression interpreter, as the page's policy forbids code made from strings.
import {expressionInterpreter} from 'vega-interpreter';
import {parse, View} from './core.js';

globalThis.vega = {expressionInterpreter, parse, View};
