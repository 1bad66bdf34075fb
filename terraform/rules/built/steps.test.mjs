// What the Dockerfile does, step by step, without an engine: the files are staged, natives unpacked, start caches made, and both
// programs started from a folder that nothing may write to afterwards. Needs a tree that is built, and a JDK 25.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import test, { after } from 'node:test';
import { folder } from '../containers.mjs';

const root = path.dirname(path.dirname(folder));
const java = path.join(process.env.JAVA_HOME ?? '/nowhere', 'bin/java');
const built = ['worker', 'job', 'cli', 'stack'].every((module) => existsSync(path.join(root, `infra/${module}/target/${module}.classpath`)))
  && existsSync(path.join(root, 'infra/chain/target/quarkus-app/quarkus-run.jar'));
const version = Number(/version "(\d+)/.exec(spawnSync(java, ['-version'], { encoding: 'utf8' }).stderr ?? '')?.[1] ?? 0);
const skip = !built ? 'skipped: the tree is not built' : version < 25 ? 'skipped: JAVA_HOME is no JDK 25' : false;

const TOPICS = ['storage', 'accepted', 'parts', 'ready', 'ended', 'work', 'work.later', 'work.dead', 'dead-letters'];

const work = mkdtempSync(path.join(tmpdir(), 'answerprint-image-'));
const image = path.join(work, 'image');
const scratch = path.join(work, 'scratch');
const running = [];
after(async () => {
  for (const process of running.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null)) {
    process.kill('SIGKILL');
    await once(process, 'exit');
  }
  rmSync(work, { recursive: true, force: true });
});

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** Starts a program and waits until it says READY. */
async function start(command, args, env, stdin) {
  const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: [stdin, 'pipe', 'inherit'] });
  running.push(child);
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith('READY ')) {
      return child;
    }
  }
  throw new Error(`${command} ${args.join(' ')} ended before it was ready`);
}

/** What Lambda offers to whoever runs a function: hands these calls over one by one, and resolves to what was answered to each. */
async function lambda(calls) {
  const answers = [];
  let done;
  const all = new Promise((resolve) => { done = resolve; });
  const server = createHttpServer((request, response) => {
    const [, id, kind] = /\/invocation\/(\w+)(?:\/(\w+))?$/.exec(request.url) ?? [];
    if (request.method === 'GET' && answers.length < calls.length) {
      response.writeHead(200, { 'Content-Type': 'application/json', 'Lambda-Runtime-Aws-Request-Id': `call${answers.length}`, 'Lambda-Runtime-Deadline-Ms': '99999999999999',
        'Lambda-Runtime-Invoked-Function-Arn': 'arn:aws:lambda:us-east-1:123456789012:function:some' });
      response.end(JSON.stringify(calls[answers.length]));
    } else if (request.method === 'POST') {
      const chunks = [];
      request.on('data', (chunk) => chunks.push(chunk)).on('end', () => {
        answers.push([id ? kind : 'start', Buffer.concat(chunks).toString()]);
        response.writeHead(202).end();
        if (!id || answers.length === calls.length) {
          done();
        }
      });
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    place: `127.0.0.1:${server.address().port}`,
    answered: () => all.then(() => answers),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

const message = (queue, body) => ({ Records: [{ messageId: 'one', receiptHandle: 'none', body, attributes: { ApproximateReceiveCount: '1' },
  messageAttributes: {}, eventSource: 'aws:sqs', eventSourceARN: `arn:aws:sqs:us-east-1:123456789012:films-${queue}`, awsRegion: 'us-east-1' }] });

/** Every file with its size and time. */
function listing(place) {
  return readdirSync(place, { recursive: true }).sort()
    .map((name) => [name, statSync(path.join(place, name)).size, statSync(path.join(place, name)).mtimeMs]);
}

const classPath = (module) => {
  const target = path.join(root, `infra/${module}/target`);
  const own = readdirSync(target).find((name) => new RegExp(`^${module}-[0-9.]+\\.jar$`).test(name));
  return `${path.join(target, own)}:${readFileSync(path.join(target, `${module}.classpath`), 'utf8').trim()}`;
};

test('steps: an image\'s files are staged, unpacked, trained, started and found well', { skip }, async (t) => {
  await t.test('steps: stages the files', () => {
    const { status, stderr } = spawnSync('bash', [path.join(folder, 'stage.sh'), 'cpu', image, '--as', image], { encoding: 'utf8' });
    assert.equal(status, 0, stderr);
    for (const module of ['worker', 'job', 'cli', 'stack']) {
      const jars = (place) => readFileSync(path.join(place, `infra/${module}/target/${module}.classpath`), 'utf8').trim().split(':').map((jar) => path.basename(jar));
      assert.deepEqual(jars(image), jars(root), `${module} has all of its jars`);
    }
    cpSync(path.join(folder, 'bin'), path.join(image, 'bin'), { recursive: true });
    mkdirSync(scratch);
  });

  await t.test('steps: unpacks natives once and makes start caches', () => {
    const { status, stderr } = spawnSync('bash', [path.join(image, 'bin/train')], { encoding: 'utf8' });
    assert.equal(status, 0, stderr);
    assert.ok(existsSync(path.join(image, 'natives/onnxruntime/libonnxruntime.so')));
    assert.ok(!existsSync(path.join(image, 'infra/cli')), 'what only training needs is gone');
  });

  const before = listing(image);
  const brokerPort = await freePort();
  const broker = await start(java, ['--enable-native-access=ALL-UNNAMED', '-cp', classPath('stack'), 'org.answerprint.stack.BrokerMain',
    '--data', path.join(work, 'broker'), '--port', String(brokerPort), '--controller-port', String(await freePort()),
    ...TOPICS.flatMap((topic) => ['--topic', `answerprint.${topic}:1`])], {}, 'pipe');
  const env = {
    ANSWERPRINT_KAFKA: `127.0.0.1:${brokerPort}`,
    ANSWERPRINT_S3_ENDPOINT: 'http://127.0.0.1:9',
    ANSWERPRINT_ACCESS_KEY: 'nobody',
    ANSWERPRINT_SECRET_KEY: 'nothing',
    ANSWERPRINT_SCRATCH: scratch,
  };

  for (const [program, port] of [['worker', 'ANSWERPRINT_METRICS_PORT'], ['chain', 'ANSWERPRINT_HTTP_PORT']]) {
    await t.test(`steps: starts ${program}, finds it well, and ends it`, async () => {
      const all = { ...env, [port]: String(await freePort()) };
      const script = path.join(image, 'bin/start');
      const child = await start('bash', [script, program], all, 'ignore');
      assert.equal(spawnSync('bash', [script, 'health'], { env: { ...process.env, ...all } }).status, 0);
      const cache = { worker: 'worker.aot', chain: 'functions.aot' }[program];
      assert.ok(readFileSync(`/proc/${child.pid}/maps`, 'utf8').includes(cache), `${cache} is in use`);
      child.kill('SIGTERM');
      const [code] = await once(child, 'exit');
      assert.ok(program !== 'worker' || code === 0, `a worker that is asked to end ends with ${code}`);
      assert.notEqual(spawnSync('bash', [script, 'health'], { env: { ...process.env, ...all } }).status, 0);
    });
  }
  await t.test('steps: a job says by its exit code what is to be done', () => {
    const run = (...words) => spawnSync('bash', [path.join(image, 'bin/start'), 'job', ...words], {
      env: { ...process.env, ...env, ANSWERPRINT_STORE_PATIENCE_SECONDS: '0', ANSWERPRINT_IDLE_SECONDS: '1' }, encoding: 'utf8',
    });
    const codes = [['worker'], ['extract', 'a-job'], ['assemble', 'a-job'], ['extract'], ['edit', 'a-job']].map((words) => {
      const { status, stderr } = run(...words);
      assert.ok(status === 0 || stderr.trim(), `job ${words.join(' ')} says why`);
      return status;
    });
    assert.deepEqual(codes, [0, 75, 75, 2, 2], 'an empty queue, a store that is away twice, and two requests that are wrong');
  });
  broker.stdin.end();

  const nothing = '{"batchItemFailures":[]}';
  const again = '{"batchItemFailures":[{"itemIdentifier":"one"}]}';
  for (const [name, call, kind, answer] of [
    ['ingest', message('storage', JSON.stringify({ Service: 'Amazon S3', Event: 's3:TestEvent' })), 'response', nothing],
    ['extract', message('accepted', 'no fact'), 'response', again],
    ['assemble', message('parts', 'no fact'), 'response', again],
    ['sweep', { type: 'org.answerprint.sweep.due.v1' }, 'error', /store cannot be reached/],
  ]) {
    const packaged = existsSync(path.join(image, `functions/${name}-lambda`));
    await t.test(`steps: runs ${name} as Lambda does`, { skip: packaged ? false : 'skipped: the function is not packaged' }, async () => {
      const runtime = await lambda([call]);
      const child = spawn('bash', [path.join(image, 'bin/start'), 'lambda', name], { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...env,
        ANSWERPRINT_TRANSPORT: 'sqs', ANSWERPRINT_SQS_ENDPOINT: 'http://127.0.0.1:9', ANSWERPRINT_STORE_PATIENCE_SECONDS: '1',
        AWS_LAMBDA_RUNTIME_API: runtime.place, AWS_LAMBDA_FUNCTION_NAME: name, AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '1024' } });
      running.push(child);
      const ended = once(child, 'exit');
      const [[how, what]] = await Promise.race([runtime.answered(), ended.then(([code, signal]) => [['ended', `${code ?? signal}`]])]);
      child.kill('SIGKILL');
      await ended;
      runtime.close();
      assert.equal(how, kind, what);
      assert.match(what, answer instanceof RegExp ? answer : new RegExp(`^${answer.replace(/[[\]{}]/g, '\\$&')}$`));
    });
  }

  await t.test('steps: writes nothing to the image afterwards', () => assert.deepEqual(listing(image), before));
});
