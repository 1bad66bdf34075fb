# Every role's policy is decoded and judged, for either transport.
mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  prefix     = "films"
  account_id = "123456789012"
  images = {
    cpu = "registry.example/films-cpu@sha256:1111111111111111111111111111111111111111111111111111111111111111"
    gpu = "registry.example/films-gpu@sha256:2222222222222222222222222222222222222222222222222222222222222222"
  }
  upload_door = {}
  webhook     = { url = "https://hooks.example.org/x", secret_parameter = "/films/secret" }
}

run "grants_no_wildcard" {
  command = plan

  assert {
    condition = length(flatten([for role, policy in output.policies : [
      for statement in jsondecode(policy == null ? "{\"Statement\":[]}" : policy).Statement : [
        for word in flatten([statement.Action]) : "${role}: ${word}" if strcontains(word, "*")
      ]
    ]])) == 0
    error_message = "An action is written out: no wildcard."
  }

  assert {
    condition = alltrue(flatten([for role, policy in output.policies : [
      for statement in jsondecode(policy == null ? "{\"Statement\":[]}" : policy).Statement : [
        for resource in flatten([statement.Resource]) :
        can(regex("^arn:aws:[a-z0-9-]+:[a-z0-9-]*:[0-9]*:[^*]", resource)) && (!endswith(resource, "key/*") || can(statement.Condition))
      ]
    ]]))
    error_message = "A resource is named; a key by its alias."
  }
}

run "lets_no_stage_write_uploads" {
  command = plan

  assert {
    condition = alltrue(flatten([for role, policy in output.policies : [
      for statement in jsondecode(policy == null ? "{\"Statement\":[]}" : policy).Statement : [
        for resource in flatten([statement.Resource]) : !strcontains(resource, ":films-in")
      ] if contains(["WriteObjects", "DeleteObjects"], statement.Sid)
    ] if role != "upload"]))
    error_message = "Only the door for uploads, which comes before all stages, writes to the bucket that raises events."
  }

  assert {
    condition = alltrue([for statement in jsondecode(output.policies["upload"]).Statement :
      contains(["WriteObjects", "WriteLogs", "UseTheKey"], statement.Sid)
    ])
    error_message = "The door for uploads writes, and nothing else."
  }

  assert {
    condition     = length(setintersection(toset(local.stage_roles), toset(["films-upload"]))) == 0
    error_message = "The bucket's policy names stages only."
  }
}

run "lets_each_submit_only_its_own_jobs" {
  command = plan

  assert {
    condition = jsonencode({ for role, policy in output.policies : role => distinct(flatten([
      for statement in jsondecode(policy).Statement : [
        for resource in statement.Resource : regex("job-definition/films-([a-z]+)", resource)[0] if strcontains(resource, "job-definition")
      ] if statement.Sid == "SubmitJobs"
      ])) if policy != null && can(regex("SubmitJobs", policy)) }) == jsonencode({
      sweep    = ["worker"]
      extract  = ["extract"]
      assemble = ["assemble"]
    })
    error_message = "The sweep submits workers; extract and assemble submit themselves, for long films."
  }

  assert {
    condition = alltrue([for role in ["sweep", "worker"] : alltrue([for statement in jsondecode(output.policies[role]).Statement :
      contains(flatten([statement.Resource]), "arn:aws:s3:::films-work/gpu/*") == (statement.Sid == "WriteObjects")
    if contains(["WriteObjects", "DeleteObjects"], statement.Sid)])])
    error_message = "Who asks for workers and who is one write the places for them, and nobody deletes one."
  }

  assert {
    condition     = !strcontains(output.policies["worker"], "films-out")
    error_message = "A worker never touches results."
  }

  assert {
    condition     = output.policies["host"] == null
    error_message = "The machine has no rights of ours."
  }
}

run "reads_and_writes_kafka_topic_by_topic" {
  command = apply

  variables {
    transport = "kafka"
    kafka     = { make = "provisioned" }
    network   = { mode = "private" }
  }

  assert {
    condition = alltrue(flatten([for role, policy in output.policies : [
      for statement in jsondecode(policy == null ? "{\"Statement\":[]}" : policy).Statement : [
        for resource in flatten([statement.Resource]) : can(regex("^arn:aws:kafka:us-east-1:123456789012:(cluster|topic|group)/films/", resource))
      ] if contains(["ReachBrokers", "ProduceFacts", "ConsumeFacts", "KeepOffsets", "MakeTopics"], statement.Sid)
    ]]))
    error_message = "Kafka's rights name this cluster."
  }

  assert {
    condition = alltrue([for role, trigger in { extract = "accepted", assemble = "parts", notify = "ended" } : !anytrue(flatten([
      for statement in jsondecode(output.policies[role]).Statement : [
        for resource in statement.Resource : endswith(resource, "/answerprint.${trigger}")
      ] if statement.Sid == "ProduceFacts"
    ]))])
    error_message = "Nobody produces what starts him; but that assemble tells itself that all parts are there."
  }

  assert {
    condition     = module.transport.queues == { storage = "films-storage", work = "films-work" }
    error_message = "What lands, and work for GPUs, travel on SQS with Kafka too."
  }
}
