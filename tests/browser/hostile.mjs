// Articles that try to be a page, written into a folder: node hostile.mjs FOLDER
import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';

const folder = process.argv[2];
mkdirSync(folder, {recursive: true});

const evil = '</script><script>window.hacked = 1</script><img src="https://example.org/x" onerror="window.hacked = 2"><svg onload="window.hacked = 3">';
const overrides = '\u202Esdrawkcab\u2066 \u2067mixed\u2069';

writeFileSync(join(folder, 'script.md'), `---
title: 'A title ${evil}'
outlet: 'Outlet ${evil}'
date: 2031-04-05
---

# A title ${evil}

“We will not run <script>window.hacked = 4</script>,” said Minister Ann ${evil} Lee. Lee said the plan ${evil} was safe.

“Nothing of this is code,” said O’Brien <b onclick="window.hacked = 5">of the Council</b>. javascript:window.hacked=6 and {{constructor.constructor('window.hacked=7')()}} are words.
`);

writeFileSync(join(folder, 'bidi.txt'), `Port ${overrides} council votes

“The harbour ${overrides} is open,” said Mayor Ida ${overrides} Brand. Brand said that ${overrides} ships would come.
`);

const sentences = Array.from({length: 8500}, (_, at) => `“Wall number ${at} will stand,” said Mayor Ida Brand, who spoke for the town of Vik and its people in the north.`);
writeFileSync(join(folder, 'long.txt'), `A long debate\n\n${sentences.join(' ')}\n`);
