# The whole system, applied to a provider that is mocked: nothing is reached, everything is wired.
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
}

run "everything_is_wired" {
  assert {
    condition     = output.buckets == { in = "films-in", work = "films-work", out = "films-out" }
    error_message = "There are three buckets."
  }

  assert {
    condition     = output.environment["ANSWERPRINT_WORK_QUEUE_NAME"] == "films-work" && output.environment["ANSWERPRINT_TRANSPORT"] == "sqs"
    error_message = "Functions are told of their queue and transport."
  }
}

run "nothing_runs_before_there_are_images" {
  command = plan

  variables {
    images = null
  }

  assert {
    condition     = length(module.functions) == 0 && length(module.gpu) == 0
    error_message = "The first apply makes places to push images to, and nothing that runs."
  }

  assert {
    condition     = output.idle_usd_per_month["total"] < 2
    error_message = "Before anything runs a month costs less than two dollars."
  }
}

run "only_uploads_raise_events" {
  command = plan

  module {
    source = "./modules/storage"
  }

  variables {
    place       = { account = "123456789012", region = "us-east-1" }
    stage_roles = ["films-ingest", "films-worker"]
  }

  assert {
    condition     = aws_s3_bucket_notification.in.eventbridge
    error_message = "The bucket in raises events."
  }

  assert {
    condition = alltrue([for name, policy in aws_s3_bucket_policy.this : anytrue([
      for statement in jsondecode(policy.policy).Statement : statement.Sid == "NoStageFeedsItself"
    ]) == (name == "in")])
    error_message = "Stages are denied to write where events are raised, and only there."
  }

  assert {
    condition = alltrue([for block in aws_s3_bucket_public_access_block.this :
      block.block_public_acls && block.block_public_policy && block.ignore_public_acls && block.restrict_public_buckets
    ])
    error_message = "No bucket can be made public."
  }

  assert {
    condition = toset(flatten([for statement in jsondecode(aws_kms_key.data.policy).Statement : try(statement.Principal.Service, [])])) == toset([
      "events.amazonaws.com", "cloudwatch.amazonaws.com", "budgets.amazonaws.com", "logs.us-east-1.amazonaws.com",
    ])
    error_message = "The key lets those services in that send to queues and topics under it."
  }

  assert {
    condition = alltrue([for statement in jsondecode(aws_kms_key.data.policy).Statement :
      (statement.Principal == { Service = "events.amazonaws.com" }) == !can(statement.Condition)
    if can(statement.Principal.Service)])
    error_message = "Services use the key for this account; but for EventBridge, whose events a condition would drop."
  }

  assert {
    condition = !anytrue(flatten([for rule in aws_s3_bucket_lifecycle_configuration.this["work"].rule : [
      for filter in rule.filter : filter.prefix == "jobs/"
    ]]))
    error_message = "Jobs stay: one that is gone would be run again."
  }
}

run "what_lands_travels_to_ingest" {
  command = plan

  module {
    source = "./modules/transport"
  }

  variables {
    place   = { account = "123456789012", region = "us-east-1" }
    kind    = "sqs"
    key_arn = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555"
    queues  = { storage = { visibility = 720 }, work = { visibility = 60, receives = 10 } }
    uploads = { bucket = "films-in", prefix = "incoming/" }
    network = { vpc_id = "vpc-1", subnet_ids = ["subnet-1", "subnet-2"], cidr = "10.0.0.0/16" }
  }

  assert {
    condition = jsondecode(aws_cloudwatch_event_rule.uploads.event_pattern).detail == {
      bucket = { name = ["films-in"] }
      object = { key = [{ prefix = "incoming/" }], size = [{ numeric = [">", 0] }] }
    }
    error_message = "Only what is not empty, below the prefix, in the bucket of uploads."
  }

  assert {
    condition = alltrue([for name, queue in aws_sqs_queue.this :
      jsondecode(queue.redrive_policy).deadLetterTargetArn == "arn:aws:sqs:us-east-1:123456789012:films-${name}-dead"
    ])
    error_message = "Each queue has a queue for dead letters."
  }

  assert {
    condition     = jsondecode(aws_sqs_queue.this["work"].redrive_policy).maxReceiveCount > 5
    error_message = "Workers write dead letters themselves, after three deliveries: SQS must not be quicker."
  }
}

run "hides_messages_six_times_as_long_as_their_function_may_take" {
  command = plan

  assert {
    condition = alltrue(flatten([for name, function in local.functions : [
      for queue, batch in try(function.takes, {}) : local.queues[queue].visibility >= 6 * function.seconds
    ]]))
    error_message = "A message that comes back while its function still runs is worked on twice."
  }

  assert {
    condition     = alltrue([for function in values(local.functions) : function.seconds <= 900])
    error_message = "Lambda ends after 15 minutes."
  }
}
