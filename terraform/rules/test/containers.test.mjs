import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import test from 'node:test';
import { clusterRules, composeRules, dockerfile, documents, folder, imageRules } from '../containers.mjs';

for (const [rule, of] of Object.entries(imageRules)) {
  test(`Dockerfile: ${rule}`, () => assert.deepEqual(of(dockerfile()), []));
}
for (const [rule, of] of Object.entries(composeRules)) {
  test(`compose: ${rule}`, () => assert.deepEqual(of(documents('compose.yaml')[0]), []));
}
for (const [rule, of] of Object.entries(clusterRules)) {
  test(`knative: ${rule}`, () => assert.deepEqual(of(documents('knative/functions.yaml')), []));
}

const noticed = {
  'names no base image of its own': (text) => text.replace(/FROM \$\{BASE[^}]*\}/, 'FROM debian:12'),
  'gives its required arguments no value': (text) => text.replace('ARG BASE\n', 'ARG BASE=debian:12\n'),
  'asks for digests before anything else runs': (text) => text.replace(/RUN \/opt\/answerprint\/bin\/check.*\n/, ''),
  'runs as nobody in particular': (text) => text.replace(/USER 10001:10001(?![\s\S]*USER)/, 'USER root'),
  'says how it is': (text) => text.replace(/HEALTHCHECK.*\n/, ''),
  'starts without a shell': (text) => text.replace(/ENTRYPOINT .*/, 'ENTRYPOINT start'),
  'keeps its files from its user': (text) => text.replace('--chown=0:0 ', ''),
  'fetches nothing': (text) => text.replace('USER 10001:10001\nRUN', 'RUN apt-get install -y curl\nRUN'),
  'copies what is staged, not the tree': (text) => text.replace('home/ /opt/answerprint/', '. /opt/answerprint/'),
};
for (const [rule, mutation] of Object.entries(noticed)) {
  test(`Dockerfile: notices where it no longer ${rule}`, () => {
    assert.notEqual(mutation(dockerfile()), dockerfile());
    assert.notDeepEqual(imageRules[rule](mutation(dockerfile())), []);
  });
}

const script = (name, ...args) => spawnSync('bash', [path.join(folder, name), ...args], { encoding: 'utf8', env: { ...process.env, JAVA_HOME: '/nowhere' } });
const digest = `image@sha256:${'0'.repeat(64)}`;

for (const [what, name, args, sentence] of [
  ['a tag', 'build.sh', ['cpu', 'tag', '--base', 'debian:12', '--jdk', digest], /by digest.*--base IMAGE@sha256:DIGEST/],
  ['nothing', 'build.sh', ['cpu', 'tag'], /by digest.*--base/],
  ['another kind', 'build.sh', ['tpu', 'tag'], /Usage: build.sh cpu\|gpu/],
  ['no library for CUDA', 'stage.sh', ['gpu', '/nowhere'], /needs --onnxruntime JAR/],
  ['a tag, in the build', 'bin/check', ['cpu', 'debian:12', digest], /by digest.*--build-arg BASE=/],
  ['no kind, in the build', 'bin/check', ['', digest, digest], /KIND=cpu or KIND=gpu/],
  ['an image without a JDK', 'bin/check', ['cpu', digest, digest], /JDK has Java of no kind, and 25 is needed/],
  ['a job that is none', 'bin/start', ['job', 'nothing'], /The jobs are worker, extract and assemble/],
]) {
  test(`containers: refuse ${what} in a sentence`, () => {
    const { status, stderr } = script(name, ...args);
    assert.equal(status, 2);
    assert.match(stderr, sentence);
  });
}

const noShellcheck = spawnSync('sh', ['-c', 'command -v shellcheck']).status === 0 ? false : 'skipped: shellcheck not available';
for (const name of ['build.sh', 'stage.sh', 'bin/check', 'bin/start', 'bin/train', '../../terraform/test.sh']) {
  test(`shellcheck: ${path.basename(name)}`, { skip: noShellcheck }, () => {
    const { status, stdout } = spawnSync('shellcheck', [path.join(folder, name)]);
    assert.equal(status, 0, stdout.toString());
  });
}
