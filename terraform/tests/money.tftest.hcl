# What an idle month and a second cost, and inputs that are refused.
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

run "costs_a_few_dollars_when_idle" {
  command = plan

  assert {
    condition     = output.idle_usd_per_month["total"] < 8 && output.idle_usd_per_month["endpoints"] == 0 && output.idle_usd_per_month["brokers"] == 0
    error_message = "Nothing but the key, alarms, images, polling and the sweep is paid for."
  }

  assert {
    condition     = output.idle_usd_per_month["sweep"] > output.idle_usd_per_month["images"]
    error_message = "A sweep a minute is not free, and is said to cost."
  }
}

run "says_what_endpoints_and_brokers_cost" {
  command = plan

  variables {
    transport = "kafka"
    kafka     = { make = "serverless" }
    network   = { mode = "private" }
  }

  assert {
    condition     = output.idle_usd_per_month["brokers"] > 500 && output.idle_usd_per_month["endpoints"] == 73
    error_message = "Serverless Kafka is paid by the hour, and so are ten endpoints."
  }
}

run "reckons_with_the_dearest_machine" {
  command = plan

  variables {
    gpu = { instance_types = ["g6.xlarge", "p5.4xlarge"] }
  }

  assert {
    condition     = output.gpu_usd_per_second["on_demand"] >= 6.88 / 3600
    error_message = "An estimate is an upper bound: the dearest type, On-Demand."
  }

  assert {
    condition     = output.environment["ANSWERPRINT_PRICE_PER_SECOND"] == tostring(output.gpu_usd_per_second["on_demand"])
    error_message = "Functions reckon with that price."
  }

  assert {
    condition     = output.environment["ANSWERPRINT_WORKER_GFLOPS"] == "18150"
    error_message = "And with the slowest, as far as its networks use what is listed."
  }

  assert {
    condition     = output.encoder == "libx264"
    error_message = "One machine without NVENC, and all encode with libx264: segments have to join."
  }
}

run "takes_nvenc_where_all_have_it" {
  command = plan

  assert {
    condition     = output.encoder == "h264_nvenc"
    error_message = "All default machines have NVENC."
  }
}

run "refuses_nvenc_where_a_machine_lacks_it" {
  command = plan

  variables {
    encoder = "h264_nvenc"
    gpu     = { instance_types = ["g6.xlarge", "p4d.24xlarge"] }
  }

  expect_failures = [var.encoder, check.prices_are_known]
}

run "warns_of_unknown_prices" {
  command = plan

  variables {
    gpu = { instance_types = ["g6.xlarge", "g6.48xlarge"] }
  }

  expect_failures = [check.prices_are_known]
}

run "refuses_kafka_without_a_cluster" {
  command = plan

  variables {
    transport = "kafka"
    network   = { mode = "private" }
  }

  expect_failures = [var.kafka]
}

run "refuses_kafka_from_outside_its_network" {
  command = plan

  variables {
    transport = "kafka"
    kafka     = { make = "provisioned" }
  }

  expect_failures = [var.network]
}

run "refuses_images_by_tag" {
  command = plan

  variables {
    images = { cpu = "registry.example/films-cpu:1", gpu = "registry.example/films-gpu:1" }
  }

  expect_failures = [var.images]
}

run "refuses_odd_names" {
  command = plan

  variables {
    prefix     = "My Films"
    account_id = "123"
    region     = "nowhere"
  }

  expect_failures = [var.prefix, var.account_id, var.region]
}

run "refuses_webhooks_without_tls" {
  command = plan

  variables {
    webhook = { url = "http://hooks.example.org/x", secret_parameter = "/films/secret" }
  }

  expect_failures = [var.webhook]
}

run "refuses_uploads_that_hold_for_a_day" {
  command = plan

  variables {
    upload_door = { minutes = 1440 }
  }

  expect_failures = [var.upload_door]
}
