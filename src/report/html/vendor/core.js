// Vega without maps, networks, trees, word clouds and statistics, which no chart of a report has.
import {transforms} from 'vega-dataflow';
import * as encode from 'vega-encode';
import * as general from 'vega-transforms';
import * as views from 'vega-view-transforms';

Object.assign(transforms, general, views, encode);

export {parse} from 'vega-parser';
export {SVGStringRenderer, textMetrics} from 'vega-scenegraph';
export {View} from 'vega-view';
