// Rules over parsed sources. They see what is written, so they need neither Terraform nor a provider. Each gives sentences.
import { around, strings } from './sources.mjs';

const resources = (blocks, type) => blocks.filter((block) => block.kind === 'resource' && block.type === type);
const first = (list) => (Array.isArray(list) ? list[0] : undefined) ?? {};

function granted(block, pattern) {
  return strings(block.body).flatMap((text) => [...text.matchAll(pattern)]
    .filter((match) => !/Effect\s*=\s*"Deny"/.test(around(text, match.index)))
    .map((match) => `${block.where}: ${match[0]}`));
}

export const rules = {
  'no action has a wildcard': (blocks) => blocks
    .flatMap((block) => granted(block, /"[a-z0-9-]+:[A-Za-z]*\*[A-Za-z*]*"|Action\s*=\s*\[?\s*"\*"/g)),

  'no resource is everything': (blocks) => blocks
    .filter((block) => block.type !== 'aws_kms_key')
    .flatMap((block) => granted(block, /Resource\s*=\s*\[?\s*"\*"/g)),

  'no machine waits for work': (blocks) => resources(blocks, 'aws_batch_compute_environment')
    .filter(({ body }) => {
      const { min_vcpus: least, allocation_strategy: machines } = first(body.compute_resources);
      return machines === undefined ? least !== undefined : least !== 0;
    })
    .map(({ where }) => `${where}: min_vcpus is not 0`),

  'Spot is asked first': (blocks) => resources(blocks, 'aws_batch_job_queue')
    .filter(({ body }) => {
      const inOrder = [...(body.compute_environment_order ?? [])].sort((a, b) => a.order - b.order);
      return inOrder.length !== 2 || !/SPOT/.test(inOrder[0].compute_environment) || /SPOT/.test(inOrder[1].compute_environment);
    })
    .map(({ where }) => `${where}: the first environment is not Spot's`),

  'metadata needs a token': (blocks) => resources(blocks, 'aws_launch_template')
    .filter(({ body }) => {
      const options = first(body.metadata_options);
      return options.http_tokens !== 'required' || options.http_put_response_hop_limit !== 1;
    })
    .map(({ where }) => `${where}: IMDSv2 is not required, or reaches further than the machine`),

  'templates are pinned by number': (blocks) => blocks
    .filter((block) => strings(block.body).some((text) => /^\$(Latest|Default)$/.test(text)))
    .map(({ where }) => `${where}: $Latest or $Default does not replace machines`),

  'a last rule stops': (blocks) => resources(blocks, 'aws_batch_job_definition')
    .filter(({ body }) => {
      const last = first(body.retry_strategy).evaluate_on_exit?.at(-1);
      return last?.action !== 'EXIT' || last?.on_reason !== '*' || !first(body.timeout).attempt_duration_seconds;
    })
    .map(({ where }) => `${where}: what no rule matches would be tried again, or nothing ends it`),

  'messages, alarms and logs lie under a key': (blocks) => [
    ...resources(blocks, 'aws_sqs_queue').filter(({ body }) => !body.kms_master_key_id),
    ...resources(blocks, 'aws_sns_topic').filter(({ body }) => !body.kms_master_key_id),
    ...resources(blocks, 'aws_cloudwatch_log_group').filter(({ body }) => !body.kms_key_id || !body.retention_in_days),
  ].map(({ where }) => `${where}: no key, or kept for ever`),

  'buckets are closed, encrypted and owned': (blocks) => resources(blocks, 'aws_s3_bucket')
    .flatMap(({ where, name }) => [
      'aws_s3_bucket_public_access_block', 'aws_s3_bucket_server_side_encryption_configuration',
      'aws_s3_bucket_ownership_controls', 'aws_s3_bucket_policy',
    ].filter((type) => resources(blocks, type).length === 0).map((type) => `${where}: ${name} has no ${type}`)),

  'one bucket raises events': (blocks) => {
    const raising = resources(blocks, 'aws_s3_bucket_notification');
    return raising.length === 1 && /"in"/.test(raising[0].body.bucket) ? [] : raising.map(({ where }) => `${where}: not only uploads raise events`);
  },

  'nobody comes in from outside': (blocks) => resources(blocks, 'aws_vpc_security_group_ingress_rule')
    .filter(({ body }) => strings(body).some((text) => text.includes('0.0.0.0/0') || text.includes('::/0')))
    .map(({ where }) => `${where}: open to the world`),

  'nothing is paid by the hour unasked': (blocks) => ['aws_nat_gateway', 'aws_eip', 'aws_instance', 'aws_lb']
    .flatMap((type) => resources(blocks, type)).map(({ where }) => `${where}: paid for while it waits`),

  'nothing is looked up': (blocks) => blocks.filter(({ kind }) => kind === 'data')
    .map(({ where }) => `${where}: a plan would need an account`),

  'inputs and outputs are described': (blocks) => blocks
    .filter(({ kind, body }) => (kind === 'variable' && !(body.description && body.type)) || (kind === 'output' && !body.description))
    .map(({ where }) => `${where}: without a description or a type`),

  'images are named by digest': (blocks) => blocks
    .filter(({ kind, name }) => kind === 'variable' && /^images?$/.test(name))
    .filter(({ file, body }) => !file.startsWith('examples') && !strings(body.validation).some((text) => text.includes('@sha256:[0-9a-f]{64}')))
    .map(({ where }) => `${where}: a tag would be let through`),
};

/** What is wrong, as `rule: sentence`. */
export function judge(blocks) {
  return Object.entries(rules).flatMap(([rule, of]) => of(blocks).map((sentence) => `${rule}: ${sentence}`));
}
