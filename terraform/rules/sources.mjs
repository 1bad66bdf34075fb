// Terraform's sources as one flat list of blocks: what kind, what type, what name, what is in it, and where it stands.
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import hcl2json from '@cdktf/hcl2json';

const LABELLED_TWICE = ['resource', 'data'];

async function files(folder) {
  const entries = await readdir(folder, { withFileTypes: true });
  const found = await Promise.all(entries.map((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) {
      return entry.name.startsWith('.') || entry.name === 'node_modules' ? [] : files(file);
    }
    return entry.name.endsWith('.tf') ? [file] : [];
  }));
  return found.flat().sort();
}

function blocks(json, file) {
  const found = [];
  for (const [kind, byLabel] of Object.entries(json)) {
    if (LABELLED_TWICE.includes(kind)) {
      for (const [type, byName] of Object.entries(byLabel)) {
        for (const [name, bodies] of Object.entries(byName)) {
          bodies.forEach((body) => found.push({ kind, type, name, body, file, where: `${file}: ${kind} ${type}.${name}` }));
        }
      }
    } else if (!Array.isArray(byLabel)) {
      for (const [name, bodies] of Object.entries(byLabel)) {
        bodies.forEach((body) => found.push({ kind, type: '', name, body, file, where: `${file}: ${kind} ${name}` }));
      }
    } else {
      byLabel.forEach((body) => found.push({ kind, type: '', name: '', body, file, where: `${file}: ${kind}` }));
    }
  }
  return found;
}

/** All blocks below a folder; `file` and `where` are relative to it. */
export async function read(root) {
  const all = await Promise.all((await files(root)).map(async (file) => {
    const relative = path.relative(root, file);
    return blocks(await hcl2json.parse(relative, await readFile(file, 'utf8')), relative);
  }));
  return all.flat();
}

/** Every string in a block, expressions included, as they are written. */
export function strings(value) {
  if (typeof value === 'string') {
    return [value];
  }
  return value && typeof value === 'object' ? Object.values(value).flatMap(strings) : [];
}

/** The text of the innermost braces around a place, which for a policy is the statement. */
export function around(text, place) {
  let depth = 0;
  let start = place;
  for (; start > 0; start--) {
    if (text[start] === '}') depth++;
    if (text[start] === '{' && depth-- === 0) break;
  }
  depth = 0;
  let end = place;
  for (; end < text.length; end++) {
    if (text[end] === '{') depth++;
    if (text[end] === '}' && depth-- === 0) break;
  }
  return text.slice(start, end + 1);
}
