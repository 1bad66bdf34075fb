// Runs Terraform beside the sources or beside copies of them, so that a check leaves nothing behind in them.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
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

/** A part of a plan as it would be if nothing else were planned: addresses and what is written begin at that module. */
function alone(all, name) {
  const prefix = `module.${name}.`;
  return {
    resource_changes: all.resource_changes
      .filter(({ address }) => address.startsWith(prefix))
      .map((change) => ({ ...change, address: change.address.slice(prefix.length) })),
    configuration: { root_module: all.configuration.root_module.module_calls[name].module },
    outputs: all.output_changes[name].after,
  };
}

/**
 * Plans of examples below a folder as JSON, made offline with keys that open nothing. Wanted by name are an example and the text of
 * its variables. Terraform plans them as modules of one configuration, as most of the time goes to starting it, not to planning.
 */
export function plans(folder, wanted) {
  const cwd = mkdtempSync(path.join(realpathSync(tmpdir()), 'answerprint-plans-'));
  const env = { ...process.env, AWS_ACCESS_KEY_ID: 'fake', AWS_SECRET_ACCESS_KEY: 'fake', TF_IN_AUTOMATION: '1' };
  const terraform = (...args) => execFileSync('terraform', args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 28 });
  const module = ([name, { example, variables }]) => `
    module "${name}" {
      source = "${path.relative(cwd, path.join(folder, 'examples', example))}"
      ${variables}
    }
    output "${name}" {
      value = module.${name}
    }`;
  try {
    writeFileSync(path.join(cwd, 'main.tf'), Object.entries(wanted).map(module).join('\n'));
    terraform('init', '-input=false', '-no-color');
    terraform('plan', '-input=false', '-no-color', '-out=plan');
    const all = JSON.parse(terraform('show', '-json', 'plan').toString());
    return Object.fromEntries(Object.keys(wanted).map((name) => [name, alone(all, name)]));
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}
