locals {
  arn  = "arn:${var.place.partition}"
  here = "${var.place.region}:${var.place.account}"
  net  = { for name, function in var.functions : name => !function.outside && var.network != null }

  sqs = merge([for name, function in var.functions : {
    for queue, batch in function.takes : "${name}-${queue}" => { function = name, queue = queue, batch = batch }
  }]...)

  topics = merge([for name, function in var.functions : {
    for topic in function.consumes : "${name}-${topic}" => { function = name, topic = topic }
  }]...)
}

module "role" {
  source   = "../role"
  for_each = var.functions

  prefix        = var.prefix
  place         = var.place
  name          = each.key
  service       = "lambda.amazonaws.com"
  log_groups    = [var.log_groups[each.key]]
  kafka_cluster = var.kafka.cluster
  boundary      = var.boundary

  attachments = concat(
    local.net[each.key] ? ["service-role/AWSLambdaENIManagementAccess"] : [],
    length(each.value.consumes) > 0 ? ["service-role/AWSLambdaMSKExecutionRole"] : [],
  )

  rights = merge(each.value.rights, {
    takes    = keys(each.value.takes)
    consumes = each.value.consumes
    sends    = concat(each.value.rights.sends, length(each.value.consumes) > 0 ? ["facts-dead"] : [])
  })
}

resource "aws_lambda_function" "this" {
  for_each = var.functions

  function_name                  = "${var.prefix}-${each.key}"
  role                           = module.role[each.key].arn
  package_type                   = "Image"
  image_uri                      = var.image
  architectures                  = ["x86_64"]
  timeout                        = each.value.seconds
  memory_size                    = each.value.memory_mb
  reserved_concurrent_executions = var.reserved

  image_config {
    command = ["lambda", each.key]
  }

  ephemeral_storage {
    size = each.value.scratch_mb
  }

  environment {
    variables = merge(var.environment, each.value.environment, { ANSWERPRINT_SCRATCH = "/tmp" })
  }

  logging_config {
    log_format = "Text"
    log_group  = var.log_groups[each.key]
  }

  dynamic "vpc_config" {
    for_each = local.net[each.key] ? [var.network] : []

    content {
      subnet_ids         = vpc_config.value.subnet_ids
      security_group_ids = [vpc_config.value.group_id]
    }
  }
}

# Whoever calls asks again by himself: queues hand a message out again, and the next sweep is a minute away.
resource "aws_lambda_function_event_invoke_config" "this" {
  for_each = aws_lambda_function.this

  function_name                = each.value.function_name
  maximum_retry_attempts       = 0
  maximum_event_age_in_seconds = 60
}

resource "aws_lambda_event_source_mapping" "sqs" {
  for_each = local.sqs

  event_source_arn        = "${local.arn}:sqs:${local.here}:${var.queues[each.value.queue]}"
  function_name           = aws_lambda_function.this[each.value.function].function_name
  batch_size              = each.value.batch
  function_response_types = ["ReportBatchItemFailures"]

  scaling_config {
    maximum_concurrency = 20
  }
}

resource "aws_lambda_event_source_mapping" "kafka" {
  for_each = local.topics

  event_source_arn  = var.kafka.cluster_arn
  function_name     = aws_lambda_function.this[each.value.function].function_name
  topics            = [each.value.topic]
  batch_size        = 1
  starting_position = "TRIM_HORIZON"

  amazon_managed_kafka_event_source_config {
    # Of its own for each topic, as Lambda wants it.
    consumer_group_id = "${var.prefix}-${each.value.function}-${each.value.topic}"
  }

  destination_config {
    on_failure {
      destination_arn = "${local.arn}:sqs:${local.here}:${var.kafka_dead}"
    }
  }
}

# Presigned uploads: who asks must sign his request as somebody who may invoke the function.
resource "aws_lambda_function_url" "upload" {
  count = contains(keys(var.functions), "upload") ? 1 : 0

  function_name      = aws_lambda_function.this["upload"].function_name
  authorization_type = "AWS_IAM"
}
