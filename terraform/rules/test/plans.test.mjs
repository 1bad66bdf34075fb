import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { mutations } from '../mutations.mjs';
import { judge, rules } from '../plan-rules.mjs';
import { copy, home, mutate, noPlans, plans } from '../terraform.mjs';

const fixture = (example) => readFileSync(path.join(home, 'examples', example, 'fixture.tfvars'), 'utf8');
const examples = readdirSync(path.join(home, 'examples'));

test('plans of examples', { skip: noPlans }, async (together) => {
  const { unset, ...made } = plans(home, {
    ...Object.fromEntries(examples.map((example) => [example, { example, variables: fixture(example) }])),
    unset: { example: 'minimal', variables: '' },
  });
  for (const example of examples) {
    await together.test(`plan of ${example}`, async (t) => {
      for (const [rule, of] of Object.entries(rules)) {
        await t.test(`${example}: ${rule}`, () => assert.deepEqual(of(made[example]), []));
      }
    });
  }
  await together.test('plan of minimal without any variable', () => {
    const { total } = unset.outputs.system.idle_usd_per_month;
    assert.ok(total < 2, `before anything runs, a month would cost ${total}`);
  });
});

// All mistakes in one plan, as a plan takes seconds; each has to be noticed by its own rule.
test('plan: notices every mutation', { skip: noPlans }, async (t) => {
  const tree = copy();
  t.after(() => tree.remove());
  mutations.forEach((mutation) => mutate(tree.folder, mutation));
  const { minimal } = plans(tree.folder, { minimal: { example: 'minimal', variables: fixture('minimal') } });
  const wrong = judge(minimal);
  for (const { name, rule } of mutations) {
    await t.test(`plan: notices that ${name}`, () => assert.ok(wrong.some((sentence) => sentence.startsWith(rule)), wrong.join('\n')));
  }
  await t.test('plan: blames nothing else', () => {
    const known = mutations.map(({ rule }) => rule);
    assert.deepEqual(wrong.filter((sentence) => !known.some((rule) => sentence.startsWith(rule))), []);
  });
});

// The rules themselves, on plans of a few lines: these run where no plan can be made.
const change = (type, values, address = `${type}.it`) => ({ type, address, change: { after: values } });
const planned = (...resource_changes) => ({ resource_changes, configuration: { root_module: {} } });
const policy = (...Statement) => JSON.stringify({ Statement });
const refuses = (rule, made) => test(`rule: ${rule}`, () => assert.equal(rules[rule](made).length, 1));

refuses('no action has a wildcard', planned(change('aws_iam_role_policy', {
  policy: policy({ Effect: 'Allow', Action: ['batch:*'], Resource: 'arn:aws:batch:r:1:job-queue/q' }, { Effect: 'Deny', Action: 's3:*' }),
})));
refuses('no resource is everything', planned(change('aws_sqs_queue_policy', {
  policy: policy({ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: '*' }),
})));
refuses('only what cannot be narrowed is attached', planned(change('aws_iam_role_policy_attachment', {
  policy_arn: 'arn:aws:iam::aws:policy/AdministratorAccess',
})));
refuses('no machine waits for work', planned(change('aws_batch_compute_environment', {
  compute_resources: [{ type: 'SPOT', min_vcpus: 4 }],
})));
refuses('metadata needs a token', planned(change('aws_launch_template', {
  metadata_options: [{ http_tokens: 'optional', http_put_response_hop_limit: 1 }],
})));
refuses('Spot is asked first', {
  resource_changes: [],
  configuration: { root_module: { module_calls: { gpu: { module: { resources: [{
    type: 'aws_batch_job_queue',
    address: 'aws_batch_job_queue.this',
    expressions: { compute_environment_order: [
      { order: { constant_value: 1 }, compute_environment: { references: ['aws_batch_compute_environment.this["EC2"].arn'] } },
      { order: { constant_value: 2 }, compute_environment: { references: ['aws_batch_compute_environment.this["SPOT"].arn'] } },
    ] },
  }] } } } } },
});
refuses('messages are hidden six times as long as their function may take', planned(
  change('aws_lambda_function', { function_name: 'f', timeout: 100 }),
  change('aws_sqs_queue', { name: 'q', visibility_timeout_seconds: 599 }),
  change('aws_lambda_event_source_mapping', { event_source_arn: 'arn:aws:sqs:r:1:q', function_name: 'f' }),
));
refuses('no stage writes uploads', planned(
  change('aws_s3_bucket', { bucket: 'films-in' }),
  change('aws_iam_role_policy', { policy: policy({ Effect: 'Allow', Action: ['s3:PutObject'], Resource: ['arn:aws:s3:::films-in/*'] }) }),
));
