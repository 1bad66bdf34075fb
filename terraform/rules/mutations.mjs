// Mistakes that must not pass, each a change to the sources, and the rule that has to notice it.
export const mutations = [
  {
    name: 'four processors always wait',
    file: 'modules/gpu/main.tf',
    from: /min_vcpus( *)= 0/,
    to: 'min_vcpus$1= 4',
    rule: 'no machine waits for work',
  },
  {
    name: 'the sweep may do anything to Batch',
    file: 'modules/role/main.tf',
    from: '["batch:SubmitJob"]',
    to: '["batch:*"]',
    rule: 'no action has a wildcard',
  },
  {
    name: 'metadata answers without a token',
    file: 'modules/gpu/host.tf',
    from: /http_tokens( *)= "required"/,
    to: 'http_tokens$1= "optional"',
    rule: 'metadata needs a token',
  },
  {
    name: 'On-Demand is asked first',
    file: 'modules/gpu/main.tf',
    from: /this\["SPOT"\]\.arn([\s\S]*)this\["EC2"\]\.arn/,
    to: 'this["EC2"].arn$1this["SPOT"].arn',
    rule: 'Spot is asked first',
  },
];
