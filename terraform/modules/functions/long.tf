# A function has 15 minutes. Films that need more are extracted and assembled by jobs on Fargate: no machine waits for them.
locals {
  long_jobs  = toset(["extract", "assemble"])
  long_kinds = toset(["FARGATE_SPOT", "FARGATE"])
}

module "long_role" {
  source = "../role"

  prefix        = var.prefix
  place         = var.place
  name          = "long"
  service       = "ecs-tasks.amazonaws.com"
  rights        = var.long.rights
  kafka_cluster = var.kafka.cluster
  boundary      = var.boundary
}

# What starts the container: it pulls the image and opens the log, two things that AWS does not let one narrow.
module "long_start" {
  source = "../role"

  prefix      = var.prefix
  place       = var.place
  name        = "long-start"
  service     = "ecs-tasks.amazonaws.com"
  rights      = {}
  attachments = ["service-role/AmazonECSTaskExecutionRolePolicy"]
  boundary    = var.boundary
}

resource "aws_batch_compute_environment" "long" {
  for_each = local.long_kinds

  type = "MANAGED"

  compute_resources {
    type               = each.key
    max_vcpus          = var.long.vcpus * var.long.at_once
    subnets            = var.long.subnet_ids
    security_group_ids = [var.long.group_id]
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_batch_job_queue" "long" {
  name     = "${var.prefix}-long"
  state    = "ENABLED"
  priority = 1

  compute_environment_order {
    order               = 1
    compute_environment = aws_batch_compute_environment.long["FARGATE_SPOT"].arn
  }

  compute_environment_order {
    order               = 2
    compute_environment = aws_batch_compute_environment.long["FARGATE"].arn
  }
}

resource "aws_batch_job_definition" "long" {
  for_each = local.long_jobs

  name                  = "${var.prefix}-${each.key}"
  type                  = "container"
  platform_capabilities = ["FARGATE"]
  propagate_tags        = true
  parameters            = { job = "" }

  container_properties = jsonencode({
    image                        = var.image
    command                      = ["job", each.key, "Ref::job"]
    jobRoleArn                   = module.long_role.arn
    executionRoleArn             = module.long_start.arn
    user                         = "10001:10001"
    readonlyRootFilesystem       = true
    volumes                      = [{ name = "scratch", host = {} }]
    mountPoints                  = [{ sourceVolume = "scratch", containerPath = "/scratch", readOnly = false }]
    networkConfiguration         = { assignPublicIp = var.long.public ? "ENABLED" : "DISABLED" }
    fargatePlatformConfiguration = { platformVersion = "LATEST" }
    ephemeralStorage             = { sizeInGiB = var.long.scratch_gb }
    resourceRequirements = [
      { type = "VCPU", value = tostring(var.long.vcpus) },
      { type = "MEMORY", value = tostring(var.long.memory_mb) },
    ]
    environment = [for name, value in merge(var.environment, { ANSWERPRINT_SCRATCH = "/scratch" }) : { name = name, value = value }]
    logConfiguration = {
      logDriver = "awslogs"
      options   = { "awslogs-group" = var.log_groups["long"], "awslogs-region" = var.place.region, "awslogs-stream-prefix" = each.key }
    }
  })

  timeout {
    attempt_duration_seconds = var.long.limit_seconds
  }

  # A rule that matches nothing retries, so the last one stops.
  retry_strategy {
    attempts = 3

    evaluate_on_exit {
      action           = "RETRY"
      on_status_reason = "Your Spot Task was interrupted*"
    }

    evaluate_on_exit {
      action       = "RETRY"
      on_exit_code = "75"
    }

    evaluate_on_exit {
      action    = "EXIT"
      on_reason = "*"
    }
  }
}
