// Rules over a plan as JSON (`terraform show -json`). They see values, whatever the sources look like. Each gives sentences.

/** Resources as they will be. */
function after(plan, type) {
  return plan.resource_changes
    .filter((change) => change.type === type && change.change.after)
    .map((change) => ({ address: change.address, ...change.change.after }));
}

/** Resources as they are written, with what they refer to, from all modules. */
function written(module, type) {
  const here = (module.resources ?? []).filter((resource) => resource.type === type);
  return [...here, ...Object.values(module.module_calls ?? {}).flatMap((call) => written(call.module, type))];
}

const list = (value) => (value === undefined ? [] : [value].flat());

const POLICIES = [
  'aws_iam_role_policy', 'aws_s3_bucket_policy', 'aws_sqs_queue_policy', 'aws_sns_topic_policy', 'aws_kms_key',
  'aws_ecr_repository_policy', 'aws_vpc_endpoint',
];

function allowed(plan) {
  return POLICIES.flatMap((type) => after(plan, type)
    .filter((resource) => resource.policy)
    .flatMap((resource) => list(JSON.parse(resource.policy).Statement)
      .filter((statement) => statement.Effect === 'Allow')
      .map((statement) => ({ type, address: resource.address, statement }))));
}

const UNSCOPABLE = [
  'AWSLambdaENIManagementAccess', 'AWSLambdaMSKExecutionRole', 'AmazonECSTaskExecutionRolePolicy', 'AmazonEC2ContainerServiceforEC2Role',
];

// What a container is made with is known but where brokers are made in the same plan: then it names them, and is passed over.
const containers = (plan) => after(plan, 'aws_batch_job_definition')
  .filter((job) => job.container_properties)
  .map((job) => ({ address: job.address, container: JSON.parse(job.container_properties) }));

export const rules = {
  'no action has a wildcard': (plan) => allowed(plan)
    .flatMap(({ address, statement }) => list(statement.Action).filter((action) => action.includes('*')).map((action) => `${address}: ${action}`)),

  'no resource is everything': (plan) => allowed(plan)
    .filter(({ type }) => type !== 'aws_kms_key')
    .flatMap(({ address, statement }) => list(statement.Resource)
      .filter((resource) => !/^arn:[a-z-]+:[a-z0-9-]+:[a-z0-9-]*:[0-9]*:[^*]/.test(resource) || (resource.endsWith('key/*') && !statement.Condition))
      .map((resource) => `${address}: ${resource}`)),

  'only what cannot be narrowed is attached': (plan) => after(plan, 'aws_iam_role_policy_attachment')
    .filter(({ policy_arn: arn }) => !UNSCOPABLE.some((name) => arn.endsWith(`/${name}`)))
    .map(({ address, policy_arn: arn }) => `${address}: ${arn}`),

  'no machine waits for work': (plan) => after(plan, 'aws_batch_compute_environment')
    .filter(({ compute_resources: [resources] }) => ['SPOT', 'EC2'].includes(resources.type) && resources.min_vcpus !== 0)
    .map(({ address, compute_resources: [resources] }) => `${address}: min_vcpus is ${resources.min_vcpus}`),

  'Spot is asked first': (plan) => written(plan.configuration.root_module, 'aws_batch_job_queue')
    .filter(({ expressions }) => {
      const inOrder = [...(expressions.compute_environment_order ?? [])]
        .sort((a, b) => a.order.constant_value - b.order.constant_value)
        .map((entry) => entry.compute_environment.references[0]);
      return inOrder.length !== 2 || !inOrder[0].includes('SPOT') || inOrder[1].includes('SPOT');
    })
    .map(({ address }) => `${address}: the first environment is not Spot's`),

  'what is called Spot is Spot': (plan) => after(plan, 'aws_batch_compute_environment')
    .filter(({ address, compute_resources: [resources] }) => address.includes('SPOT') !== resources.type.includes('SPOT'))
    .map(({ address }) => `${address}: of another kind`),

  'metadata needs a token': (plan) => after(plan, 'aws_launch_template')
    .filter(({ metadata_options: [options] }) => options?.http_tokens !== 'required' || options?.http_put_response_hop_limit !== 1)
    .map(({ address }) => `${address}: IMDSv2 is not required, or reaches further than the machine`),

  'the metadata address is closed to jobs': (plan) => after(plan, 'aws_launch_template')
    .filter(({ user_data: data }) => !/169\.254\.169\.254 --match owner --uid-owner .* --jump REJECT/.test(Buffer.from(data ?? '', 'base64').toString()))
    .map(({ address }) => `${address}: a job could take its machine's credentials`),

  'jobs have no rights on their machine': (plan) => containers(plan)
    .filter(({ container }) => container.privileged || !container.readonlyRootFilesystem || !/^[1-9][0-9]*:/.test(container.user))
    .map(({ address }) => `${address}: root, privileged, or able to change its image`),

  'a last rule stops': (plan) => after(plan, 'aws_batch_job_definition')
    .filter(({ retry_strategy: [retry], timeout: [limit] }) => {
      const last = retry?.evaluate_on_exit?.at(-1);
      return last?.action?.toUpperCase() !== 'EXIT' || last?.on_reason !== '*' || !limit?.attempt_duration_seconds;
    })
    .map(({ address }) => `${address}: what no rule matches would be tried again, or nothing ends it`),

  'messages are hidden six times as long as their function may take': (plan) => {
    const seconds = new Map(after(plan, 'aws_lambda_function').map((it) => [it.function_name, it.timeout]));
    const hidden = new Map(after(plan, 'aws_sqs_queue').map((it) => [it.name, it.visibility_timeout_seconds]));
    return after(plan, 'aws_lambda_event_source_mapping')
      .filter(({ event_source_arn: arn }) => arn?.includes(':sqs:'))
      .filter(({ event_source_arn: arn, function_name: name }) => !(hidden.get(arn.split(':').at(-1)) >= 6 * seconds.get(name)))
      .map(({ address }) => `${address}: the message would come back while it is worked on`);
  },

  'every queue has one for dead letters': (plan) => {
    const names = new Set(after(plan, 'aws_sqs_queue').map(({ name }) => name));
    return after(plan, 'aws_sqs_queue')
      .filter(({ name }) => !name.endsWith('-dead'))
      .filter(({ redrive_policy: policy }) => !policy || !names.has(JSON.parse(policy).deadLetterTargetArn.split(':').at(-1)))
      .map(({ address }) => `${address}: what fails would be lost`);
  },

  'functions end, and their image is fixed': (plan) => after(plan, 'aws_lambda_function')
    .filter(({ timeout, image_uri: image }) => timeout > 900 || !/@sha256:[0-9a-f]{64}$/.test(image))
    .map(({ address }) => `${address}: longer than 15 minutes, or an image by tag`),

  'no stage writes uploads': (plan) => {
    const uploads = after(plan, 'aws_s3_bucket').map(({ bucket }) => bucket).find((bucket) => bucket.endsWith('-in'));
    return after(plan, 'aws_iam_role_policy')
      .filter(({ address }) => !address.includes('role["upload"]'))
      .flatMap(({ address, policy }) => list(JSON.parse(policy).Statement)
        .filter(({ Action }) => list(Action).some((action) => /^s3:(Put|Delete)/.test(action)))
        .filter(({ Resource }) => list(Resource).some((resource) => resource.includes(`:::${uploads}/`)))
        .map(() => `${address}: could raise the event that starts it`));
  },

  'buckets answer over TLS only, to the account only': (plan) => {
    const closed = after(plan, 'aws_s3_bucket_public_access_block').filter((it) => it.block_public_acls && it.block_public_policy
      && it.ignore_public_acls && it.restrict_public_buckets).length;
    const overTls = after(plan, 'aws_s3_bucket_policy')
      .filter(({ policy }) => JSON.parse(policy).Statement
        .some(({ Effect, Condition }) => Effect === 'Deny' && Condition?.Bool?.['aws:SecureTransport'] === 'false')).length;
    const buckets = after(plan, 'aws_s3_bucket').length;
    return closed === buckets && overTls === buckets ? [] : [`${buckets} buckets, ${closed} closed to the public, ${overTls} over TLS only`];
  },

  'nobody comes in from outside': (plan) => after(plan, 'aws_vpc_security_group_ingress_rule')
    .filter((it) => it.cidr_ipv4 === '0.0.0.0/0' || it.cidr_ipv6 === '::/0')
    .map(({ address }) => `${address}: open to the world`),

  'nothing is paid by the hour unasked': (plan) => ['aws_nat_gateway', 'aws_eip', 'aws_instance', 'aws_lb']
    .flatMap((type) => after(plan, type)).map(({ address }) => `${address}: paid for while it waits`),

  'somebody is told of money and dead letters': (plan) => {
    const watched = new Set(after(plan, 'aws_cloudwatch_metric_alarm').map((it) => it.dimensions?.QueueName));
    return [
      ...(after(plan, 'aws_budgets_budget').length === 1 ? [] : ['there is no budget']),
      ...after(plan, 'aws_sqs_queue').filter(({ name }) => name.endsWith('-dead') && !watched.has(name))
        .map(({ address }) => `${address}: nobody is told`),
    ];
  },
};

/** What is wrong, as `rule: sentence`. */
export function judge(plan) {
  return Object.entries(rules).flatMap(([rule, of]) => of(plan).map((sentence) => `${rule}: ${sentence}`));
}
