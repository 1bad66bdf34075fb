// The watcher that runs on every machine, against a metadata service and a docker of our own.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { home } from '../terraform.mjs';

const host = path.join(home, 'modules/gpu/host');
const script = path.join(host, 'spot-watcher.sh');
const has = (tool) => spawnSync('sh', ['-c', `command -v ${tool}`]).status === 0;
const noBash = has('bash') && has('curl') ? false : 'skipped: bash or curl not available';
const noShellcheck = has('shellcheck') ? false : 'skipped: shellcheck not available';

/** A metadata service that answers as told, in turn, and the last answer for ever; it insists on a token. */
async function metadata(answers) {
  const asked = [];
  const server = createServer((request, response) => {
    if (request.method === 'PUT' && request.url === '/latest/api/token') {
      response.end('token');
    } else if (request.headers['x-aws-ec2-metadata-token'] !== 'token') {
      response.writeHead(401).end();
    } else {
      response.writeHead(answers[Math.min(asked.length, answers.length - 1)]).end('{"action":"terminate"}');
      asked.push(request.url);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { address: `http://127.0.0.1:${server.address().port}`, asked, close: () => server.close() };
}

/** A docker that knows two jobs and writes down what it is asked. */
function docker() {
  const folder = mkdtempSync(path.join(tmpdir(), 'answerprint-watcher-'));
  const log = path.join(folder, 'log');
  writeFileSync(log, '');
  const program = path.join(folder, 'docker');
  writeFileSync(program, `#!/bin/sh\necho "$@" >>'${log}'\n[ "$1" = ps ] && printf 'one\\ntwo\\n'\nexit 0\n`);
  chmodSync(program, 0o755);
  return { program, calls: () => readFileSync(log, 'utf8').trim().split('\n'), remove: () => rmSync(folder, { recursive: true }) };
}

async function watch(answers) {
  const service = await metadata(answers);
  const engine = docker();
  try {
    const watcher = spawn('bash', [script], {
      env: { ...process.env, SPOT_WATCHER_METADATA: service.address, SPOT_WATCHER_PAUSE: '0.02', SPOT_WATCHER_GRACE: '90', SPOT_WATCHER_DOCKER: engine.program },
      stdio: 'ignore',
    });
    const [code] = await once(watcher, 'exit');
    return { code, asked: service.asked, calls: engine.calls() };
  } finally {
    service.close();
    engine.remove();
  }
}

test('watcher: asks every job to end once there is a notice', { skip: noBash }, async () => {
  const { code, asked, calls } = await watch([404, 404, 404, 200]);
  assert.equal(code, 0);
  assert.deepEqual(asked, Array(4).fill('/latest/meta-data/spot/instance-action'));
  assert.equal(calls[0], 'ps --quiet --filter label=com.amazonaws.ecs.task-arn');
  assert.deepEqual(calls.slice(1).sort(), ['stop --time 90 one', 'stop --time 90 two']);
});

test('watcher: takes trouble of the metadata service for no notice', { skip: noBash }, async () => {
  const { asked, calls } = await watch([500, 503, 404, 200]);
  assert.equal(asked.length, 4);
  assert.equal(calls.length, 3);
});

/** The script as Terraform writes it into user data. */
const prepared = () => readFileSync(path.join(host, 'prepare.sh'), 'utf8').replace('${uid}', '10001').replaceAll('$${', '${');

test('prepare: is a script once Terraform has filled it in', { skip: noBash }, () => {
  assert.doesNotMatch(readFileSync(path.join(host, 'prepare.sh'), 'utf8').replaceAll('$${', '').replace('${uid}', ''), /\$\{/);
  const { status, stderr } = spawnSync('bash', ['-n'], { input: prepared() });
  assert.equal(status, 0, stderr.toString());
});

for (const [name, text] of [['spot-watcher.sh', () => readFileSync(script, 'utf8')], ['prepare.sh', prepared]]) {
  test(`shellcheck: ${name}`, { skip: noShellcheck }, () => {
    const { status, stdout } = spawnSync('shellcheck', ['--shell=bash', '-'], { input: text() });
    assert.equal(status, 0, stdout.toString());
  });
}
