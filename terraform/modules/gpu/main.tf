locals {
  # Machines come when there is a job and go when there is none.
  kinds = {
    SPOT = "SPOT_PRICE_CAPACITY_OPTIMIZED"
    EC2  = "BEST_FIT_PROGRESSIVE"
  }

  uid = 10001
}

resource "aws_batch_compute_environment" "this" {
  for_each = local.kinds

  type = "MANAGED"

  compute_resources {
    type                = each.key
    allocation_strategy = each.value
    instance_type       = var.instance_types
    min_vcpus           = 0
    max_vcpus           = var.worker.vcpus * var.at_once
    instance_role       = aws_iam_instance_profile.host.arn
    subnets             = var.network.subnet_ids
    security_group_ids  = [var.network.group_id]

    ec2_configuration {
      image_type = "ECS_AL2023_NVIDIA"
    }

    # By number: "$Latest" would not replace machines when the template changes.
    launch_template {
      launch_template_id = aws_launch_template.host.id
      version            = tostring(aws_launch_template.host.latest_version)
    }
  }

  lifecycle {
    create_before_destroy = true
    ignore_changes        = [compute_resources[0].desired_vcpus]
  }

  # Without its role's policies an environment cannot be deleted either.
  depends_on = [module.host]
}

resource "aws_batch_job_queue" "this" {
  name     = "${var.prefix}-gpu"
  state    = "ENABLED"
  priority = 1

  # Spot first, On-Demand when there is none.
  compute_environment_order {
    order               = 1
    compute_environment = aws_batch_compute_environment.this["SPOT"].arn
  }

  compute_environment_order {
    order               = 2
    compute_environment = aws_batch_compute_environment.this["EC2"].arn
  }

  # While the first machine starts, Batch gives other reasons for waiting; only a lack of machines ends a job, and not soon.
  job_state_time_limit_action {
    action           = "CANCEL"
    max_time_seconds = 3600
    reason           = "CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY"
    state            = "RUNNABLE"
  }
}

module "role" {
  source = "../role"

  prefix        = var.prefix
  place         = var.place
  name          = "worker"
  service       = "ecs-tasks.amazonaws.com"
  kafka_cluster = var.facts.cluster
  boundary      = var.boundary

  rights = {
    reads    = ["in/*", "work/*"]
    writes   = ["work/takes/*", "work/transitions/*", "work/jobs/*", "work/dead-letters/*", "work/gpu/*"]
    deletes  = ["work/jobs/*"]
    lists    = ["in", "work"]
    takes    = ["work"]
    sends    = concat(["work", "work-dead"], var.facts.sends)
    produces = var.facts.produces
  }
}

# One job drains the queue until it has been empty for a while: a cold start costs minutes, so many shots share it.
resource "aws_batch_job_definition" "worker" {
  name                  = "${var.prefix}-worker"
  type                  = "container"
  platform_capabilities = ["EC2"]
  propagate_tags        = true

  container_properties = jsonencode({
    image                  = var.image
    command                = ["job", "worker"]
    jobRoleArn             = module.role.arn
    user                   = "${local.uid}:${local.uid}"
    privileged             = false
    readonlyRootFilesystem = true
    resourceRequirements = [
      { type = "GPU", value = "1" },
      { type = "VCPU", value = tostring(var.worker.vcpus) },
      { type = "MEMORY", value = tostring(var.worker.memory_mb) },
    ]
    linuxParameters = {
      initProcessEnabled = true
      sharedMemorySize   = 1024
      tmpfs              = [{ containerPath = "/tmp", size = 512, mountOptions = ["rw", "exec", "nosuid", "nodev", "mode=1777"] }]
    }
    volumes     = [{ name = "scratch", host = { sourcePath = "/scratch/work" } }]
    mountPoints = [{ sourceVolume = "scratch", containerPath = "/scratch", readOnly = false }]
    environment = [for name, value in merge(var.environment, {
      ANSWERPRINT_ENGINE       = "cuda"
      ANSWERPRINT_IDLE_SECONDS = tostring(var.worker.idle_seconds)
      ANSWERPRINT_MODELS       = "/scratch/models"
      ANSWERPRINT_SCRATCH      = "/scratch"
      # The encoder's library too, which containers do not get unasked.
      NVIDIA_DRIVER_CAPABILITIES = "compute,utility,video"
    }) : { name = name, value = value }]
    logConfiguration = {
      logDriver = "awslogs"
      options   = { "awslogs-group" = var.log_group, "awslogs-region" = var.place.region, "awslogs-stream-prefix" = "worker" }
    }
  })

  timeout {
    attempt_duration_seconds = var.worker.limit_seconds
  }

  # A machine that was lost, and a worker that handed its work back (75), are tried again. A rule that matches nothing retries,
  # so the last one stops.
  retry_strategy {
    attempts = var.worker.attempts

    evaluate_on_exit {
      action           = "RETRY"
      on_status_reason = "Host EC2*"
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
