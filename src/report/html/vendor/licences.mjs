// Writes LICENCES.txt: the licence of every package in the bundles, equal texts once.
import {readFileSync, writeFileSync} from 'node:fs';
import {build} from 'esbuild';

const {metafile} = await build({entryPoints: ['engine.js'], bundle: true, write: false, metafile: true});
const names = new Set(Object.keys(metafile.inputs).flatMap((path) => path.match(/node_modules\/((?:@[^/]+\/)?[^/]+)/)?.slice(1) ?? []));
const texts = new Map();
for (const name of [...names].sort()) {
  const folder = `node_modules/${name}/`;
  const {version, license} = JSON.parse(readFileSync(`${folder}package.json`));
  const file = ['LICENSE', 'LICENSE.md', 'LICENSE.txt'].find((file) => { try { return readFileSync(folder + file); } catch { return false; } });
  const text = file ? readFileSync(folder + file, 'utf8').replace(/\r/g, '').trim() : `See the package (${license}).`;
  texts.set(text, [...(texts.get(text) ?? []), `${name} ${version} (${license})`]);
}
const parts = [...texts].map(([text, packages]) => `${packages.join(', ')}\n\n${text}\n`);
writeFileSync('LICENCES.txt', `The charts are drawn with these packages.\n\n${parts.join('\n----\n\n')}`);
