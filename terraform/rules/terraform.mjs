// Runs Terraform on copies of the sources, so that a check leaves nothing behind in them.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export const home = path.dirname(import.meta.dirname);

/** Why plans cannot be made here, or false. `test.sh` finds out and says so. */
export const noPlans = process.env.ANSWERPRINT_TERRAFORM_PLANS === 'yes' ? false : 'skipped: provider not available';

/** A copy of the sources, without what checks need beside them. */
export function copy() {
  const folder = mkdtempSync(path.join(tmpdir(), 'answerprint-terraform-'));
  cpSync(home, folder, { recursive: true, filter: (file) => !/\/(\.terraform[^/]*|node_modules|rules)$/.test(file) });
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export function mutate(folder, { file, from, to }) {
  const place = path.join(folder, file);
  const before = readFileSync(place, 'utf8');
  const after = before.replace(from, to);
  if (after === before) {
    throw new Error(`${file} holds nothing that matches ${from}: the mutation is out of date`);
  }
  writeFileSync(place, after);
}

/** The plan of an example as JSON, made offline with keys that open nothing. */
export function plan(folder, example, ...more) {
  const cwd = path.join(folder, 'examples', example);
  const env = { ...process.env, AWS_ACCESS_KEY_ID: 'fake', AWS_SECRET_ACCESS_KEY: 'fake', TF_IN_AUTOMATION: '1' };
  const terraform = (...args) => execFileSync('terraform', args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 28 });
  if (!existsSync(path.join(cwd, '.terraform'))) {
    terraform('init', '-input=false', '-no-color');
  }
  terraform('plan', '-input=false', '-no-color', '-out=plan', ...more);
  return JSON.parse(terraform('show', '-json', 'plan').toString());
}
