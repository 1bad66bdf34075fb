# Machines: none when idle, Spot before On-Demand, and no way from a job to its machine's credentials.
mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  prefix         = "films"
  place          = { account = "123456789012", region = "us-east-1" }
  image          = "registry.example/films-gpu@sha256:2222222222222222222222222222222222222222222222222222222222222222"
  instance_types = ["g6.xlarge", "g5.xlarge"]
  at_once        = 3
  environment    = { ANSWERPRINT_PREFIX = "films" }
  network        = { subnet_ids = ["subnet-1"], group_id = "sg-1" }
  log_group      = "/films/worker"
  facts          = { sends = ["parts"], produces = [], cluster = "" }
}

run "scales_to_zero" {
  module {
    source = "./modules/gpu"
  }

  override_resource {
    target = aws_batch_compute_environment.this["SPOT"]
    values = { arn = "arn:aws:batch:us-east-1:123456789012:compute-environment/spot" }
  }

  assert {
    condition     = alltrue([for environment in aws_batch_compute_environment.this : environment.compute_resources[0].min_vcpus == 0])
    error_message = "No machine waits for work."
  }

  assert {
    condition     = alltrue([for environment in aws_batch_compute_environment.this : environment.compute_resources[0].max_vcpus == 12])
    error_message = "Three workers of four processors at most."
  }

  assert {
    condition     = alltrue([for kind, environment in aws_batch_compute_environment.this : environment.compute_resources[0].type == kind])
    error_message = "One environment of each kind."
  }

  assert {
    condition = {
      for order in aws_batch_job_queue.this.compute_environment_order : order.order => order.compute_environment
    } == { 1 = aws_batch_compute_environment.this["SPOT"].arn, 2 = aws_batch_compute_environment.this["EC2"].arn }
    error_message = "Spot is asked first."
  }

  assert {
    condition     = alltrue([for environment in aws_batch_compute_environment.this : environment.compute_resources[0].launch_template[0].version == "3"])
    error_message = "The template is pinned by number: $Latest would leave old machines in place."
  }
}

run "hides_the_machine_from_its_jobs" {
  command = plan

  module {
    source = "./modules/gpu"
  }

  assert {
    condition = alltrue([for options in aws_launch_template.host.metadata_options :
      options.http_tokens == "required" && options.http_put_response_hop_limit == 1
    ])
    error_message = "Metadata needs a token, and no hop."
  }

  assert {
    condition = alltrue([for line in ["--destination 169.254.169.254 --match owner --uid-owner \"$worker\" --jump REJECT", "worker=10001"] :
      strcontains(base64decode(aws_launch_template.host.user_data), line)
    ])
    error_message = "The job's user is kept from the machine's metadata: it shares the machine's network."
  }

  assert {
    condition = alltrue([for container in [jsondecode(aws_batch_job_definition.worker.container_properties)] :
      container.user == "10001:10001" && container.readonlyRootFilesystem && !container.privileged
    ])
    error_message = "A job has no rights on its machine and cannot change its image."
  }

  assert {
    condition = anytrue([for variable in jsondecode(aws_batch_job_definition.worker.container_properties).environment :
      variable.name == "NVIDIA_DRIVER_CAPABILITIES" && contains(split(",", variable.value), "video")
    ])
    error_message = "A worker that is to encode with the card needs the driver's library for video."
  }

  assert {
    condition     = aws_launch_template.host.block_device_mappings[0].ebs[0].encrypted == "true"
    error_message = "The disk is encrypted."
  }
}

run "tries_again_only_what_was_lost" {
  command = plan

  module {
    source = "./modules/gpu"
  }

  assert {
    condition = [for rule in aws_batch_job_definition.worker.retry_strategy[0].evaluate_on_exit :
      [rule.action, coalesce(rule.on_status_reason, rule.on_exit_code, rule.on_reason)]
      ] == [
      ["RETRY", "Host EC2*"], ["RETRY", "75"], ["EXIT", "*"],
    ]
    error_message = "A lost machine and exit code 75 are tried again, and a last rule stops."
  }

  assert {
    condition     = aws_batch_job_definition.worker.timeout[0].attempt_duration_seconds == 14400
    error_message = "A worker ends at last."
  }

  assert {
    condition = alltrue([for action in aws_batch_job_queue.this.job_state_time_limit_action :
      action.max_time_seconds >= 1800 && action.reason == "CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY"
    ])
    error_message = "A job waits for half an hour at least, and is cancelled for want of machines only."
  }
}

run "refuses_a_single_type" {
  command = plan

  module {
    source = "./modules/gpu"
  }

  variables {
    instance_types = ["g6.xlarge"]
  }

  expect_failures = [var.instance_types]
}

run "refuses_machines_without_a_card" {
  command = plan

  module {
    source = "./modules/gpu"
  }

  variables {
    instance_types = ["m7i.xlarge", "g6.xlarge"]
  }

  expect_failures = [var.instance_types]
}

run "refuses_an_image_by_tag" {
  command = plan

  module {
    source = "./modules/gpu"
  }

  variables {
    image = "registry.example/films-gpu:latest"
  }

  expect_failures = [var.image]
}
